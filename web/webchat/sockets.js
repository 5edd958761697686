/**
 * Says how the stream is doing. The stock client calls itself "online" while its socket is down, so the socket itself
 * is watched: a page may stand in for the browser's WebSocket, and this one only listens.
 */
export function watchSockets(onChange) {
  const Native = window.WebSocket
  let newest
  window.WebSocket = class extends Native {
    constructor(...parts) {
      super(...parts)
      newest = this
      this.addEventListener('open', () => newest === this && onChange(true))
      this.addEventListener('close', () => newest === this && onChange(false))
    }
  }
}
