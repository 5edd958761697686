import { toSent, type Outbox } from './outbox'
import type { Connection, LineState } from './types'

/** Holds what the page is shown. */
export interface Store {
  readonly state: LineState
  subscribe(listener: () => void): () => void
  patch(change: Partial<LineState>): void
  /** What is not in the log yet; `isStuck` while sending does not get through. */
  show(outbox: Outbox, isStuck: boolean): void
}

const moving: readonly Connection[] = ['connecting', 'open']

export function createStore(): Store {
  let outbox: Outbox = []
  let isStuck = false
  let state: LineState = {
    connection: 'connecting',
    transport: 'poll',
    isBack: false,
    activities: [],
    outbox: [],
  }
  const listeners = new Set<() => void>()

  function change(to: Partial<LineState>): void {
    const keys = Object.keys(to) as (keyof LineState)[]
    if (keys.every((key) => state[key] === to[key])) return
    state = { ...state, ...to }
    for (const listener of listeners) listener()
  }
  const sent = (connection: Connection) =>
    outbox.map((entry) => toSent(entry, isStuck || !moving.includes(connection)))

  return {
    get state() {
      return state
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    patch(to) {
      const isOther = to.connection !== undefined && to.connection !== state.connection
      change(isOther && outbox.length > 0 ? { ...to, outbox: sent(to.connection) } : to)
    },
    show(next, stuck) {
      if (next === outbox && stuck === isStuck) return
      outbox = next
      isStuck = stuck
      change({ outbox: sent(state.connection) })
    },
  }
}
