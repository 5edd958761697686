/**
 * Says how polling is doing. The stock client stops for ever, without a word, at the first poll that fails, so its
 * requests are watched as the sockets are.
 */
export function watchPolls({ onAnswer, onFailure }) {
  const Native = window.XMLHttpRequest
  window.XMLHttpRequest = class extends Native {
    open(method, url, ...rest) {
      super.open(method, url, ...rest)
      if (method.toUpperCase() !== 'GET' || !/\/activities(\?|$)/.test(url)) return
      this.addEventListener('load', () => (this.status === 200 ? onAnswer() : onFailure()))
      this.addEventListener('error', onFailure)
      this.addEventListener('timeout', onFailure)
    }
  }
}
