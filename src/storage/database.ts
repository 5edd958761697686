import type { Reads } from './statement'
import type { InputOf, OutputOf, WriteName } from './writes'

/** The database: writes are durable when their promise resolves; reads see every write that resolved before them. */
export interface Database extends Reads {
  /** What whoever runs the server has to know of it, as it was found. */
  readonly notes: readonly string[]

  /** The other servers on it; absent where one process has it for itself. */
  readonly peers?: Peers

  /** Runs a write in a transaction. Throws what the write refuses, `storage_failed` or `storage_unavailable`. */
  write<N extends WriteName>(name: N, input: InputOf<N>): Promise<OutputOf<N>>

  /** Waits for the writes under way, then closes. */
  close(): Promise<void>
}

/** Servers that share a database and its work. */
export interface Peers {
  /** Of this server. */
  readonly id: string

  /** Whether this is the one that does for all what one alone may do; another one begins only after this has turned false. */
  readonly hasDuty: boolean

  /** Whether the database has answered within the last seconds. */
  readonly isReachable: boolean

  /** By how much the clock of the database, which counts for all, is ahead of this machine's, in milliseconds. */
  readonly aheadMs: number

  /** Lets another server have the duty at once, and takes it no more. */
  giveUpDuty(): Promise<void>

  /** Ids of the servers that live; one that was killed is among them for two seconds more. Undefined while it cannot be told, as after an outage. */
  living(): Promise<ReadonlySet<string> | undefined>

  /** Gives the others a hint, which may be lost. */
  tell(signal: Signal): void

  /** Calls back with hints of others. Returns how to stop. */
  onTold(listener: (signal: Signal) => void): () => void
}

/** Rows were appended to a conversation, up to `seq`; or somebody types in it. */
export type Signal =
  | { readonly appended: string; readonly seq: number }
  | { readonly typing: string; readonly who: Typist }

/** Who types: the person, or an agent whom the person sees by name. */
export type Typist = { readonly role: 'person' } | { readonly role: 'agent'; readonly name: string }
