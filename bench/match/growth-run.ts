import { availableParallelism, cpus, loadavg } from 'node:os'
import { engines } from './engines'
import { InputError } from './input-error'
import { measureInChild } from './child'
import type { EngineResult } from './measure-engine'
import { head, line, milliseconds, percent, write, type Column } from './table'

export interface GrowthPlan {
  readonly isQuick: boolean
  /** Whether nlp.js is measured where its training takes minutes. */
  readonly isLong: boolean
  /** Names of engines; all of them when empty. */
  readonly only: readonly string[]
  readonly isJson: boolean
}

/** How each engine grows with the number of phrases. Each runs in a process of its own, one after the other. */
export async function runGrowth({ isQuick, isLong, only, isJson }: GrowthPlan): Promise<void> {
  const unknown = only.find((name) => !engines[name])
  if (unknown !== undefined)
    throw new InputError(
      `There is no engine "${unknown}". There are: ${Object.keys(engines).join(', ')}.`,
    )
  const say = isJson ? () => true : write
  say(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'processor'}`)
  say(
    `Load average ${loadavg()[0]?.toFixed(1)}; milliseconds a query, of which one in four words is mistyped`,
  )
  say(head(columns))
  const results: { engine: string; size: number; result: EngineResult | string }[] = []
  for (const size of isQuick ? quickSizes : sizes) {
    for (const name of only.length > 0 ? only : Object.keys(engines)) {
      const most = mostPhrases(name, isLong)
      const result =
        size > most
          ? `left out: training takes too long${size <= nlpjsLong ? ' (--long measures it)' : ''}`
          : await measureInChild(name, size, isQuick ? quickSeconds : seconds)
      results.push({ engine: name, size, result })
      say(line(columns, cellsOf(name, size, result)))
    }
  }
  if (isJson) write(JSON.stringify(results))
}

const sizes = [1_000, 10_000, 100_000]
const quickSizes = [300, 1_000]

/** Seconds of questions for an engine at one size. */
const seconds = 20
const quickSeconds = 2

/** nlp.js needs two minutes to learn this many phrases, and much longer for more. */
const nlpjsLong = 10_000
const mostPhrases = (name: string, isLong: boolean): number => {
  if (name !== 'nlpjs') return Infinity
  return isLong ? nlpjsLong : 1_000
}

const columns: readonly Column[] = [
  { title: 'phrases', width: 10 },
  { title: 'engine', width: 16 },
  { title: 'build ms', width: 10 },
  { title: 'first p50', width: 11 },
  { title: 'p99', width: 8 },
  { title: 'warm p50', width: 10 },
  { title: 'p99', width: 8 },
  { title: 'calls', width: 7 },
  { title: 'held MB', width: 9 },
  { title: 'RSS MB', width: 8 },
  { title: 'top1', width: 7 },
]

function cellsOf(name: string, size: number, result: EngineResult | string): string[] {
  const start = [size.toLocaleString('en'), engines[name]?.title ?? name]
  if (typeof result === 'string') return [...start, `  ${result}`]
  const { buildMs, first, warm, heldMb, rssMb, top1 } = result
  return [
    ...start,
    buildMs.toFixed(0),
    milliseconds(first.p50),
    milliseconds(first.p99),
    milliseconds(warm.p50),
    milliseconds(warm.p99),
    String(first.calls + warm.calls),
    // A little below nothing is what the collector had left over.
    Math.max(0, heldMb).toFixed(1),
    rssMb.toFixed(0),
    percent(top1),
  ]
}
