import { quantile } from '../quantile'
import type { Example, Rank } from './matcher'
import { metricsOf, type Answer, type Metrics } from './metrics'
import { withTypos } from './typos'

/** How good the answers to some texts are, and how long one takes. */
export interface Measured extends Metrics {
  /** Milliseconds a text, measured one by one. */
  readonly p50: number
  readonly p99: number
}

/** Asks for each text on its own. */
export function measure(
  rank: Rank,
  texts: readonly Example[],
): { readonly measured: Measured; readonly answers: readonly Answer[] } {
  const times: number[] = []
  const answers = texts.map((wanted) => {
    const before = performance.now()
    const ranked = rank(wanted.text)
    times.push(performance.now() - before)
    return { wanted, ranked }
  })
  const measured = {
    ...metricsOf(answers),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  }
  return { measured, answers }
}

/** Queries before anything counts: the code is compiled by then. */
const warmUpQueries = 500

/**
 * Lets the code get warm on texts that are not measured: what was learnt, mistyped.
 * The measured texts must be new, since the matcher may remember words that it has repaired.
 */
export function warmUp(rank: Rank, learnt: readonly Example[]): void {
  for (let query = 0; query < warmUpQueries; query += 1) {
    const { text } = learnt[(query * aStride) % learnt.length] ?? { text: '' }
    rank(withTypos(text, 0.25))
  }
}

/** A prime, so that the warm-up meets every part of a long list of examples. */
const aStride = 7919
