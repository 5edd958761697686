/** Lower than so many lines and the panel saves room. In rem: text that is twice as large needs it twice as early. */
const lowRem = 24

/**
 * Keeps the panel as high as what can be seen of it: a phone's keyboard covers the page without making it smaller.
 * `framed` is what the page around says, as a frame cannot see the keyboard by itself.
 */
export function fitViewport(framed: () => number | undefined): () => void {
  const root = document.documentElement
  const view = window.visualViewport
  function fit() {
    const height = Math.min(view?.height ?? innerHeight, framed() ?? Infinity)
    // Zoomed in by fingers, a part is seen on purpose.
    if (view && view.scale > 1.01) return
    root.style.setProperty('--height', `${Math.round(height)}px`)
    root.classList.toggle('is-low', height < lowRem * parseFloat(getComputedStyle(root).fontSize))
    root.style.setProperty('--top', `${Math.round(view?.offsetTop ?? 0)}px`)
  }
  fit()
  view?.addEventListener('resize', fit)
  view?.addEventListener('scroll', fit)
  addEventListener('resize', fit)
  return fit
}
