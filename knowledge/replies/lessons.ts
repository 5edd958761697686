import type { Lesson } from './guess'
import type { Sample } from './samples'
import { signsIn } from './understand'
import { questionKinds, type QuestionKind } from './understood'

/**
 * Labelled replies as lessons. What may be said at any question was collected after a fix, where most is said; each such
 * reply is one lesson more at another question in turn, or "stop" would be a word of rungs only.
 */
export const lessonsOf = (samples: readonly Sample[]): Lesson[] =>
  samples.flatMap(({ text, kind, label }, place) => {
    const others = kind === 'helped' ? (elsewhere.get(label) ?? []) : []
    const inTurn = others[place % others.length]
    const kinds = inTurn === undefined ? [kind] : [kind, inTurn]
    return kinds.map((each): Lesson => ({ signs: signsIn(text, each), label }))
  })

/** Where else what was said after a fix means the same. "Ok" is small talk there and agrees to an offer. */
const elsewhere: ReadonlyMap<string, readonly QuestionKind[]> = new Map<
  string,
  readonly QuestionKind[]
>([
  ...(['human', 'stop', 'restart', 'go_back', 'next', 'dont_understand'] as const).map(
    (label) => [label, questionKinds] as const,
  ),
  ['chitchat', ['choice', 'found', 'device', 'role', 'scope', 'system']],
  ['unclear', ['needed', 'found', 'consent', 'later', 'choice', 'send']],
  // Troubles are told most where a choice of them is offered.
  ['new_symptom', ['choice', 'consent', 'choice', 'needed', 'choice', 'found']],
])
