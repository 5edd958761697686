/** A handshake takes one round trip; a proxy that swallows it would leave the page waiting for minutes. */
const handshakeMs = 10_000

/**
 * Says how the stream is doing. The stock client calls itself "online" while its socket is down, so the socket itself
 * is watched: a page may stand in for the browser's WebSocket, and this one only listens, and ends handshakes that
 * take too long. `onClose` is told whether the socket had ever been open.
 */
export function watchSockets({ onOpen, onClose }) {
  const Native = window.WebSocket
  let newest
  window.WebSocket = class extends Native {
    constructor(...parts) {
      super(...parts)
      newest = this
      let wasOpen = false
      const timer = setTimeout(() => this.close(), handshakeMs)
      this.addEventListener('open', () => {
        clearTimeout(timer)
        wasOpen = true
        if (newest === this) onOpen()
      })
      this.addEventListener('close', () => {
        clearTimeout(timer)
        if (newest === this) onClose(wasOpen)
      })
    }
  }
}
