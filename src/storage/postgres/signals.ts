import { EventEmitter } from 'node:events'
import { Client } from 'pg'
import { z } from 'zod'
import type { Log } from '../../log'
import type { Signal } from '../database'
import { configOf } from './connection'

/** Hints of the same moment travel together, in milliseconds: a notification takes a lock that all of the database share. */
const gatherMs = 20
/** PostgreSQL takes less than 8,000 bytes in one. */
const mostBytes = 7_500
/** Hints that wait while the database is away; more are dropped, since whoever needs to know looks by itself. */
const mostWaiting = 5_000
/** After a lost connection, how long until the next try, in milliseconds; it doubles up to the last. */
const firstPauseMs = 100
const longestPauseMs = 1_000

const channel = 'fixladder'

const payload = z.object({
  from: z.string(),
  signals: z.array(
    z.union([
      z.object({ appended: z.string(), seq: z.int().nonnegative() }),
      z.object({
        typing: z.string(),
        who: z.union([
          z.object({ role: z.literal('person') }),
          z.object({ role: z.literal('agent'), name: z.string() }),
        ]),
      }),
    ]),
  ),
})

/** Hints to and from the other servers. All of it may be lost; none is sent inside a transaction that writes. */
export class Signals {
  readonly #id: string
  readonly #url: string
  readonly #log: Log
  readonly #told = new EventEmitter().setMaxListeners(0)
  /** By what they say, so that the same thing is said once. */
  #waiting = new Map<string, Signal>()
  #client: Client | undefined
  #sending: NodeJS.Timeout | undefined
  #connecting: NodeJS.Timeout | undefined
  #pauseMs = firstPauseMs
  #isStopped = true

  constructor({ id, url, log }: { id: string; url: string; log: Log }) {
    this.#id = id
    this.#url = url
    this.#log = log
  }

  start(): void {
    this.#isStopped = false
    void this.#connect()
  }

  tell(signal: Signal): void {
    if (this.#isStopped || this.#waiting.size >= mostWaiting) return
    this.#waiting.set('typing' in signal ? `typing ${signal.typing}` : signal.appended, signal)
    this.#sending ??= setTimeout(() => void this.#send(), gatherMs).unref()
  }

  /** Calls back with what others tell. Returns how to stop. */
  onTold(listener: (signal: Signal) => void): () => void {
    this.#told.on('signal', listener)
    return () => this.#told.off('signal', listener)
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#sending)
    clearTimeout(this.#connecting)
    await this.#client?.end().catch(() => undefined)
  }

  async #connect(): Promise<void> {
    const client = new Client(configOf(this.#url))
    let isLost = false
    const lost = () => {
      if (isLost) return
      isLost = true
      if (this.#client === client) this.#client = undefined
      void client.end().catch(() => undefined)
      if (this.#isStopped) return
      this.#connecting = setTimeout(() => void this.#connect(), this.#pauseMs).unref()
      this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs)
    }
    client.on('error', lost).on('end', lost)
    client.on('notification', ({ payload: text }) => this.#hear(text ?? ''))
    try {
      await client.connect()
      await client.query(`LISTEN ${channel}`)
      if (this.#isStopped) {
        await client.end()
        return
      }
      this.#client = client
      this.#pauseMs = firstPauseMs
    } catch {
      lost()
    }
  }

  async #send(): Promise<void> {
    const waiting = [...this.#waiting.values()]
    this.#waiting = new Map()
    const client = this.#client
    try {
      // While the connection is away everybody looks by themselves.
      for (const text of client ? this.#payloads(waiting) : [])
        await client?.query({
          name: 'notify',
          text: 'SELECT pg_notify($1, $2)',
          values: [channel, text],
        })
    } catch (error) {
      this.#log.debug({ err: error }, 'hints to other servers were lost')
      // One that does not answer any more is dropped, and another one comes.
      void client?.end().catch(() => undefined)
    } finally {
      this.#sending = undefined
      if (this.#waiting.size > 0)
        this.#sending = setTimeout(() => void this.#send(), gatherMs).unref()
    }
  }

  *#payloads(signals: readonly Signal[]): Generator<string> {
    let some: string[] = []
    let bytes = 0
    for (const signal of signals) {
      const text = JSON.stringify(signal)
      const size = Buffer.byteLength(text) + 1
      if (size > mostBytes) continue
      if (bytes + size > mostBytes) {
        yield this.#payload(some)
        some = []
        bytes = 0
      }
      some.push(text)
      bytes += size
    }
    if (some.length > 0) yield this.#payload(some)
  }

  #payload(signals: readonly string[]): string {
    return `{"from":${JSON.stringify(this.#id)},"signals":[${signals.join(',')}]}`
  }

  /** Whoever can write to the database can say anything here, so that nothing is believed but its shape. */
  #hear(text: string): void {
    const read = payload.safeParse(parsed(text))
    if (!read.success || read.data.from === this.#id) return
    for (const signal of read.data.signals) this.#told.emit('signal', signal)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
