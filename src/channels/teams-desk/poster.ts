import { setTimeout as sleep } from 'node:timers/promises'
import type { Conversations } from '../../conversations'
import { standsAside } from '../../duty'
import type { Log } from '../../log'
import type { Database } from '../../storage'
import { Pauses } from '../teams'
import { selectEnding, selectOpen, type Standing } from './case-rows'
import type { CaseThreads } from './case-thread'

export interface PosterOptions {
  readonly conversations: Pick<Conversations, 'watchAll'>
  readonly storage: Pick<Database, 'read' | 'peers'>
  readonly threads: CaseThreads
  readonly log: Log
  readonly now: () => number
  /** How often the cases are looked at without being told, in milliseconds. */
  readonly sweepMs?: number | undefined
  /** How far apart two calls in one thread are, in milliseconds. */
  readonly paceMs?: number | undefined
}

/** After a hint, in milliseconds: hints come in bursts. */
const hintedAfter = 100
/** Teams takes 60 calls in one thread in 30 seconds. */
const pace = 500
const mostAtOnce = 20
const mostCases = 1_000

/**
 * Keeps the threads of all cases as they should be. Each case has one runner at a time, so nothing in its thread comes
 * out of order; what is still to be done is read from the rows, so a restart goes on where the last process ended.
 */
export class Poster {
  readonly #options: PosterOptions
  readonly #running = new Map<string, Promise<void>>()
  /** How each case stood when all was done for it. */
  readonly #done = new Map<string, string>()
  readonly #pauses: Pauses
  /** Cases with a press under way: their answer shows the card first. */
  readonly #held = new Map<string, number>()
  #stopHints: (() => void) | undefined
  #sweep: NodeJS.Timeout | undefined
  #hinted: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined
  #isStopped = true

  constructor(options: PosterOptions) {
    this.#options = options
    this.#pauses = new Pauses(options.now)
  }

  start(): void {
    this.#isStopped = false
    this.#stopHints = this.#options.conversations.watchAll(() => this.#hint())
    this.#sweep = setInterval(() => this.#look(), this.#options.sweepMs ?? 1_000).unref()
    this.#look()
  }

  /** Lets the calls under way end and begins no more. */
  async stop(): Promise<void> {
    this.#isStopped = true
    clearInterval(this.#sweep)
    clearTimeout(this.#hinted)
    this.#hinted = undefined
    this.#stopHints?.()
    await this.#looking
    while (this.#running.size > 0) await Promise.all(this.#running.values())
  }

  /** Keeps the card of a case as it is until the returned function is called: a press is being answered. */
  hold(ticket: string): () => void {
    this.#held.set(ticket, (this.#held.get(ticket) ?? 0) + 1)
    return () => {
      const left = (this.#held.get(ticket) ?? 1) - 1
      if (left > 0) this.#held.set(ticket, left)
      else this.#held.delete(ticket)
      this.#done.delete(ticket)
      this.#hint()
    }
  }

  #hint(): void {
    this.#hinted ??= setTimeout(() => {
      this.#hinted = undefined
      this.#look()
    }, hintedAfter).unref()
  }

  #look(): void {
    if (this.#isStopped) return
    this.#looking ??= this.#lookRound()
      .catch((error: unknown) => {
        this.#options.log.error({ err: error }, 'the cases of the desk could not be read')
      })
      .finally(() => (this.#looking = undefined))
  }

  async #lookRound(): Promise<void> {
    const { storage } = this.#options
    const limit = mostCases
    const cases = [
      ...(await storage.read(selectOpen, { limit })),
      ...(await storage.read(selectEnding, { limit })),
    ]
    const present = new Set(cases.map(({ id }) => id))
    for (const id of this.#done.keys()) if (!present.has(id)) this.#done.delete(id)
    for (const standing of cases) {
      if (this.#running.size >= mostAtOnce) return
      const { id } = standing
      if (this.#done.get(id) !== markOf(standing) && !this.#pauses.has(id)) this.#run(standing)
    }
  }

  #run(standing: Standing): void {
    const { id } = standing
    if (this.#running.has(id) || this.#isStopped) return
    const run = this.#catchUp(id)
      .then((isDone) => {
        if (isDone) this.#done.set(id, markOf(standing))
      })
      .catch((error: unknown) => {
        this.#pauses.begin(id, 0)
        this.#options.log.error({ ticket: id, err: error }, 'a case could not be shown at the desk')
      })
      .finally(() => this.#running.delete(id))
    this.#running.set(id, run)
  }

  /** Goes on until there is nothing to do (true), or something has to wait. */
  async #catchUp(id: string): Promise<boolean> {
    while (!this.#isStopped && !standsAside(this.#options.storage) && !this.#pauses.has(id)) {
      const isHeldBack = this.#held.has(id)
      const step = await this.#options.threads.step(id, isHeldBack)
      if (step.step === 'failed') this.#pauses.begin(id, step.ms)
      else this.#pauses.end(id)
      if (step.step === 'called') await sleep(this.#options.paceMs ?? pace)
      if (step.step === 'rest') return !isHeldBack
      if (step.step === 'soon') return false
    }
    return false
  }
}

/** By what it is known that a case has moved on. */
const markOf = ({ version, last_seq, bot_cursor, reply_to, post_state }: Standing): string =>
  [version, last_seq, bot_cursor, reply_to, post_state].join(' ')
