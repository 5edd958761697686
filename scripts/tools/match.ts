import { createInterface } from 'node:readline'
import { createReader, type Reader, type Reading } from '../../knowledge/matching'
import { seen } from '../../knowledge/matching/seen'
import { PackError } from '../../knowledge/pack'
import { builtModels, learnInWorker } from '../../src/knowledge'
import { firstPack, packOption, readArguments, runTool } from '../tool'

const usage = `npm run match [-- --json] [FOLDER]
Reads phrases, one a line, and shows what the pack in FOLDER (by default ${firstPack}) takes each to mean.
With --json: one JSON object for each line, blank ones too.`

/**
 * `npm run match`: reads phrases, one a line, and shows what each is taken to mean.
 * With `--json` it writes one JSON object for each line; in a terminal it prompts.
 */
async function main(): Promise<number> {
  const options = { ...packOption, json: { type: 'boolean' } } as const
  const { values, positionals } = readArguments(usage, options, 1)
  const reader = await readerOf(values.pack ?? positionals[0] ?? firstPack)
  const isTyped = process.stdin.isTTY && !values.json
  const lines = createInterface({
    input: process.stdin,
    prompt: 'what is wrong? ',
    ...(isTyped && { output: process.stdout }),
  })
  if (isTyped) {
    write('Type what a person might write; Ctrl+D ends.')
    lines.prompt()
  }
  for await (const text of lines) {
    // A blank line is skipped for a reader, and answered for a program: line for line.
    if (values.json || text.trim() !== '') {
      const reading = reader.read(text)
      write(values.json ? JSON.stringify(seen(text, reading)) : asTable(text, reading))
    }
    if (isTyped) lines.prompt()
  }
  return 0
}

/** As the server learns it; what the build learnt of the first pack is not learnt again. */
async function readerOf(folder: string): Promise<Reader> {
  const learnt = await learnInWorker({ folder, modelFolders: [builtModels] })
  if ('faults' in learnt) throw new PackError(learnt.faults)
  return createReader(learnt.pack, learnt.trained)
}

function asTable(text: string, reading: Reading): string {
  const { kind, verdict, confidence, matches, facts, repaired = [], feelings } = reading
  const rows = matches.map(
    (match) =>
      `  ${bar(match.confidence)} ${match.confidence.toFixed(2)}  ${match.id.padEnd(30)} ${match.why}`,
  )
  const said = Object.entries(facts).map(([name, value]) => `${name} ${String(value)}`)
  const notes: readonly (readonly [string, string | undefined])[] = [
    ['read as', repaired.map(({ typed, read }) => `${typed} -> ${read}`).join(', ')],
    ['facts', said.join(', ')],
    ['feelings', feelings?.join(', ')],
    ['names', reading.names?.join(', ')],
    ['about', reading.topic],
    ['pointer', reading.pointer],
  ]
  return [
    text,
    `  ${verdict} ${confidence.toFixed(2)} (${kind.replace('_', ' ')})`,
    ...rows,
    ...notes.flatMap(([name, value]) => (value ? [`  ${name}: ${value}`] : [])),
  ].join('\n')
}

/** A confidence as ten places, for the eye. */
const bar = (confidence: number): string => '#'.repeat(Math.round(confidence * 10)).padEnd(10, '.')

const write = (line: string): boolean => process.stdout.write(`${line}\n`)

void runTool(main)
