import { parseArgs, type ParseArgsConfig } from 'node:util'
import { PackError } from '../knowledge'
import { FixladderError } from '../src/errors'

/** What every tool that works on a pack takes. */
export const packOption = { pack: { type: 'string' } } as const
export const firstPack = 'knowledge/packs/icloud-photo-sharing'

/** Reads a tool's arguments; a word on its own is taken as a positional. What it does not know ends the tool with `usage`. */
export function readArguments<O extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: O,
  mostPositionals: number,
) {
  try {
    const read = parseArgs({ options, allowPositionals: true })
    const extra = read.positionals[mostPositionals]
    if (extra !== undefined) throw new Error(`One word too many: "${extra}".`)
    return read
  } catch (error) {
    // Only the first sentence: the rest is about the `--` of whoever calls parseArgs.
    const problem = error instanceof Error ? error.message.replace(/\. .*$/s, '.') : String(error)
    process.stderr.write(`${problem}\n${usage}\n`)
    return process.exit(2)
  }
}

/** Runs a tool; the faults of a pack and our own errors are told as they are, without a stack. */
export async function runTool(tool: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await tool()
  } catch (error) {
    if (!(error instanceof PackError || error instanceof FixladderError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
