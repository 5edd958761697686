import type { Label, QuestionKind } from './understood'

/** One way to answer, on normalised text (lower case, "can not" written out, " , " between clauses). */
export interface Rule {
  readonly label: Label
  /** 5 can mean nothing else and needs no second opinion, 4 is the whole message, 3 says it outright, 2 says it, 1 hints at it. */
  readonly strength: number
  readonly pattern: RegExp
  /** The questions at which the rule holds; by default all. */
  readonly at?: readonly QuestionKind[]
}
