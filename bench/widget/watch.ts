/** When what was drawn, and when the person touched the page: milliseconds since 1970, by name. */
export type Moments = Readonly<Partial<Record<string, number>>>

/** What the page itself can say of how it came to be. */
export interface PageMoments {
  readonly fcp: number
  readonly lcp: number
  readonly tbt: number
  readonly cls: number
}

/**
 * Runs in every window before anything else there. A thing counts as drawn once a frame that shows it has been made.
 * The first answer that is offered is taken at once, so that what is measured is the chat and not the person.
 */
export const watch = `(() => {
  const now = () => performance.timeOrigin + performance.now()
  const moments = (window.benchMoments = {})
  const page = (window.benchPage = { fcp: 0, lcp: 0, tbt: 0, cls: 0 })
  addEventListener('pointerdown', (event) => {
    moments.touched ??= performance.timeOrigin + event.timeStamp
  }, { capture: true })

  const observe = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true })
  observe('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') page.fcp = startTime
  })
  observe('largest-contentful-paint', ({ startTime }) => (page.lcp = startTime))
  observe('longtask', ({ duration }) => (page.tbt += Math.max(0, duration - 50)))
  observe('layout-shift', ({ value }) => (page.cls += value))

  const isStock = location.pathname === '/webchat'
  if (location.pathname !== '/chat' && !isStock) return
  let isShown = window === top
  let answersBefore
  const all = (selector) => document.querySelectorAll(selector)
  const bot = () => all(isStock
    ? '.webchat__bubble:not(.webchat__bubble--from-user)'
    // What the panel itself says before the bot does is no answer.
    : '[role=log] .is-said:not(.empty *), [role=log] .card').length
  const offered = () => all(isStock ? '.webchat__suggested-action' : '[role=log] .chip')[0]
  window.benchIsLoaded = () => bot() > 0
  const isThere = {
    panel: () => all('h1').length > 0 && all('textarea, [role=form] input, form input').length > 0 &&
      (isStock || all('[role=log]')[0]?.innerText.trim()),
    greeted: () => bot() > 0,
    offered,
    answered: () => answersBefore !== undefined && bot() > answersBefore,
  }
  function check() {
    if (!isShown) return
    for (const name in isThere) if (!moments[name] && isThere[name]()) {
      moments[name] = Infinity
      afterFrame(() => {
        moments[name] = now()
        if (name === 'offered') {
          answersBefore = bot()
          offered().click()
        }
        check()
      })
    }
  }
  function afterFrame(act) {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = act
      port2.postMessage(0)
    })
  }
  addEventListener('message', ({ data }) => {
    if (data?.type === 'shown') isShown = data.isOpen
    // The panel hears of it too, and draws what it means to.
    setTimeout(check)
  })
  new MutationObserver(check).observe(document, {
    subtree: true, childList: true, attributes: true, characterData: true,
  })
})()`
