import {
  createRanker,
  loadEnglish,
  trainModel,
  type Example,
  type Guess,
} from '../../knowledge/matching'

/** The matcher that is measured, as it is offered: what it learns from, what it answers, and how it is made. */
export type { Example }
export type Ranked = Guess
export type Rank = (text: string) => Ranked

/** A matcher that has learnt the examples; whatever it has to read or prepare for that is done here. */
export function learn(examples: readonly Example[]): Rank {
  const english = loadEnglish()
  return createRanker(trainModel(examples, english), english)
}
