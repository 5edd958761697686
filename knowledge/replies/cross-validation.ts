import { createGuesser, learnReplies } from './guess'
import { lessonsOf } from './lessons'
import type { SampleSet } from './samples'
import { familyOfLabel } from './signs'
import { signsIn } from './understand'

/** How the replies of one set were judged by what was learnt from all others. */
export interface Tried {
  readonly name: string
  readonly replies: readonly { readonly chance: number; readonly isRight: boolean }[]
}

/**
 * Judges every set by what the other sets teach. A set is one hand's, so this foretells how strangers are understood;
 * leaving out single replies would flatter, since everybody has a way of writing.
 */
export const crossValidate = (sets: readonly SampleSet[]): Tried[] =>
  sets.map(({ name, samples }) => {
    const others = sets.filter((set) => set.name !== name).flatMap((set) => set.samples)
    const guess = createGuesser(learnReplies(lessonsOf(others)))
    const replies = samples.map(({ text, kind, label }) => {
      const [best] = guess(signsIn(text, kind)).guess
      return { chance: best?.chance ?? 0, isRight: best?.meaning === familyOfLabel(label) }
    })
    return { name, replies }
  })
