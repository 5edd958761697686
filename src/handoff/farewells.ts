import type { Log } from '../log'
import { statement, type Database, type RowOf } from '../storage'

/** A case of a desk elsewhere whose conversation was erased. */
export type Farewell = RowOf<typeof selectDue>

export interface FarewellsOptions {
  readonly database: Database
  readonly desk: 'webhook' | 'teams'
  /** Tells the desk; gives the milliseconds after which it is to be told again, if it did not take it. */
  readonly tell: (farewell: Farewell) => Promise<{ readonly retryInMs: number } | undefined>
  readonly now: () => number
  readonly log: Log
  /** How often it is looked for something to tell, in milliseconds. */
  readonly sweepMs?: number | undefined
}

/** At least so long until a desk is told again, in milliseconds. */
const leastPause = 60_000

/** Tells a desk elsewhere which of its cases are no more. What is to be told lies in rows, so that a restart goes on with it. */
export class Farewells {
  readonly #options: FarewellsOptions
  #looking: NodeJS.Timeout | undefined
  #telling: Promise<void> | undefined

  constructor(options: FarewellsOptions) {
    this.#options = options
  }

  start(): void {
    this.#looking = setInterval(() => this.#look(), this.#options.sweepMs ?? 1_000).unref()
  }

  /** Lets the call under way end and begins no more. */
  async stop(): Promise<void> {
    clearInterval(this.#looking)
    this.#looking = undefined
    await this.#telling
  }

  #look(): void {
    this.#telling ??= this.#tellAll()
      .catch((error: unknown) =>
        this.#options.log.error({ err: error }, 'a desk could not be told of an erased case'),
      )
      .finally(() => (this.#telling = undefined))
  }

  async #tellAll(): Promise<void> {
    const { database, desk, tell, now } = this.#options
    for (const farewell of await database.read(selectDue, { desk, now: now() })) {
      if (!this.#looking) return
      const { ticket } = farewell
      const later = await tell(farewell)
      if (!later) await database.write('noteFarewellSaid', { ticket, desk })
      else {
        const due = now() + Math.max(leastPause, later.retryInMs)
        await database.write('putOffFarewell', { ticket, desk, due })
      }
    }
  }
}

const selectDue = statement<{ desk: string; now: number }>()((db, at) =>
  db
    .selectFrom('farewells')
    .select(['ticket', 'at', 'thread', 'activity'])
    .where('desk', '=', at('desk'))
    .where('due_at', '<=', at('now'))
    .orderBy('due_at')
    .limit(20),
)
