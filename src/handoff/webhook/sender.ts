import type { Conversations } from '../../conversations'
import type { Log } from '../../log'
import { Carrier, type CarrierOptions } from './carrier'
import { unreachable } from './trouble'

export interface SenderOptions extends CarrierOptions {
  readonly conversations: Pick<Conversations, 'get' | 'read' | 'watchAll' | 'appended'>
  readonly log: Log
  /** Between 0 and 1: spreads the pauses after failures. */
  readonly chance: () => number
  /** How often lost hints are made up for and waiting tickets looked at, in milliseconds. */
  readonly sweepMs?: number | undefined
}

/** Posts under way at once, each of another ticket: enough for a busy desk, and no flood for a small one. */
const mostAtOnce = 8
const mostBehind = 1_000
/** Rows that are appended together are looked at together, in milliseconds. */
const breathMs = 20

/** Pauses after failures: two seconds, doubling up to five minutes. */
const firstPauseMs = 2_000
const longestPauseMs = 5 * 60_000
/** A desk that has not taken a case after so long of trying is said to be out of reach. */
const outOfReachMs = 60_000

/**
 * Carries tickets to the help desk behind the webhook: one post of a ticket at a time and in order, several tickets side
 * by side. How far each one got is a cursor in the database, so that a restart goes on where the last process ended;
 * what was under way then is sent again, by the same key.
 */
export class DeskSender {
  readonly #options: SenderOptions
  readonly #carrier: Carrier
  readonly #running = new Map<string, Promise<void>>()
  /** Tickets that may have got more to send while they were looked at. */
  readonly #again = new Set<string>()
  /** Tickets whose last step failed. */
  readonly #waits = new Map<string, { readonly failures: number; readonly until: number }>()
  #stopHints: (() => void) | undefined
  #sweep: NodeJS.Timeout | undefined
  #soon: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()
  #isStopped = true

  constructor(options: SenderOptions) {
    this.#options = options
    this.#carrier = new Carrier(options)
  }

  start(): void {
    this.#isStopped = false
    this.#stopHints = this.#options.conversations.watchAll(() => this.#lookSoon())
    this.#sweep = setInterval(() => void this.#look(), this.#options.sweepMs ?? 1_000).unref()
    this.#lookSoon()
  }

  /** Lets the posts under way end and begins no more. */
  async stop(): Promise<void> {
    this.#isStopped = true
    clearInterval(this.#sweep)
    clearTimeout(this.#soon)
    this.#soon = undefined
    this.#stopHints?.()
    await this.#looking
    while (this.#running.size > 0) await Promise.all(this.#running.values())
  }

  #lookSoon(): void {
    if (this.#isStopped || this.#soon) return
    this.#soon = setTimeout(() => {
      this.#soon = undefined
      void this.#look()
    }, breathMs).unref()
  }

  /** One look at a time. */
  #look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#lookOnce())
    return this.#looking
  }

  /** Sets going whatever has something to send and does not wait after a failure. */
  async #lookOnce(): Promise<void> {
    if (this.#isStopped) return
    const { tickets, now, log } = this.#options
    try {
      for (const id of await tickets.behind(now(), mostBehind)) this.#wake(id)
      for (const id of await tickets.overdue(now() - outOfReachMs))
        // After a restart it is not said before an attempt of this process has failed.
        if (this.#waits.has(id)) await unreachable(this.#options, id)
    } catch (error) {
      if (!this.#isStopped) log.error({ err: error }, 'the look for cases of the help desk failed')
    }
  }

  #wake(id: string): void {
    if (this.#running.has(id)) {
      this.#again.add(id)
      return
    }
    if (this.#isStopped || this.#isWaiting(id) || this.#running.size >= mostAtOnce) return
    const run = this.#catchUp(id)
      .catch((error: unknown) => {
        this.#options.log.error({ handoff: id, err: error }, 'a case for the help desk failed')
        this.#wait(id, 0)
      })
      .finally(() => {
        const wasFull = this.#running.size >= mostAtOnce
        this.#running.delete(id)
        if (this.#again.delete(id) || wasFull) this.#lookSoon()
      })
    this.#running.set(id, run)
  }

  /** Goes on until everything is there, or something has to wait. */
  async #catchUp(id: string): Promise<void> {
    while (!this.#isStopped) {
      const step = await this.#carrier.step(id, this.#waits.has(id))
      if (step.kind === 'later') {
        this.#options.log.warn(
          { handoff: id, reason: step.reason },
          'the help desk did not take something now; it is sent again',
        )
        return this.#wait(id, step.retryInMs)
      }
      this.#waits.delete(id)
      if (step.kind === 'idle') return
    }
  }

  #isWaiting(id: string): boolean {
    return (this.#waits.get(id)?.until ?? 0) > this.#options.now()
  }

  #wait(id: string, atLeastMs: number): void {
    const { now, chance } = this.#options
    const failures = (this.#waits.get(id)?.failures ?? 0) + 1
    const until = now() + Math.max(atLeastMs, pauseAfter(failures, chance()))
    this.#waits.set(id, { failures, until })
  }
}

/** How long to wait after so many failures in a row. `chance` (0 to 1) spreads it by a quarter, so that not all come back at once. */
export const pauseAfter = (failures: number, chance: number): number =>
  Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs) * (1 + chance / 4)
