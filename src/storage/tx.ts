import type { SqlValue, Statement } from './statement'

/** An open transaction: runs statements in order. */
export interface Tx {
  /** Of several servers on one database the one that writes. */
  readonly server?: string

  run<P extends Record<string, SqlValue>, R>(
    statement: Statement<P, R>,
    parameters: P,
  ): Promise<R[]>
}

/** Something that changes the database, as one function over plain data; it runs inside a transaction. */
export type Write<I, O> = (tx: Tx, input: I) => Promise<O>

/** A refusal that is an expected answer of a write; everything of that write is undone. */
export class Refused extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
