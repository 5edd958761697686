import { statSync } from 'node:fs'
import { select } from './check'
import type { SqliteConnection } from './connection'

/**
 * How long nobody may have written before the file is written anew, in milliseconds, and up to which size the shorter
 * time is enough: a file of that size takes half a second, in which whoever writes waits.
 */
const quietMs = 1_000
const quietForLargeMs = 60_000
const smallBytes = 64 * 1024 * 1024
const lookEvery = 250
/** So long after it failed it is tried again, in milliseconds: twice as long each time, up to the longest. */
const againMs = 60_000
const longestAgainMs = 60 * 60_000

/**
 * Writes the file anew once nobody writes, after something was erased. `secure_delete` overwrites what is deleted where
 * it stands; but as rows grow and shrink, SQLite moves them about between pages, and now and then a piece of an earlier
 * place stays in the gap of a page that is in use (measured: of 50 erased conversations one had left some of its state).
 */
export class Tidy {
  readonly #file: string
  readonly #connection: SqliteConnection
  readonly #isBusy: () => boolean
  readonly #cleanJournal: () => void
  #wroteAt = Date.now()
  #looking: NodeJS.Timeout | undefined
  #again: NodeJS.Timeout | undefined
  #againMs = againMs

  constructor(options: {
    readonly file: string
    readonly connection: SqliteConnection
    readonly isBusy: () => boolean
    /** What was in the file is in its journal then. */
    readonly cleanJournal: () => void
  }) {
    this.#file = options.file
    this.#connection = options.connection
    this.#isBusy = options.isBusy
    this.#cleanJournal = options.cleanJournal
  }

  /** Notes in the file that it is to be written anew, as a part of the transaction that erases: it is still to be done after `kill -9`. */
  mark(): void {
    this.#connection.exec('PRAGMA user_version = 1')
  }

  get isMarked(): boolean {
    const sql = 'SELECT user_version FROM pragma_user_version'
    return select<{ user_version: number }>(this.#connection, sql)[0]?.user_version === 1
  }

  /** Somebody writes. */
  wrote(): void {
    this.#wroteAt = Date.now()
  }

  /** Something was erased. */
  erased(): void {
    this.#looking ??= setInterval(() => this.#look(), lookEvery).unref()
  }

  stop(): void {
    clearTimeout(this.#again)
    clearInterval(this.#looking)
    this.#looking = undefined
  }

  #look(): void {
    const size = statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0
    const quiet = size <= smallBytes ? quietMs : quietForLargeMs
    if (this.#isBusy() || Date.now() - this.#wroteAt < quiet) return
    this.stop()
    try {
      this.#connection.exec('VACUUM; PRAGMA user_version = 0')
      this.#againMs = againMs
    } catch (error) {
      // The disk has no room for a second one, or somebody else writes: the erasing itself is done.
      process.emitWarning(`The database could not be written anew: ${String(error)}`)
      this.#again = setTimeout(() => this.erased(), this.#againMs).unref()
      this.#againMs = Math.min(2 * this.#againMs, longestAgainMs)
    }
    // Also what was half written fills it.
    this.#cleanJournal()
  }
}
