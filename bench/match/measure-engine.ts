import { quantile } from '../quantile'
import type { Engine, Find } from './engines'
import { createGrowthSet, type GrowthSet } from './growth-set'

/** How an engine does with a knowledge base of one size. */
export interface EngineResult {
  readonly buildMs: number
  /** The first calls, while the code is being compiled, and those after them. */
  readonly first: Times
  readonly warm: Times
  /** Memory of the process after the build, and what the engine added to its heap and typed arrays, in megabytes. */
  readonly rssMb: number
  readonly heldMb: number
  /** Share of the questions whose entry ranked first: a sign of life, since the set is made up. */
  readonly top1: number
}

export interface Times {
  readonly calls: number
  /** Milliseconds a call; the second is the slowest of all where there are fewer than a hundred calls. */
  readonly p50: number
  readonly p99: number
}

const firstCalls = 500
const warmCalls = 2000

/** Builds the engine and asks it one by one; a slow engine is asked for `seconds` altogether. */
export async function measureEngine(
  engine: Engine,
  plan: { readonly size: number; readonly seconds: number; readonly phrases: readonly string[] },
): Promise<EngineResult> {
  const set = createGrowthSet(plan.size, firstCalls + warmCalls, plan.phrases)
  const heldBefore = heldMb()
  const before = performance.now()
  const find = await engine.build(set.phrases)
  const buildMs = performance.now() - before
  const heldAfter = heldMb()
  const rssMb = process.memoryUsage.rss() / 2 ** 20
  const half = (plan.seconds / 2) * 1000
  const first = await ask(find, set.queries.slice(0, firstCalls), half)
  const warm = await ask(find, set.queries.slice(first.times.length), half)
  return {
    buildMs,
    first: timesOf(first.times),
    warm: timesOf(warm.times),
    rssMb,
    heldMb: heldAfter - heldBefore,
    top1: (first.right + warm.right) / (first.times.length + warm.times.length),
  }
}

async function ask(find: Find, queries: GrowthSet['queries'], budgetMs: number) {
  const times: number[] = []
  let right = 0
  const end = performance.now() + budgetMs
  for (const { text, label } of queries) {
    const before = performance.now()
    const [found] = await find(text)
    const after = performance.now()
    times.push(after - before)
    if (found === label) right += 1
    if (after > end) break
  }
  return { times, right }
}

const timesOf = (times: readonly number[]): Times => ({
  calls: times.length,
  p50: quantile(times, 0.5),
  p99: quantile(times, 0.99),
})

/** The heap and the typed arrays in use after a collection, where the process was started with --expose-gc. */
function heldMb(): number {
  // The second collection takes what the first one only let go.
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 2 ** 20
}
