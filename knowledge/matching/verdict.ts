import type { Calibration } from './calibration'
import type { Verdict } from './reading'

/** As much of a ranking as a verdict needs; confidences, best first. */
export interface Judged {
  readonly confidences: readonly number[]
  /** Chance that the text means nothing of ours. */
  readonly offTopic: number
  /** Holds a word that is ours whatever else it says. */
  readonly isOurs?: boolean
  /** Speaks of several things. */
  readonly isSeveral?: boolean
}

/**
 * When to start, to ask and to say that nothing fits. A ladder that starts wrongly costs the person minutes and a question
 * seconds, so the ladder starts where held-out phrases were matched rightly often enough, and no second entry is as sure.
 * Below the confidence that nearly all phrases of ours reach, asking would be guessing.
 */
export function verdictOf(
  { confidences: [first = 0, second = 0], offTopic, isOurs = false, isSeveral = false }: Judged,
  { sure, ask }: Calibration,
): Verdict {
  if (first < ask) return 'none'
  if (first >= sure && second < sure && !isSeveral) return 'sure'
  return offTopic >= OFF_TOPIC && !isOurs ? 'none' : 'unsure'
}

/** A message more likely off topic than this is turned down unless an entry is sure or a strong word is ours. */
const OFF_TOPIC = 0.55
