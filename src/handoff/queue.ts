import type { DeskView } from '../../dialogs'
import type { Log } from '../log'
import { statement, type Database } from '../storage'
import { isOpen, nextOpening, type Hours } from './hours'

/** How often the queue is read anew, in milliseconds. */
const lookEvery = 1_000
/** The usual wait is the median of so many cases that somebody took, and unknown before there are a few. */
const lastCases = 100
const fewCases = 5
/** An agent is in whose console was open so short a time ago; it gives a sign every ten seconds. */
const seenWithin = 60_000
/** A console that nobody has opened for so long is not where people work. */
const usedWithin = 30 * 24 * 60 * 60_000

export interface QueueOptions {
  readonly database: Database
  readonly hours?: Hours | undefined
  readonly answersBy?: string | undefined
  /** Agents answer at another desk too: when no console is open, somebody may still be there. */
  readonly hasOtherDesk?: boolean | undefined
  readonly now: () => number
  readonly log: Log
}

/**
 * Who waits for a person, in the order in which they are served, and how long it usually takes. Kept in memory, so that
 * a turn fetches nothing; it may lag behind the database by a moment.
 */
export class Queue {
  readonly #options: QueueOptions
  #waiting: readonly string[] = []
  #usualMinutes: number | undefined
  #agentsIn: number | undefined
  #looking: NodeJS.Timeout | undefined

  constructor(options: QueueOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    await this.look()
    this.#looking = setInterval(() => void this.look(), lookEvery).unref()
  }

  stop(): void {
    clearInterval(this.#looking)
  }

  /** Reads the queue anew. */
  async look(): Promise<void> {
    const { database, hasOtherDesk, now, log } = this.#options
    try {
      const waiting = await database.read(selectWaiting, {})
      this.#waiting = waiting.map(({ conversation }) => conversation)
      const waits = await database.read(selectWaits, { limit: lastCases })
      this.#usualMinutes = usualOf(waits)
      const at = now()
      const agents = await database.read(selectAgents, { since: at - usedWithin })
      const isIn = agents.filter(
        ({ state, seen_at }) => state === 'in' && at - seen_at < seenWithin,
      )
      const isUnknown = agents.length === 0 || (hasOtherDesk && isIn.length === 0)
      this.#agentsIn = isUnknown ? undefined : isIn.length
    } catch (error) {
      log.warn({ err: error }, 'the queue could not be read; it is tried again')
    }
  }

  /** The desk as a turn of this conversation sees it. */
  view(conversation: string): DeskView {
    const { hours, answersBy, now } = this.#options
    const place = this.#waiting.indexOf(conversation)
    const at = now()
    const open = hours && isOpen(hours, at)
    const opensAt = hours && !open ? nextOpening(hours, at) : undefined
    return {
      ...(answersBy === undefined ? {} : { answersBy }),
      ...(open === undefined ? {} : { isOpen: open }),
      ...(opensAt === undefined ? {} : { opensAt }),
      ahead: place < 0 ? this.#waiting.length : place,
      ...(this.#agentsIn === undefined ? {} : { agentsIn: this.#agentsIn }),
      ...(this.#usualMinutes === undefined ? {} : { usualMinutes: this.#usualMinutes }),
    }
  }
}

/** The median wait in whole minutes, at least one. */
function usualOf(
  waits: readonly { readonly created_at: number; readonly claimed_at: number | null }[],
): number | undefined {
  if (waits.length < fewCases) return undefined
  const sorted = waits
    .map(({ created_at, claimed_at }) => (claimed_at ?? created_at) - created_at)
    .toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0
  return Math.max(1, Math.round(median / 60_000))
}

const selectWaiting = statement<Record<string, never>>()((db) =>
  db
    .selectFrom('handoffs')
    .select('conversation')
    .where('state', '=', 'queued')
    .orderBy('created_at')
    .orderBy('id'),
)

const selectAgents = statement<{ since: number }>()((db, at) =>
  db.selectFrom('desk_presence').select(['state', 'seen_at']).where('seen_at', '>', at('since')),
)

const selectWaits = statement<{ limit: number }>()((db, at) =>
  db
    .selectFrom('handoffs')
    .select(['created_at', 'claimed_at'])
    .where('claimed_at', 'is not', null)
    .orderBy('claimed_at', 'desc')
    .limit(at('limit')),
)
