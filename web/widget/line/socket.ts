import type { ActivitySet } from '../wire'
import type { Session } from './session'

/**
 * What became of a socket. `deaf`: it opened, and then kept to itself what the log had; `mute`: it went before it had
 * been of any use.
 */
export type SocketEnd = 'unopened' | 'short' | 'deaf' | 'mute' | 'lived'

/** Longer than this and a socket that does not open is given up. */
const patienceMs = 10_000
/** Somebody between here and there who cuts sockets does it at once. */
const shortMs = 2000
/** One that held so long did well, even if nothing was said. */
const longMs = 60_000

/** How a socket ended, and how long the server that closed it asked to be left alone, in milliseconds. */
export interface Followed {
  readonly end: SocketEnd
  readonly askedMs: number
}

/** Follows the log over one socket until that ends. */
export function followSocket(session: Session, url: string): Promise<Followed> {
  const { options, store } = session.world
  return new Promise((resolve) => {
    let isOpen = false
    let hasSpoken = false
    let isShort = true
    let isLong = false
    let isDone = false
    let cancelTimer = () => {}

    /** Once: by the time a dropped socket says that it has closed, another is in its place. */
    function finish(end: SocketEnd, askedMs = 0): void {
      if (isDone) return
      isDone = true
      cancelTimer()
      forget()
      session.socket = undefined
      resolve({ end, askedMs })
      if (session.isOver) return
      store.patch({ transport: 'poll' })
      // What is said meanwhile is read by requests; a server that restarts does not hear all of them at once.
      if (askedMs > 0) options.setTimer(askedMs, () => session.looking.kick())
      else session.looking.kick()
    }
    /** A socket cut off may take minutes to say that it has closed: nobody waits for that. */
    function drop(): void {
      finish(!isOpen ? 'unopened' : hasSpoken ? 'lived' : 'deaf')
      socket?.close()
    }

    const forget = session.onEnd(drop)
    const socket = tryToOpen()
    if (!socket) return finish('unopened')
    cancelTimer = options.setTimer(patienceMs, drop)
    socket.addEventListener('open', () => {
      if (isDone) return socket.close()
      isOpen = true
      session.socket = { drop }
      cancelTimer()
      cancelTimer = options.setTimer(shortMs, () => {
        isShort = false
        cancelTimer = options.setTimer(longMs - shortMs, () => (isLong = true))
      })
      store.patch({ transport: 'socket' })
    })
    socket.addEventListener('message', ({ data }) => {
      if (isDone) return
      session.looking.postpone()
      session.metAt = options.now()
      const set = readFrame(data)
      if (!set) return
      hasSpoken = true
      session.hear(set)
    })
    socket.addEventListener('close', ({ reason }) => {
      const askedMs = askedIn(reason)
      // It did well until the server itself closed it.
      if (askedMs > 0) return finish('lived', askedMs)
      finish(!isOpen ? 'unopened' : isShort ? 'short' : hasSpoken || isLong ? 'lived' : 'mute')
    })

    function tryToOpen() {
      try {
        return options.openSocket(url)
      } catch {
        // Forbidden by the page's policy or by the browser: as good as blocked.
        return undefined
      }
    }
  })
}

/** No server takes longer to restart than is worth waiting for without a look. */
const longestAskedMs = 30_000

/** When a server that restarts wants its clients back: `src/http/restart.ts` writes it. */
const askedIn = (reason: unknown): number =>
  Math.min(Number(/Come back in (\d{1,6}) ms/.exec(String(reason))?.[1] ?? 0), longestAskedMs)

/** A set of activities; undefined for a keep-alive, and for what is none. */
function readFrame(data: unknown): ActivitySet | undefined {
  try {
    const set = JSON.parse(String(data)) as Partial<ActivitySet> | null
    return Array.isArray(set?.activities) ? (set as ActivitySet) : undefined
  } catch {
    return undefined
  }
}
