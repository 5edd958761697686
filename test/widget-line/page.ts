import { createLine, type Line, type LineOptions, type StorageLike } from '../../web/widget/line'
import { Clock } from './clock'
import { FakeServer } from './fake-server'

/** What one browser keeps, seen by all its tabs. */
export class Browser implements StorageLike {
  readonly kept = new Map<string, string>()
  isBlocked = false
  readonly #tabs: { readonly hear: (key: string | null) => void }[] = []

  get length(): number {
    return this.#there().size
  }
  key(index: number): string | null {
    return [...this.#there().keys()][index] ?? null
  }
  getItem(key: string): string | null {
    return this.#there().get(key) ?? null
  }
  setItem(key: string, value: string): void {
    this.#there().set(key, value)
  }
  removeItem(key: string): void {
    this.#there().delete(key)
  }

  /** Storage as one tab has it: what it changes, the others hear of a moment later. */
  tab(): Pick<LineOptions, 'storage' | 'onStorage'> {
    const own: { hear: (key: string | null) => void } = { hear: () => undefined }
    this.#tabs.push(own)
    const tell = (key: string) => {
      for (const tab of this.#tabs) if (tab !== own) setImmediate(() => tab.hear(key))
    }
    const at = (): this => this
    return {
      storage: {
        get length() {
          return at().length
        },
        key: (index) => this.key(index),
        getItem: (key) => this.getItem(key),
        setItem: (key, value) => {
          const before = this.getItem(key)
          this.setItem(key, value)
          if (before !== value) tell(key)
        },
        removeItem: (key) => {
          const before = this.getItem(key)
          this.removeItem(key)
          if (before !== null) tell(key)
        },
      },
      onStorage: (listener) => {
        own.hear = listener
        return () => (own.hear = () => undefined)
      },
    }
  }

  #there(): Map<string, string> {
    if (this.isBlocked) throw new Error('SecurityError')
    return this.kept
  }
}

let places = 0

/** A server, a browser and time, and the pages that are opened there; or another browser, of the same server. */
export function createPlace(beside?: { readonly clock: Clock; readonly server: FakeServer }) {
  const clock = beside?.clock ?? new Clock()
  const server = beside?.server ?? new FakeServer(clock)
  const browser = new Browser()
  const network = { isOnline: true }
  // What two of them write has other ids.
  let seed = (places += 1) * 7919

  return {
    clock,
    server,
    browser,
    network,
    /** A page as it is loaded; a reload is `stop` and another one. */
    open(more: Partial<LineOptions> = {}): Line {
      const line = this.line(more)
      line.start()
      return line
    },
    /** One that is not started yet. */
    line(more: Partial<LineOptions> = {}): Line {
      return createLine({
        base: 'http://host',
        fetch: server.fetch,
        openSocket: server.openSocket,
        ...browser.tab(),
        now: clock.now,
        setTimer: clock.setTimer,
        isOnline: () => network.isOnline,
        locale: 'en-GB',
        timeZone: 'Europe/Berlin',
        random: () => {
          seed = (seed * 48271) % 2147483647
          return seed / 2147483647
        },
        ...more,
      })
    },
    /** No request and no socket gets through, and the browser knows. */
    goOffline() {
      network.isOnline = false
      server.fault = () => 'cut'
      server.socketMode = () => 'refused'
      server.cutSockets()
    },
    goOnline() {
      network.isOnline = true
      server.fault = () => 'none'
      server.socketMode = () => 'open'
    },
  }
}

export type Place = ReturnType<typeof createPlace>

/** What the page shows as said. */
export const shown = ({ state }: Line): (string | undefined)[] =>
  state.activities.map(({ text }) => text)

export const waiting = ({ state }: Line): string[] =>
  state.outbox.map(({ text, state: how }) => `${text} ${how}`)
