/**
 * Puts an element beside the page's body, once there is one, and again whenever the page has thrown it out: pages of
 * one document replace their body, and some all of it; each time it tells.
 */
export function stayOnPage(element: HTMLElement, onChange: () => void): void {
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', () => stayOnPage(element, onChange))
    return
  }
  let isWaiting = false
  const observer = new MutationObserver(() => {
    onChange()
    if (element.isConnected || isWaiting) return
    // Not at once: with a page that throws it out each time this would never end.
    isWaiting = true
    setTimeout(() => {
      isWaiting = false
      attach()
    }, 50)
  })
  function attach() {
    observer.disconnect()
    if (!element.isConnected) document.documentElement.append(element)
    observer.observe(document, { childList: true })
    observer.observe(document.documentElement, { childList: true })
  }
  attach()
}
