import type { CaseLine, Presence } from '../state/contract'
import { neighbour } from '../state/queue'
import { start, type Mode } from '../state/state'
import { read } from './api'
import { watchAttention } from './attention'
import { createCommands } from './commands'
import { keep, keepPresence, keptPresence } from './keeping'
import { go, watchPlace } from './place'
import { startSending } from './sending'
import { createSession } from './session'
import { connectLive, type Live } from './socket'
import { createStore } from './store'

/** Waits are told in minutes, so they need no quicker clock. */
const tickMs = 5000
/** How often colleagues and the person hear that somebody writes, and the server that somebody is there. */
const typingEveryMs = 3000
const activeEveryMs = 60_000
/** A search waits until the typing pauses. */
const searchMs = 250

/** Puts store, connection and commands together: what the views call. */
export function createDesk() {
  const store = createStore(start(Date.now()))
  const session = createSession(store)
  let live: Live | undefined
  const on = {
    unreachable: () => live?.doubt(),
    signedOut: () => void session.ended(),
  }
  const commands = createCommands(store, on)
  let skew = 0
  let typedAt = 0
  let activeAt = 0
  let searching: number | undefined

  const tick = () => store.dispatch({ type: 'tick', now: Date.now() + skew })

  function connect() {
    live?.close()
    store.dispatch({ type: 'connection', connection: 'connecting' })
    live = connectLive({
      message(message) {
        if (message.type === 'hello') skew = message.now - Date.now()
        if (message.type === 'typing') {
          tick()
          window.setTimeout(tick, 5100)
        }
        if (message.type === 'signed_out') {
          live?.close()
          void session.ended(message.reason)
          return
        }
        store.dispatch({ type: 'message', message })
        if (message.type === 'hello') {
          if (store.state.presence === 'away') live?.send({ type: 'state', state: 'away' })
          watch()
        }
      },
      lost: () => store.dispatch({ type: 'connection', connection: 'lost' }),
      refused: () => void session.stillHolds(),
    })
  }

  function watch() {
    const { view, threads } = store.state
    const id = view.selected
    if (id === undefined) live?.send({ type: 'unwatch' })
    else live?.send({ type: 'watch', id, after: threads[id]?.rows.at(-1)?.seq ?? 0 })
  }

  const noteActivity = () => {
    if (Date.now() - activeAt < activeEveryMs) return
    activeAt = Date.now()
    live?.send({ type: 'active' })
  }

  store.subscribe((state, before) => {
    const isIn = state.session.kind === 'in'
    if (isIn && before.session.kind !== 'in') {
      store.dispatch({ type: 'presence', presence: keptPresence() })
      connect()
      go(store)
    }
    if (!isIn && before.session.kind === 'in') live?.close()
    if (state.view.selected !== before.view.selected) watch()
    if (state.drafts !== before.drafts || state.outbox !== before.outbox) keep(state)
  })

  return {
    store,
    session,
    ...commands,

    begin() {
      const hash = new URLSearchParams(location.hash.slice(1))
      // A secret does not stay in the address, nor in the history.
      if (hash.has('join') || hash.has('sign-in')) history.replaceState(null, '', location.pathname)
      watchAttention(store)
      watchPlace(store)
      startSending(store, on)
      window.setInterval(tick, tickMs)
      window.addEventListener('online', () => live?.retry())
      window.addEventListener('offline', () => live?.retry())
      window.addEventListener('pagehide', () => void commands.commitClosing({ keepalive: true }))
      for (const type of ['keydown', 'pointerdown']) window.addEventListener(type, noteActivity)
      void session.begin(hash)
    },

    retry: () => live?.retry(),

    typed(id: string) {
      if (Date.now() - typedAt < typingEveryMs) return
      typedAt = Date.now()
      live?.send({ type: 'typing', id })
    },

    setPresence(presence: Presence) {
      store.dispatch({ type: 'presence', presence })
      keepPresence(presence)
      live?.send({ type: 'state', state: presence })
    },

    move(by: 1 | -1) {
      const id = neighbour(store.state, by)
      if (id !== undefined) store.dispatch({ type: 'select', id })
    },

    search(search: string) {
      store.dispatch({ type: 'search', search })
      window.clearTimeout(searching)
      if (search.trim().length < 2) return
      searching = window.setTimeout(() => void find(search), searchMs)
    },

    /** Into the field, in this mode, once it is drawn. */
    write(mode: Mode) {
      store.dispatch({ type: 'mode', mode })
      requestAnimationFrame(() => document.getElementById('write')?.focus())
    },
  }

  async function find(search: string) {
    try {
      const query = new URLSearchParams({ ended: 'yes', search })
      const { cases } = await read<{ cases: CaseLine[] }>(`cases?${query.toString()}`)
      store.dispatch({ type: 'found', search, cases })
    } catch (error) {
      commands.report(error)
    }
  }
}

export type Desk = ReturnType<typeof createDesk>
