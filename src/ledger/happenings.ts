/** How a case stands, or ended. Solved only by the person's own word; silence is `unconfirmed`. */
export type CaseOutcome = 'solved' | 'workaround' | 'unconfirmed' | 'handed_off' | 'abandoned'

/** Something that happened to a case, as a turn tells it. Each becomes one row of the ledger, in the order told. */
export type Happening =
  | {
      readonly what: 'opened'
      readonly caseId: string
      readonly symptom: string
      readonly confidence?: number
      readonly packVersion: string
    }
  | ({ readonly what: 'shown' } & OnRung)
  /** What became of a rung. An answer that is changed later is another one; of a fix in a case the last counts. */
  | ({ readonly what: 'result'; readonly result: string } & OnRung)
  | {
      readonly what: 'closed'
      readonly caseId: string
      readonly outcome: CaseOutcome
      /** Id of the incident whose end solved it. */
      readonly incident?: string
    }
  | { readonly what: 'reopened'; readonly caseId: string }

/** The rung that something happened on. */
export interface OnRung {
  readonly caseId: string
  readonly symptom: string
  readonly fix: string
  readonly device?: string
  readonly packVersion: string
}
