import type { Log } from '../log'
import { statement, type Database } from '../storage'
import type { Turns } from './turns'

/** How often the table is looked at, in milliseconds; a reminder may be this late. */
const lookEvery = 1_000

/**
 * Turns timers that are due into rows of the log, so that a reminder survives any restart: one that came due while no
 * process ran fires at the next start. While an agent has the chat it waits in the table, since the bot is to stay quiet,
 * and fires when the agent has left.
 */
export class Timers {
  readonly #database: Database
  readonly #turns: Turns
  readonly #now: () => number
  readonly #log: Log
  #looking: NodeJS.Timeout | undefined

  constructor(options: { database: Database; turns: Turns; now: () => number; log: Log }) {
    this.#database = options.database
    this.#turns = options.turns
    this.#now = options.now
    this.#log = options.log
  }

  start(): void {
    this.#looking = setInterval(() => void this.look(), lookEvery).unref()
  }

  stop(): void {
    clearInterval(this.#looking)
  }

  /** Fires what is due now. */
  async look(): Promise<void> {
    try {
      const at = this.#now()
      for (const { id } of await this.#database.read(selectDue, { now: at })) {
        const fired = await this.#database.write('fireTimer', { id, at })
        if (fired) this.#turns.wake(fired.conversation)
      }
    } catch (error) {
      this.#log.error({ err: error }, 'due timers could not be fired; they are tried again')
    }
  }
}

const selectDue = statement<{ now: number }>()((db, at) =>
  db
    .selectFrom('timers')
    .innerJoin('conversations', 'conversations.id', 'timers.conversation')
    .select('timers.id')
    .where('timers.due_at', '<=', at('now'))
    .where('conversations.holder', '<>', 'agent')
    .orderBy('timers.due_at')
    .limit(100),
)
