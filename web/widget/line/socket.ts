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

/** Follows the log over one socket until that ends. */
export function followSocket(session: Session, url: string): Promise<SocketEnd> {
  const { options, store } = session.world
  return new Promise((resolve) => {
    let isOpen = false
    let hasSpoken = false
    let isShort = true
    let isLong = false
    let isDone = false
    let cancelTimer = () => {}

    /** Once: by the time a dropped socket says that it has closed, another is in its place. */
    function finish(end: SocketEnd): void {
      if (isDone) return
      isDone = true
      cancelTimer()
      forget()
      session.socket = undefined
      resolve(end)
      if (session.isOver) return
      store.patch({ transport: 'poll' })
      // What is said meanwhile is read by requests.
      session.looking.kick()
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
    socket.addEventListener('close', () =>
      finish(!isOpen ? 'unopened' : isShort ? 'short' : hasSpoken || isLong ? 'lived' : 'mute'),
    )

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

/** A set of activities; undefined for a keep-alive, and for what is none. */
function readFrame(data: unknown): ActivitySet | undefined {
  try {
    const set = JSON.parse(String(data)) as Partial<ActivitySet> | null
    return Array.isArray(set?.activities) ? (set as ActivitySet) : undefined
  } catch {
    return undefined
  }
}
