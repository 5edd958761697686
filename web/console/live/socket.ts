import type { ConsoleMessage, ServerMessage } from '../state/contract'

export interface Live {
  send(message: ConsoleMessage): void
  /** Tries at once instead of when its turn comes. */
  retry(): void
  /** A request did not get through, so an open connection may be a dead one: opens a new one. */
  doubt(): void
  close(): void
}

/** Waits between tries: half a second at first, fifteen at most, so that a server that comes back is not overrun. */
const firstWaitMs = 500
const longestWaitMs = 15_000
/** The server says something every ten seconds; after so long without a word the connection is dead, whatever it seems. */
const silenceMs = 25_000
/** Longer than this and a connection that says nothing is given up. */
const openMs = 10_000

/**
 * The one live connection: it comes back by itself, for as long as it is not closed. Everything is told again after
 * each opening, so nothing that was missed has to be known here.
 */
export function connectLive(on: {
  message(message: ServerMessage): void
  lost(): void
  /** It could not be opened: perhaps the session has ended, which a socket cannot tell. */
  refused(): void
}): Live {
  let socket: WebSocket | undefined
  let timer: number | undefined
  let silence: number | undefined
  let wait = firstWaitMs
  let isClosed = false

  function open() {
    window.clearTimeout(timer)
    if (isClosed) return
    const url = `${location.origin.replace(/^http/, 'ws')}/console/live`
    const opened = new WebSocket(url)
    socket = opened
    let hasHello = false
    const patience = window.setTimeout(() => opened.close(), openMs)
    opened.addEventListener('message', ({ data }) => {
      const message = parse(data)
      if (!message || socket !== opened) return
      window.clearTimeout(silence)
      silence = window.setTimeout(retry, silenceMs)
      if (message.type === 'hello') {
        hasHello = true
        window.clearTimeout(patience)
        wait = firstWaitMs
      }
      on.message(message)
    })
    opened.addEventListener('close', ({ reason }) => {
      window.clearTimeout(patience)
      if (socket !== opened || isClosed) return
      socket = undefined
      window.clearTimeout(silence)
      on.lost()
      if (!hasHello) on.refused()
      // Not all consoles at the same moment; a server that restarts says when (`src/http/restart.ts`).
      const asked = Number(/Come back in (\d{1,6}) ms/.exec(reason)?.[1] ?? 0)
      timer = window.setTimeout(open, asked || wait * (0.75 + Math.random() / 2))
      wait = Math.min(wait * 2, longestWaitMs)
    })
  }

  const retry = () => {
    if (isClosed || socket?.readyState === WebSocket.CONNECTING) return
    const old = socket
    socket = undefined
    window.clearTimeout(silence)
    old?.close()
    on.lost()
    wait = firstWaitMs
    open()
  }

  open()
  return {
    send(message) {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
    },
    retry,
    doubt() {
      if (socket?.readyState === WebSocket.OPEN) retry()
    },
    close() {
      isClosed = true
      window.clearTimeout(timer)
      window.clearTimeout(silence)
      socket?.close()
    },
  }
}

function parse(data: unknown): ServerMessage | undefined {
  if (typeof data !== 'string') return undefined
  const value: unknown = JSON.parse(data)
  const isMessage = typeof value === 'object' && value !== null && 'type' in value
  // Our own server speaks here; what kinds of messages there are is checked when they are reduced.
  return isMessage ? (value as ServerMessage) : undefined
}
