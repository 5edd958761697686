import { createLine, type Line } from '../../line'
import { findStorage } from './storage'
import { uploadWithProgress } from './upload'

/** The line with the browser's own network, clock and storage. */
export const makeLine = (userToken: string | undefined): Line =>
  createLine({
    base: location.origin,
    fetch: (...request) => fetch(...request),
    openSocket: (url) => new WebSocket(url),
    upload: uploadWithProgress,
    ...findStorage(),
    now: () => Date.now(),
    setTimer(ms, then) {
      const timer = setTimeout(then, ms)
      return () => clearTimeout(timer)
    },
    isOnline: () => navigator.onLine,
    isHidden: () => document.hidden,
    locale: navigator.language,
    // Slow to find out on a phone, and not needed before something is said.
    get timeZone() {
      return Intl.DateTimeFormat().resolvedOptions().timeZone
    },
    ...(userToken !== undefined && { userToken }),
    random: Math.random,
  })

/** Wakes the line whenever the browser has news of the network or of itself. */
export function wakeWithBrowser(line: Line): void {
  for (const name of ['online', 'offline', 'pageshow']) addEventListener(name, () => line.wake())
  // A page with an open socket is not kept to come back to.
  addEventListener('pagehide', () => line.rest())
  addEventListener('focus', () => line.wake('seen'))
  document.addEventListener('visibilitychange', () => line.wake('seen'))
  document.addEventListener('resume', () => line.wake())
}
