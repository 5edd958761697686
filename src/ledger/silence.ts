import type { Log } from '../log'
import type { Database } from '../storage'
import { selectSilent } from './statements'

/** After so many milliseconds without a word a case without an outcome is unconfirmed. */
export const silentAfter = 24 * 60 * 60 * 1_000

/** How often silence is looked for, in milliseconds; an outcome may be this late. */
const lookEvery = 10 * 60 * 1_000

/** So many conversations are closed in one transaction at most, which bounds how long chats wait for it. */
const mostAtOnce = 100

export interface SilenceOptions {
  readonly database: Database
  readonly now: () => number
  readonly log: Log
}

/**
 * Closes cases as unconfirmed when their conversation fell silent: silence is never a success. What waits for a timer
 * is not silent; from when the timer asked, the time counts anew. Whoever comes back and answers opens the case again.
 */
export class Silence {
  readonly #options: SilenceOptions
  #looking: NodeJS.Timeout | undefined
  #look: Promise<void> | undefined

  constructor(options: SilenceOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    this.#looking = setInterval(() => void this.look(), lookEvery).unref()
    await this.look()
  }

  /** Waits for a look under way. */
  async stop(): Promise<void> {
    clearInterval(this.#looking)
    await this.#look
  }

  /** Closes what is silent now. */
  async look(): Promise<void> {
    this.#look ??= this.#closeAll()
      .catch((error: unknown) =>
        this.#options.log.error(
          { err: error },
          'silent cases could not be closed; tried again soon',
        ),
      )
      .finally(() => (this.#look = undefined))
    return this.#look
  }

  async #closeAll(): Promise<void> {
    const { database, now } = this.#options
    const at = now()
    const seen = new Set<string>()
    for (;;) {
      const silent = await database.read(selectSilent, {
        before: at - silentAfter,
        limit: mostAtOnce,
      })
      // One that stays was taken up meanwhile; the next look sees what became of it.
      const fresh = silent.filter(({ id }) => !seen.has(id))
      if (fresh.length === 0) return
      for (const { id } of fresh) seen.add(id)
      await Promise.all(
        fresh.map(({ id, last_seq }) =>
          database.write('unconfirm', { conversation: id, seq: last_seq, at }),
        ),
      )
    }
  }
}
