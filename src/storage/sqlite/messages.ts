import type { WriteName } from '../writes'

/** What the server asks of the storage worker, and what it hears back. */
export interface Request {
  readonly id: number
  readonly name: WriteName
  readonly input: unknown
}

export type Answer =
  | { readonly id: number; readonly result: unknown; readonly error?: undefined }
  | { readonly id: number; readonly error: { readonly code: string; readonly message: string } }

/** The first that is heard of the worker: the database is open. */
export interface Ready {
  /** What whoever runs the server has to know of it. */
  readonly notes: readonly string[]
}
