import type { Lesson } from './guess'
import type { Sample } from './samples'
import { signsIn } from './understand'
import { questionKinds } from './understood'

/**
 * Labelled replies as lessons. What may be said at any question was collected after a fix, where most is said; each such
 * reply is one lesson more at another question in turn, or "stop" would be a word of rungs only. Troubles are told most
 * where a choice of them is offered.
 */
export const lessonsOf = (samples: readonly Sample[]): Lesson[] =>
  samples.flatMap(({ text, kind, label }, place) => {
    const inTurn = questionKinds[place % questionKinds.length] ?? kind
    const elsewhere =
      kind !== 'helped'
        ? []
        : label === 'new_symptom'
          ? ['choice' as const, inTurn]
          : anywhere.has(label)
            ? [inTurn]
            : []
    return [kind, ...elsewhere].map((each): Lesson => ({ signs: signsIn(text, each), label }))
  })

const anywhere: ReadonlySet<string> = new Set([
  'human',
  'stop',
  'restart',
  'go_back',
  'next',
  'chitchat',
  'dont_understand',
])
