import { setTimeout as sleep } from 'node:timers/promises'
import type { Conversations } from '../conversations'
import type { Log } from '../log'
import type { Reads } from '../storage'
import { startsAgain } from './starts-again'
import { walkConversations, type Walked } from './walk'

/** How often it is looked for what is too old, in milliseconds. */
const sweepEvery = 24 * 60 * 60 * 1_000
/** So many are erased together, or so many rows if one has no more than that (measured: 30 ms), and then others have the database for so many milliseconds. */
const mostTogether = 20
const mostRows = 1_000
const breathMs = 100
const dayMs = 24 * 60 * 60 * 1_000

export interface RetentionOptions {
  readonly storage: Reads
  readonly conversations: Pick<Conversations, 'expire'>
  readonly retentionDays: number
  readonly now: () => number
  readonly log: Log
}

/** Erases conversations in which nobody has said anything for long enough: from the start on, then daily. */
export class Retention {
  readonly #options: RetentionOptions
  #timer: NodeJS.Timeout | undefined
  #sweeping: Promise<number> | undefined
  #isStopped = false

  constructor(options: RetentionOptions) {
    this.#options = options
  }

  /** Nobody waits for the first sweep. */
  start(): void {
    this.#isStopped = false
    this.#timer = setInterval(() => void this.sweep(), sweepEvery).unref()
    void this.sweep()
  }

  /** Lets what is being erased end, and begins no more. */
  async stop(): Promise<void> {
    this.#isStopped = true
    clearInterval(this.#timer)
    await this.#sweeping
  }

  /** Erases what is too old now. Gives how many were erased. */
  sweep(): Promise<number> {
    this.#sweeping ??= this.#sweep().finally(() => (this.#sweeping = undefined))
    return this.#sweeping
  }

  async #sweep(): Promise<number> {
    const { storage, retentionDays, now, log } = this.#options
    const before = now() - retentionDays * dayMs
    let erased = 0
    try {
      for await (const page of walkConversations(storage)) {
        const old = page.filter(({ last_at, created_at }) => Math.max(last_at, created_at) < before)
        for (const some of batchesOf(old)) {
          if (this.#isStopped) break
          erased += await this.#expire(some, before)
          await sleep(breathMs, undefined, { ref: false })
        }
        if (this.#isStopped) break
      }
    } catch (error) {
      log.error({ err: error }, 'old conversations could not be erased; it is tried again tomorrow')
    }
    if (erased > 0) log.info({ erased, days: retentionDays }, 'conversations were erased by age')
    return erased
  }

  async #expire(old: readonly Walked[], before: number): Promise<number> {
    const { conversations, now } = this.#options
    const outcomes = await Promise.all(
      old.map(({ id, channel }) =>
        conversations.expire(id, { before, until: startsAgain(channel, now()) }),
      ),
    )
    return outcomes.filter(Boolean).length
  }
}

function batchesOf(old: readonly Walked[]): readonly (readonly Walked[])[] {
  const batches: Walked[][] = []
  let rows = 0
  for (const each of old) {
    const last = batches.at(-1)
    rows += each.last_seq
    if (last && last.length < mostTogether && rows <= mostRows) last.push(each)
    else {
      batches.push([each])
      rows = each.last_seq
    }
  }
  return batches
}
