import { setImmediate as nextRound, setTimeout } from 'node:timers/promises'
import { authorsBeliefs, createBeliefs, type Beliefs, type Pack } from '../../knowledge'
import type { Log } from '../log'
import { statement, type Reads } from '../storage'
import { Tallies } from './tallies'

/** How often new entries are counted, in milliseconds; beliefs are this old at most. */
const countEvery = 60 * 1_000

/** How often everything is counted from the beginning, in milliseconds, so that what was erased is forgotten. */
const recountEvery = 24 * 60 * 60 * 1_000

/** How often at most that is done because something was erased, in milliseconds. */
const forgetEvery = 10 * 60 * 1_000

/** The server does not wait longer than this for a count before it begins to answer, in milliseconds. */
const startsWithin = 250

/** So many new entries are counted at once; the chats go on in between. */
const mostAtOnce = 200

export interface BeliefStoreOptions {
  readonly storage: Reads
  /** The pack of the moment; with another one everything is counted again, since causes may differ. */
  readonly pack: () => Pack
  /** From so many cases on a family of devices is believed for itself. */
  readonly enough: number
  readonly now: () => number
  readonly log: Log
}

/**
 * What is believed of each fix, from the author's chances and the cases in the ledger. It is counted beside the turns,
 * never inside one: a turn takes what is believed at the moment and keeps it.
 */
export class BeliefStore {
  readonly #options: BeliefStoreOptions
  #beliefs: Beliefs = authorsBeliefs
  #tallies: Tallies | undefined
  #countedAnewAt = 0
  /** The mark of the newest conversation that was erased before everything was counted. */
  #forgottenUpTo = 0
  #counting: NodeJS.Timeout | undefined
  #refreshing: Promise<void> | undefined
  #isStopped = false

  constructor(options: BeliefStoreOptions) {
    this.#options = options
  }

  /** What is believed now. Nobody changes it: the next count makes another one. */
  get current(): Beliefs {
    return this.#beliefs
  }

  /**
   * Counts all there is, then follows the ledger. A large one (20,000 cases took ten seconds on a busy machine) is
   * counted to its end while people are answered already; until then the author is believed.
   */
  async start(): Promise<void> {
    this.#counting = setInterval(() => void this.refresh(), countEvery).unref()
    await Promise.race([this.refresh(), setTimeout(startsWithin, undefined, { ref: false })])
  }

  /** Ends a count under way. */
  async stop(): Promise<void> {
    this.#isStopped = true
    clearInterval(this.#counting)
    await this.#refreshing
  }

  /** Counts what is new. When it fails, the beliefs stay as they are and the next one takes it up. */
  async refresh(): Promise<void> {
    this.#refreshing ??= this.#count()
      .catch((error: unknown) =>
        this.#options.log.error(
          { err: error },
          'outcomes could not be counted; the beliefs stay as they were, and it is tried again',
        ),
      )
      .finally(() => (this.#refreshing = undefined))
    return this.#refreshing
  }

  async #count(): Promise<void> {
    const { storage, pack, enough, now } = this.#options
    const begun = now()
    const [{ until: forgottenUpTo } = { until: 0 }] = await storage.read(selectNewestForgotten, {})
    const tallies = this.#talliesFor(pack(), begun, forgottenUpTo)
    const before = tallies.upTo
    while (!this.#isStopped) {
      const fresh = await storage.read(selectFresh, { after: tallies.upTo, limit: mostAtOnce })
      const upTo = fresh.at(-1)?.entry
      if (upTo === undefined) break
      tallies.countOn(await storage.read(selectTouched, { after: tallies.upTo, upTo }), upTo)
      await nextRound()
    }
    if (this.#isStopped) return
    const isNew = tallies !== this.#tallies
    if (isNew) {
      this.#countedAnewAt = begun
      this.#forgottenUpTo = forgottenUpTo
    }
    this.#tallies = tallies
    if (isNew || tallies.upTo > before) this.#beliefs = createBeliefs(tallies.counts, { enough })
  }

  /** The tallies to go on from, or empty ones when there is a new pack, something was erased, or a day has passed. */
  #talliesFor(pack: Pack, now: number, forgottenUpTo: number): Tallies {
    const every = forgottenUpTo > this.#forgottenUpTo ? forgetEvery : recountEvery
    if (this.#tallies?.pack === pack && now - this.#countedAnewAt < every) return this.#tallies
    return new Tallies(pack)
  }
}

/** Of two conversations, the one erased later is kept from beginning again for longer. */
const selectNewestForgotten = statement<Record<string, never>>()((db) =>
  db.selectFrom('forgotten').select('until').orderBy('until', 'desc').limit(1),
)

const selectFresh = statement<{ after: number; limit: number }>()((db, at) =>
  db
    .selectFrom('settled_ledger')
    .select('entry')
    .where('what', 'in', ['result', 'reopened'])
    .where('entry', '>', at('after'))
    .orderBy('entry')
    .limit(at('limit')),
)

/** Of every case with an entry in this range, all that says what became of its rungs, up to the end of the range. */
const selectTouched = statement<{ after: number; upTo: number }>()((db, at) =>
  db
    .selectFrom('settled_ledger')
    .select(['entry', 'case_id', 'what', 'symptom', 'fix', 'device', 'result', 'outcome'])
    .where('what', 'in', ['result', 'reopened'])
    .where('entry', '<=', at('upTo'))
    .where('case_id', 'in', (sub) =>
      sub
        .selectFrom('settled_ledger')
        .select('case_id')
        .where('what', 'in', ['result', 'reopened'])
        .where('entry', '>', at('after'))
        .where('entry', '<=', at('upTo')),
    )
    .orderBy('entry'),
)
