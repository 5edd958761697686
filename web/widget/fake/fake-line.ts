import type { Line, LineState, Sent } from '../line'

/** A line without a server: what is sent lies in the outbox until the test says what became of it. */
export interface FakeLine extends Line {
  set(change: Partial<LineState>): void
  /** What was asked of it, in order. */
  readonly calls: string[]
  /** What `renew` and `forget` do. */
  refuses: boolean
}

export function fakeLine(): FakeLine {
  const listeners = new Set<() => void>()
  const calls: string[] = []
  let state: LineState = {
    connection: 'connecting',
    transport: 'socket',
    isBack: false,
    activities: [],
    outbox: [],
  }
  const set = (change: Partial<LineState>) => {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }
  const without = (id: string) => state.outbox.filter((each) => each.id !== id)
  const line: FakeLine = {
    calls,
    refuses: false,
    set,
    get state() {
      return state
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: () => void calls.push('start'),
    stop: () => void calls.push('stop'),
    send(message) {
      const id = `out-${calls.length}`
      calls.push(`send ${message.text}`)
      const sent: Sent = { id, ...message, at: Date.now(), state: 'sending' }
      set({ outbox: [...state.outbox, sent] })
      return id
    },
    retry: (id) => void calls.push(`retry ${id}`),
    drop(id) {
      calls.push(`drop ${id}`)
      set({ outbox: without(id) })
    },
    typed: () => void calls.push('typed'),
    rest: () => void calls.push('rest'),
    wake: () => void calls.push('wake'),
    renew: () => empty('renew'),
    forget: () => empty('forget'),
    openLink: () => Promise.resolve('opened' as const),
    returnLink: () => 'https://help.example/chat#AbCdEfGhIjKlMnOpQrStUvWxYz012345',
    setUser: () => void calls.push('user'),
  }
  async function empty(what: string) {
    calls.push(what)
    if (line.refuses) throw new Error('Not now.')
    set({ activities: [], outbox: [] })
  }
  return line
}
