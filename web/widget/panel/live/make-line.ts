import { createLine, type Line } from '../../line'
import { uploadWithProgress } from './upload'

/** The line with the browser's own network, clock and storage. */
export const makeLine = (userToken: string | undefined): Line =>
  createLine({
    base: location.origin,
    fetch: (...request) => fetch(...request),
    openSocket: (url) => new WebSocket(url),
    upload: uploadWithProgress,
    storage: storage(),
    now: () => Date.now(),
    setTimer(ms, then) {
      const timer = setTimeout(then, ms)
      return () => clearTimeout(timer)
    },
    isOnline: () => navigator.onLine,
    isHidden: () => document.hidden,
    onStorage(listener) {
      const heard = ({ key }: StorageEvent) => listener(key)
      addEventListener('storage', heard)
      return () => removeEventListener('storage', heard)
    },
    locale: navigator.language,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...(userToken !== undefined && { userToken }),
    random: Math.random,
  })

/** Wakes the line whenever the browser has news of the network or of itself. */
export function wakeWithBrowser(line: Line): void {
  for (const name of ['online', 'offline', 'pageshow', 'focus'])
    addEventListener(name, () => line.wake())
  document.addEventListener('visibilitychange', () => line.wake())
  document.addEventListener('resume', () => line.wake())
}

function storage(): Storage | undefined {
  try {
    return localStorage
  } catch {
    // Blocked: the line keeps all in memory.
    return undefined
  }
}
