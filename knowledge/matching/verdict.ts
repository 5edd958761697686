import type { Calibration } from './calibration'
import type { Verdict } from './reading'

/** As much of a ranking as a verdict needs. */
export interface Judged {
  readonly candidates: readonly { readonly confidence: number }[]
  readonly offTopic: number
}

/**
 * When to start, to ask and to say that nothing fits. A ladder that starts wrongly costs the person minutes and a question
 * seconds, so the ladder starts where held-out phrases were matched rightly often enough, and no second entry is as sure.
 * Below the confidence that nearly all phrases of ours reach, asking would be guessing.
 */
export function verdictOf({ candidates, offTopic }: Judged, { sure, ask }: Calibration): Verdict {
  const [first, second] = candidates
  if (!first || first.confidence < ask) return 'none'
  if (first.confidence >= sure && (second?.confidence ?? 0) < sure) return 'sure'
  return offTopic >= OFF_TOPIC ? 'none' : 'unsure'
}

/** A message more likely off topic than this is turned down, unless an entry is sure. */
const OFF_TOPIC = 0.6
