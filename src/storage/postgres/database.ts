import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { FixladderError } from '../../errors'
import type { Log } from '../../log'
import type { Database } from '../database'
import type { SqlValue, Statement } from '../statement'
import type { Tx } from '../tx'
import { writes, type InputOf, type OutputOf, type WriteName } from '../writes'
import { isLost, openPool, shown, unavailable } from './connection'
import { Lane } from './lane'
import { conversationsOf } from './locks'
import { migrate } from './migrate'
import { PostgresPeers } from './peers'
import { run } from './run'

/** Connections that write, one for each lane, and those that read. One more listens, and one renews the leases. */
const lanes = 6
const readers = 6

/** A PostgreSQL database, which any number of servers share. */
export class PostgresDatabase implements Database {
  readonly notes: readonly string[] = []
  readonly peers: PostgresPeers
  readonly #writers: Pool
  readonly #readers: Pool
  readonly #lanes: readonly Lane[]
  /** For writes that lock everything: they wait for one another anyway. */
  readonly #exclusive: Lane
  #isClosed = false

  private constructor(url: string, log: Log) {
    const id = randomUUID()
    this.#writers = openPool(url, lanes + 1, log)
    this.#readers = openPool(url, readers, log)
    this.peers = new PostgresPeers({ id, url, log })
    this.#lanes = Array.from({ length: lanes }, () => new Lane(this.#writers, id))
    this.#exclusive = new Lane(this.#writers, id)
  }

  /** Connects, and brings the database up to this version. Throws `storage_failed` when that cannot be done. */
  static async open(url: string, log: Log): Promise<PostgresDatabase> {
    try {
      await migrate(url)
      const database = new PostgresDatabase(url, log)
      await database.peers.start()
      return database
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new FixladderError(
        'storage_failed',
        `The database at ${shown(url)} cannot be opened: ${reason}. Check DATABASE_URL, and that the database runs and lets this user create tables.`,
        { cause },
      )
    }
  }

  write<N extends WriteName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
    if (this.#isClosed)
      return Promise.reject(
        new FixladderError('storage_closed', `"${name}" came after the database was closed.`),
      )
    const locks = conversationsOf(name, input)
    const write = writes[name] as (tx: Tx, input: unknown) => Promise<OutputOf<N>>
    return new Promise<OutputOf<N>>((resolve, reject) =>
      this.#laneFor(locks).add({
        write: (tx) => write(tx, input),
        locks,
        resolve: resolve as (result: unknown) => void,
        reject,
      }),
    )
  }

  async read<P extends Record<string, SqlValue>, R>(
    query: Statement<P, R>,
    parameters: P,
  ): Promise<R[]> {
    try {
      return await run(this.#readers, query, parameters)
    } catch (error) {
      throw isLost(error) ? unavailable(error) : error
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await Promise.all([...this.#lanes, this.#exclusive].map((lane) => lane.settled()))
    await this.peers.stop()
    await Promise.all([this.#writers.end(), this.#readers.end()])
  }

  /** What is written to one conversation goes the same way, in order. */
  #laneFor(locks: readonly string[] | 'everything'): Lane {
    if (locks === 'everything') return this.#exclusive
    const [first = ''] = locks
    let place = 0
    for (let at = 0; at < first.length; at += 1) place = (place * 31 + first.charCodeAt(at)) >>> 0
    return this.#lanes[place % lanes] ?? this.#exclusive
  }
}
