import { spawn } from 'node:child_process'
import { loadPack } from '../../knowledge/pack'
import { firstPack } from '../../scripts/tool'
import { engines } from './engines'
import { InputError } from './input-error'
import { measureEngine, type EngineResult } from './measure-engine'

/** The first word of the arguments that makes this file measure one engine. */
export const childRole = 'engine'

/** What the child writes before its result, since an engine may write as it likes. */
const resultMark = 'result '

/** An engine that is not ready after this is given up. */
const mostSeconds = 1200

/** Measures an engine in a process of its own: its memory, its compiled code. In words why, if it did not get there. */
export function measureInChild(
  name: string,
  size: number,
  seconds: number,
): Promise<EngineResult | string> {
  const words = ['--expose-gc', __filename, childRole, name, String(size), String(seconds)]
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: mostSeconds * 1000,
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      const written = output.split('\n').find((each) => each.startsWith(resultMark))
      if (written) resolve(JSON.parse(written.slice(resultMark.length)) as EngineResult)
      else if (signal) resolve(`gave up (${signal} after at most ${mostSeconds} s)`)
      else resolve(`failed with exit code ${code}: ${lastLine(errors)}`)
    })
  })
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''

/** What the child does: `engine NAME SIZE SECONDS`. */
export async function runChild([name = '', size, seconds]: readonly string[]): Promise<void> {
  const engine = engines[name]
  if (!engine) throw new InputError(`There is no engine "${name}".`)
  const pack = await loadPack(firstPack)
  const phrases = [...pack.symptoms.values()].flatMap((symptom) => symptom.phrases)
  const result = await measureEngine(engine, {
    size: Number(size),
    seconds: Number(seconds),
    phrases,
  })
  process.stdout.write(`\n${resultMark}${JSON.stringify(result)}\n`)
}
