import type { CaseLine, Presence } from '../state/contract'
import { neighbour } from '../state/queue'
import { me, start, type Mode } from '../state/state'
import { read, speakAs, type Unreachable } from './api'
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
/** A connection that is refused though we are signed in asks again after so long whether we still are. */
const askAgainMs = 60_000
/** A search waits until the typing pauses. */
const searchMs = 250

const isToKeep = ['drafts', 'outbox', 'passed'] as const

/** Puts store, connection and commands together: what the views call. */
export function createDesk() {
  const store = createStore(start(Date.now()))
  // Before anything else learns of a change: what goes out next goes out as this agent.
  store.subscribe((state) => speakAs(me(state)?.id))
  const session = createSession(store)
  let live: Live | undefined
  const on = {
    unreachable: ({ isAnswered }: Unreachable) => isAnswered || live?.doubt(),
    signedOut: () => void session.ended(),
  }
  const commands = createCommands(store, on)
  let skew = 0
  let typedAt = 0
  let activeAt = 0
  let heldAt = 0
  let searching: number | undefined

  const tick = () => store.dispatch({ type: 'tick', now: Date.now() + skew })

  function connect() {
    disconnect()
    activeAt = 0
    store.dispatch({ type: 'connection', connection: 'connecting' })
    live = connectLive({
      message(message) {
        if (message.type === 'hello') skew = message.now - Date.now()
        if (message.type === 'typing') {
          tick()
          window.setTimeout(tick, 5100)
        }
        if (message.type === 'signed_out') {
          disconnect()
          void session.ended(message.reason)
          return
        }
        const isOther = message.type === 'hello' && message.agent.id !== me(store.state)?.id
        store.dispatch({ type: 'message', message })
        if (isOther) void session.ended()
        else if (message.type === 'hello') {
          heldAt = 0
          if (store.state.presence === 'away') live?.send({ type: 'state', state: 'away' })
          watch()
        }
      },
      lost: () => store.dispatch({ type: 'connection', connection: 'lost' }),
      refused: () => void askWhetherIn(),
    })
  }

  function disconnect() {
    live?.close()
    live = undefined
  }

  async function askWhetherIn() {
    if (Date.now() - heldAt < askAgainMs) return
    if ((await session.stillHolds()) === 'in') heldAt = Date.now()
  }

  function watch() {
    const { view, threads } = store.state
    const id = view.selected
    if (id === undefined) live?.send({ type: 'unwatch' })
    else live?.send({ type: 'watch', id, after: threads[id]?.rows.at(-1)?.seq ?? 0 })
  }

  const noteActivity = () => {
    if (store.state.connection !== 'open' || Date.now() - activeAt < activeEveryMs) return
    activeAt = Date.now()
    live?.send({ type: 'active' })
  }

  store.subscribe((state, before) => {
    const isIn = state.session.kind === 'in'
    const isOther = me(state)?.id !== me(before)?.id
    if (isIn && state.session !== before.session && (isOther || !live)) {
      store.dispatch({ type: 'presence', presence: keptPresence() })
      connect()
      go(store)
    }
    if (!isIn && before.session.kind === 'in') disconnect()
    if (state.view.selected !== before.view.selected) watch()
    if (isToKeep.some((part) => state[part] !== before[part])) keep(state)
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

    /** What is being closed is closed first; while that cannot be sent, nobody is signed out. */
    async signOut(): Promise<void> {
      await commands.commitClosing()
      if (!store.state.closing) await session.signOut()
    },

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
      const query = new URLSearchParams({ search })
      const { cases } = await read<{ cases: CaseLine[] }>(`cases?${query.toString()}`)
      store.dispatch({ type: 'found', search, cases })
    } catch (error) {
      commands.report(error)
    }
  }
}

export type Desk = ReturnType<typeof createDesk>
