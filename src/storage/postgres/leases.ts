import type { Pool } from 'pg'
import type { Log } from '../../log'
import { openPool } from './connection'

/** A lease lasts so long unless it is renewed, and so often it is, in milliseconds. By the clock of the database alone. */
const leaseMs = 2_000
const renewEvery = 500
/** Whoever holds a lease gives it up for itself so long before it ends, in milliseconds. */
const marginMs = 250
/** A database that has not answered for so long is away, in milliseconds. */
const awayMs = 3_000
/** So long after an outage it is told again who lives, in milliseconds. */
const steadyMs = leaseMs + 2 * renewEvery
/** Servers that are gone are remembered for so long, in milliseconds. */
const rememberedMs = 60 * 60_000

const duty = 'duty'
const serverPrefix = 'server '

/** That this server lives, and which server has the duty: what one of them does for all, such as timers. */
export class Leases {
  readonly #id: string
  readonly #pool: Pool
  readonly #log: Log
  #dutyUntil = -Infinity
  #answeredAt = -Infinity
  /** Since when the leases have been renewed as they should be, so that whoever lives has had the time to renew theirs. */
  #steadySince = Infinity
  #isDutyGivenUp = false
  #aheadMs = 0
  #renewing: NodeJS.Timeout | undefined
  #renewal: Promise<void> | undefined
  #isFailing = false

  constructor({ id, url, log }: { id: string; url: string; log: Log }) {
    this.#id = id
    // A connection of its own: a lease that waits behind the work of a busy server would say that the server is dead.
    this.#pool = openPool(url, 1, log)
    this.#log = log
  }

  async start(): Promise<void> {
    await this.#renew()
    this.#renewing = setInterval(() => void this.#renew(), renewEvery).unref()
  }

  /** Whether this server has the duty at this moment, as far as it can know: another one takes it only after this has turned false. */
  get hasDuty(): boolean {
    return performance.now() < this.#dutyUntil
  }

  get isReachable(): boolean {
    return performance.now() - this.#answeredAt < awayMs
  }

  /** By how much the clock of the database is ahead of this machine's, in milliseconds. */
  get aheadMs(): number {
    return this.#aheadMs
  }

  /** Ids of the servers that live; undefined while that cannot be told, as after an outage, when nobody could renew. */
  async living(): Promise<ReadonlySet<string> | undefined> {
    if (performance.now() - this.#steadySince < steadyMs) return undefined

    const { rows } = await this.#pool.query<{ holder: string }>(selectLiving, [`${serverPrefix}%`])
    return new Set(rows.map(({ holder }) => holder))
  }

  /** Lets another server have the duty at once. */
  async giveUpDuty(): Promise<void> {
    this.#isDutyGivenUp = true
    await this.#renewal
    this.#dutyUntil = -Infinity
    await this.#pool
      .query('DELETE FROM leases WHERE name = $1 AND holder = $2', [duty, this.#id])
      .catch(() => undefined)
  }

  /** Hands over at once. */
  async stop(): Promise<void> {
    clearInterval(this.#renewing)
    await this.#renewal
    this.#dutyUntil = -Infinity
    await this.#pool
      .query('DELETE FROM leases WHERE holder = $1', [this.#id])
      .catch(() => undefined)
    await this.#pool.end()
  }

  /** One at a time; one that takes long is followed by the next beat. */
  #renew(): Promise<void> {
    this.#renewal ??= this.#renewOnce().finally(() => (this.#renewal = undefined))
    return this.#renewal
  }

  async #renewOnce(): Promise<void> {
    const begun = performance.now()
    try {
      const begunAt = Date.now()
      const own = `${serverPrefix}${this.#id}`
      const { rows } = await this.#pool.query<Renewed>(renew, [
        this.#isDutyGivenUp ? [own] : [own, duty],
        this.#id,
        leaseMs,
        rememberedMs,
      ])
      const isOurs = rows.some(({ name }) => name === duty)
      this.#dutyUntil = isOurs ? begun + leaseMs - marginMs : -Infinity
      this.#answeredAt = performance.now()
      this.#note(rows[0], (begunAt + Date.now()) / 2)
      this.#isFailing = false
    } catch (error) {
      // What is held ends by itself.
      if (!this.#isFailing) this.#log.warn({ err: error }, 'the leases could not be renewed')
      this.#isFailing = true
      this.#steadySince = Infinity
    }
  }

  #note(renewed: Renewed | undefined, at: number): void {
    if (!renewed) return
    this.#aheadMs = Number(renewed.now) - at
    // Its own lease had ended: then those of others have, too, and say nothing.
    if (renewed.had_ended || this.#steadySince === Infinity) this.#steadySince = performance.now()
  }
}

const now = `(extract(epoch FROM clock_timestamp()) * 1000)::bigint`

const selectLiving = `SELECT holder FROM leases WHERE name LIKE $1 AND until > ${now}`

interface Renewed {
  readonly name: string
  readonly now: string
  /** Whether the lease of this server was there no more. */
  readonly had_ended: boolean
}

const renew = `WITH forgotten AS (DELETE FROM leases WHERE until < ${now} - $4::bigint)
  INSERT INTO leases (name, holder, until)
  SELECT name, $2, ${now} + $3::bigint FROM unnest($1::text[]) AS name
  ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE leases.holder = excluded.holder OR leases.until < ${now}
  RETURNING name, ${now} AS now,
    NOT EXISTS (SELECT 1 FROM leases AS before WHERE before.holder = $2 AND before.until > ${now}) AS had_ended`
