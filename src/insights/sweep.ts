import type { Log } from '../log'
import type { Database } from '../storage'
import { retainedSince } from './unmatched'

/** How often the table is swept, in milliseconds. */
const sweepEvery = 24 * 60 * 60 * 1_000

export interface SweepOptions {
  readonly database: Database
  readonly retentionDays: number
  readonly now: () => number
  readonly log: Log
}

/** Erases phrases that have been kept for long enough: once at the start, then daily. */
export class Sweep {
  readonly #options: SweepOptions
  #sweeping: NodeJS.Timeout | undefined

  constructor(options: SweepOptions) {
    this.#options = options
  }

  async start(): Promise<void> {
    this.#sweeping = setInterval(() => void this.sweep(), sweepEvery).unref()
    await this.sweep()
  }

  stop(): void {
    clearInterval(this.#sweeping)
  }

  /** Erases what is too old now. */
  async sweep(): Promise<void> {
    const { database, retentionDays, now, log } = this.#options
    try {
      await database.write('sweepUnmatched', { before: retainedSince(now(), retentionDays) })
    } catch (error) {
      log.error({ err: error }, 'old phrases could not be erased; it is tried again tomorrow')
    }
  }
}
