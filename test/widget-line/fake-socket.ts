import type { SocketLike } from '../../web/widget/line'
import type { WireActivity } from '../../web/widget/wire'
import type { Clock } from './clock'

/** `hang`: it never says anything; `deaf`: it opens, and no frame comes through; `short`: somebody cuts it at once. */
export type SocketMode = 'open' | 'refused' | 'hang' | 'deaf' | 'short' | 'throws'

const openAfterMs = 20
const shortMs = 500
/** What is dead hears late that it was closed. */
const lateMs = 60_000

/** A WebSocket that does what the test says. */
export class FakeSocket implements SocketLike {
  isOpen = false
  /** The connection is gone, and nobody has noticed. */
  isDead = false
  readonly #listeners: {
    type: string
    listener: (event: { data?: unknown; reason?: unknown }) => void
  }[] = []
  readonly #clock: Clock
  readonly #mode: SocketMode
  readonly #rows: () => readonly WireActivity[]
  #after: number
  #isClosed = false

  constructor(clock: Clock, mode: SocketMode, rows: () => readonly WireActivity[], after: number) {
    this.#clock = clock
    this.#mode = mode
    this.#rows = rows
    this.#after = after
    if (mode === 'hang') return
    clock.setTimer(openAfterMs, () => (mode === 'refused' ? this.close() : this.#open()))
    if (mode === 'short') clock.setTimer(openAfterMs + shortMs, () => this.close())
  }

  addEventListener(
    type: string,
    listener: (event: { data?: unknown; reason?: unknown }) => void,
  ): void {
    this.#listeners.push({ type, listener })
  }

  close(reason = ''): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.isOpen = false
    const tell = () => this.#tell('close', { reason })
    if (this.isDead) this.#clock.setTimer(lateMs, tell)
    else tell()
  }

  frame(data: string): void {
    if (this.isOpen && !this.isDead && this.#mode !== 'deaf') this.#tell('message', { data })
  }

  pump(): void {
    if (!this.isOpen || this.isDead) return
    for (;;) {
      const set = pageOf({ rows: this.#rows() }, this.#after)
      if (set.activities.length === 0) return
      this.#after = Number(set.watermark)
      this.frame(JSON.stringify(set))
    }
  }

  #open(): void {
    if (this.#isClosed) return
    this.isOpen = true
    this.#tell('open', {})
    this.pump()
  }

  #tell(type: string, event: { data?: unknown; reason?: unknown }): void {
    for (const each of this.#listeners) if (each.type === type) each.listener(event)
  }
}

/** As the real one: a few at a time, with the number of the last. */
export function pageOf({ rows }: { readonly rows: readonly WireActivity[] }, after: number) {
  const activities = rows.slice(after, after + 32)
  return { activities, watermark: String(Math.min(after, rows.length) + activities.length) }
}
