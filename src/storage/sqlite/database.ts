import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { FixladderError, errorCodes, knownCode } from '../../errors'
import { SqliteConnection } from './connection'
import { makeFolder } from './folder'
import type { Answer, Ready, Request } from './messages'
import type { Database } from '../database'
import type { SqlValue, Statement } from '../statement'
import type { InputOf, OutputOf, WriteName } from '../writes'

/** The database in one file, which one process has for itself. */
export class SqliteDatabase implements Database {
  readonly #worker: Worker
  readonly #reader: SqliteConnection
  readonly #pending = new Map<
    number,
    { resolve: (result: never) => void; reject: (error: Error) => void }
  >()
  #outgoing: Request[] = []
  /** Writes that the worker has and has not answered. */
  #travelling = 0
  readonly #onFatal: ((error: Error) => void) | undefined
  /** What whoever runs the server has to know of the file, as it was found. */
  readonly notes: readonly string[]
  #lastId = 0
  #closed = false

  private constructor(
    worker: Worker,
    reader: SqliteConnection,
    onFatal: ((error: Error) => void) | undefined,
    { notes }: Ready,
  ) {
    this.notes = notes
    this.#onFatal = onFatal
    this.#worker = worker
    this.#reader = reader
    worker.on('message', (answers: readonly Answer[]) => {
      for (const answer of answers) this.#settle(answer)
      this.#travelling -= answers.length
      if (this.#travelling === 0) queueMicrotask(() => this.#flush())
    })
    worker.on('error', (error) => this.#fail(error))
    worker.on('exit', () => this.#fail(new Error('The storage worker ended.')))
  }

  /** Opens the file, making it and its folder if need be; no other process can open one in that folder meanwhile. `onFatal` hears it when the storage worker dies, after which nothing can be written. */
  static async open(file: string, onFatal?: (error: Error) => void): Promise<SqliteDatabase> {
    makeFolder(dirname(file))
    const worker = new Worker(workerFile(), { workerData: { file }, name: 'storage' })
    const ready = await new Promise<Ready>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', (cause) => reject(startError(file, cause)))
    })
    return new SqliteDatabase(worker, SqliteConnection.openToRead(file), onFatal, ready)
  }

  write<N extends WriteName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
    if (this.#closed) {
      return Promise.reject(
        new FixladderError('storage_closed', `"${name}" came after the database was closed.`),
      )
    }
    const id = ++this.#lastId
    // Writes of the same tick travel together, and so do all that come while the worker is busy: one message,
    // one wake-up, one fsync. (A message for each of them cost more time than the writes themselves.)
    if (this.#outgoing.push({ id, name, input }) === 1 && this.#travelling === 0)
      queueMicrotask(() => this.#flush())
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }))
  }

  async read<P extends Record<string, SqlValue>, R>(
    query: Statement<P, R>,
    parameters: P,
  ): Promise<R[]> {
    return this.#reader.run(query, parameters)
  }

  /** Waits for the writes under way, then closes. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#flush()
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve))
    this.#reader.close()
    this.#worker.postMessage('close')
    await ended
  }

  #flush(): void {
    if (this.#outgoing.length === 0) return
    const batch = this.#outgoing
    this.#outgoing = []
    if (this.#post(batch)) return
    // Something in there is no plain data: that one is refused, and the others go.
    for (const request of batch) {
      if (!this.#post([request])) this.#settle(notPlain(request))
    }
  }

  #post(batch: readonly Request[]): boolean {
    try {
      this.#worker.postMessage(batch)
    } catch (error) {
      if (error instanceof DOMException && error.name === 'DataCloneError') return false
      throw error
    }
    this.#travelling += batch.length
    return true
  }

  #settle(answer: Answer): void {
    const waiting = this.#pending.get(answer.id)
    this.#pending.delete(answer.id)
    if (answer.error === undefined) waiting?.resolve(answer.result as never)
    else waiting?.reject(new FixladderError(knownCode(answer.error.code), answer.error.message))
  }

  #fail(error: Error): void {
    if (!this.#closed) this.#onFatal?.(error)
    this.#closed = true
    for (const { reject } of this.#pending.values()) {
      reject(
        new FixladderError('storage_failed', 'The storage worker ended before the write.', {
          cause: error,
        }),
      )
    }
    this.#pending.clear()
  }
}

const notPlain = ({ id, name }: Request): Answer => ({
  id,
  error: {
    code: 'storage_failed',
    message: `"${name}" was given something that is no plain data.`,
  },
})

/** What the worker threw at its start. Of an error's class only its fields come across from another thread. */
function startError(file: string, cause: unknown): FixladderError {
  const { code = '', message = String(cause) } = cause as { code?: string; message?: string }
  if (code in errorCodes) return new FixladderError(knownCode(code), message, { cause })
  return new FixladderError(
    'storage_failed',
    `The database ${file} cannot be opened: ${message}. Put a copy of it back, or move the file away to begin with an empty one.`,
    { cause },
  )
}

/** Beside the bundled server, or in dist/ when the TypeScript runs unbundled as in the tests. */
const workerFile = (): string =>
  __filename.endsWith('.ts')
    ? join(__dirname, '../../../dist/worker.js')
    : join(__dirname, 'worker.js')
