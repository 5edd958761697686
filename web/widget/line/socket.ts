import type { ActivitySet } from '../wire'
import type { Session } from './session'

/** What became of a socket. `deaf`: it opened, and then kept to itself what the log had. */
export type SocketEnd = 'unopened' | 'short' | 'deaf' | 'lived'

/** Longer than this and a socket that does not open is given up. */
const patienceMs = 10_000
/** Somebody between here and there who cuts sockets does it at once. */
const shortMs = 2000

/** Follows the log over one socket until that ends. */
export function followSocket(session: Session, url: string): Promise<SocketEnd> {
  const { options, store } = session.world
  return new Promise((resolve) => {
    let isOpen = false
    let hasSpoken = false
    let isShort = true
    let cancelTimer = () => {}

    function finish(end: SocketEnd): void {
      cancelTimer()
      session.socket = undefined
      store.patch({ transport: 'poll' })
      resolve(end)
      // What is said meanwhile is read by requests.
      session.looking.kick()
    }
    /** A socket cut off may take minutes to say that it has closed: nobody waits for that. */
    function drop(): void {
      finish(!isOpen ? 'unopened' : hasSpoken ? 'lived' : 'deaf')
      socket?.close()
    }

    const socket = tryToOpen()
    if (!socket) return finish('unopened')
    cancelTimer = options.setTimer(patienceMs, drop)
    session.onEnd(drop)
    socket.addEventListener('open', () => {
      if (session.isOver) return socket.close()
      isOpen = true
      session.socket = { drop }
      cancelTimer()
      cancelTimer = options.setTimer(shortMs, () => (isShort = false))
      store.patch({ transport: 'socket' })
    })
    socket.addEventListener('message', ({ data }) => {
      if (session.isOver) return
      session.looking.postpone()
      const set = readFrame(data)
      if (!set) return
      hasSpoken = true
      session.hear(set)
    })
    socket.addEventListener('close', () =>
      finish(!isOpen ? 'unopened' : isShort ? 'short' : 'lived'),
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
