import { shuffled } from '../matching/classifier'
import { createGuesser, learnReplies } from './guess'
import { lessonsOf } from './lessons'
import type { Sample } from './samples'
import { familyOfLabel } from './signs'
import { signsIn } from './understand'

/** How a reply was judged by what was learnt from others. */
export interface Tried {
  readonly chance: number
  readonly isRight: boolean
}

/** Judges every reply of a set by what is learnt from four fifths of the set that it is not in. */
export function crossValidate(samples: readonly Sample[]): Tried[] {
  const order = shuffled(samples, 1)
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const guess = createGuesser(
      learnReplies(lessonsOf(order.filter((__, at) => at % FOLDS !== fold))),
    )
    return order
      .filter((__, at) => at % FOLDS === fold)
      .map(({ text, kind, label }): Tried => {
        const [best] = guess(signsIn(text, kind)).guess
        return { chance: best?.chance ?? 0, isRight: best?.meaning === familyOfLabel(label) }
      })
  })
}

const FOLDS = 5
