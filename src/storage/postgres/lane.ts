import type { Pool, PoolClient } from 'pg'
import { setTimeout as sleep } from 'node:timers/promises'
import { FixladderError, knownCode } from '../../errors'
import { Refused, type Tx } from '../tx'
import { beginWith } from './locks'
import { isLost, isWorthAnotherTry, unavailable } from './connection'
import { Pipe } from './pipe'

/** One write, with whoever waits for it. */
export interface Job {
  readonly write: (tx: Tx) => Promise<unknown>
  readonly locks: readonly string[] | 'everything'
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/** So many writes share a transaction at most; it bounds how long the first of them waits. */
const mostTogether = 32
/** How often a transaction that got in the way of another one is tried, and the longest pause before it is, in milliseconds. */
const mostTries = 6
const longestPauseMs = 50

/**
 * Runs writes one after another; whatever waits when it comes round shares ONE transaction, so that its commit and its
 * locks are paid for once. When one of them is refused, nothing of it was kept, and each runs in a transaction of its own.
 */
export class Lane {
  readonly #pool: Pool
  readonly #server: string
  #waiting: Job[] = []
  #isWorking = false
  #work: Promise<void> = Promise.resolve()

  constructor(pool: Pool, server: string) {
    this.#pool = pool
    this.#server = server
  }

  add(job: Job): void {
    this.#waiting.push(job)
    if (!this.#isWorking) this.#work = this.#workOff()
  }

  /** Resolves when nothing is under way or waiting. */
  async settled(): Promise<void> {
    while (this.#isWorking) await this.#work
  }

  async #workOff(): Promise<void> {
    this.#isWorking = true
    // What is added in the same moment travels together.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, mostTogether)
      if (batch.length === 1 || !(await this.#runTogether(batch)))
        for (const job of batch) await this.#runAlone(job)
    }
    this.#isWorking = false
  }

  /** False when nothing of it was kept and each may be tried by itself. */
  async #runTogether(batch: readonly Job[]): Promise<boolean> {
    try {
      const results = await this.#transact(batch)
      for (const [index, job] of batch.entries()) job.resolve(results[index])
      return true
    } catch (error) {
      if (!isLost(error) || error instanceof OwnFault) return false
      for (const job of batch) job.reject(unavailable(error))
      return true
    }
  }

  async #runAlone(job: Job): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        const [result] = await this.#transact([job])
        return job.resolve(result)
      } catch (error) {
        if (!isWorthAnotherTry(error) || tries === mostTries) return job.reject(asOurs(error))
        await sleep(Math.random() * longestPauseMs)
      }
    }
  }

  async #transact(batch: readonly Job[]): Promise<readonly unknown[]> {
    const client = await this.#pool.connect()
    let isBroken = true
    try {
      const results = await this.#inTransaction(client, batch)
      isBroken = false
      return results
    } catch (error) {
      isBroken = isLost(error) && !(error instanceof OwnFault)
      if (!isBroken)
        await client.query('ROLLBACK').catch(() => {
          isBroken = true
        })
      throw error
    } finally {
      client.release(isBroken)
    }
  }

  /** Writes of different conversations go side by side, those of one in the order in which they came. */
  async #inTransaction(client: PoolClient, batch: readonly Job[]): Promise<readonly unknown[]> {
    const all = batch.map(({ locks }) => locks)
    const locks = all.includes('everything') ? 'everything' : all.flatMap(namesOf)
    const pipe = new Pipe(client, this.#server)
    pipe.send(client.query(beginWith(locks)))
    const last = new Map<string, Promise<unknown>>()
    const writing = batch.map(({ write, locks: own }) => {
      const names = own === 'everything' ? [own] : own
      const before = names.flatMap((name) => last.get(name) ?? [])
      const result =
        before.length > 0 ? Promise.all(before).then(() => write(pipe.tx)) : write(pipe.tx)
      for (const name of names) last.set(name, result)
      return result
    })
    // None goes on with its statements once the transaction is over.
    const written = await Promise.allSettled(writing)
    const refused = written.find((each) => each.status === 'rejected')
    if (!refused) pipe.send(client.query('COMMIT').then(assertCommitted))
    // What failed first is the reason; what came behind it only failed with it.
    await pipe.arrived()
    if (refused) throw new OwnFault(refused.reason)
    return Promise.all(writing)
  }
}

/** A transaction in which something failed answers otherwise, and has kept nothing. */
function assertCommitted({ command }: { readonly command: string }): void {
  if (command !== 'COMMIT') throw new Error(`The database answered ${command} to COMMIT.`)
}

/** What a write itself threw while its statements went well: a refusal, or a fault in it. */
class OwnFault extends Error {
  readonly reason: unknown
  constructor(reason: unknown) {
    super('A write threw.', { cause: reason })
    this.reason = reason
  }
}

const namesOf = (locks: Job['locks']): readonly string[] => (locks === 'everything' ? [] : locks)

function asOurs(error: unknown): Error {
  if (!(error instanceof OwnFault) && isLost(error)) return unavailable(error)
  const cause = error instanceof OwnFault ? error.reason : error
  if (cause instanceof Refused) return new FixladderError(knownCode(cause.code), cause.message)
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new FixladderError('storage_failed', reason, { cause })
}
