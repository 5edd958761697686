import type { TrueLadder } from './truth'

/** What a person answers at a rung. */
export type Result = 'helped' | 'found' | 'no_help' | 'partly'

export interface Answer {
  readonly fix: string
  readonly result: Result
}

/** What to do next, given all answers so far: the id of a fix, or `toPerson`. */
export type Policy = (history: readonly Answer[]) => string

/** A human agent takes over. */
export const toPerson = 'person'

/** A policy with its decisions remembered: the same answers lead to the same place, whoever gives them. */
export interface Place {
  /** Place of the fix to try in the ladder, or -1 for a person. */
  readonly fix: number
  /** Where the answer leads. */
  after(result: 'no_help' | 'partly'): Place
}

export function placeOf(
  policy: Policy,
  ladder: TrueLadder,
  history: readonly Answer[] = [],
): Place {
  const choice = policy(history)
  const fix = ladder.fixes.findIndex(({ id }) => id === choice)
  if (fix === -1 && choice !== toPerson)
    throw new Error(`The ladder of ${ladder.symptom} has no fix "${choice}".`)
  if (history.some((answer) => answer.fix === choice))
    throw new Error(`"${choice}" was tried already, on the ladder of ${ladder.symptom}.`)
  const next: { [result in Answer['result']]?: Place } = {}
  return {
    fix,
    after: (result) =>
      (next[result] ??= placeOf(policy, ladder, [...history, { fix: choice, result }])),
  }
}
