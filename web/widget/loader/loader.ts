import { readLoaderOptions } from './options'
import { createWidget, type Fixladder } from './widget'

declare global {
  interface Window {
    Fixladder?: Fixladder
  }
}

/** The one script tag: puts the chat on any page. A second tag on the page keeps the first. */
function start(script: Element | null) {
  // A page may have an element of that name, which browsers show under `window` too.
  if (!(script instanceof HTMLScriptElement) || typeof window.Fixladder?.open === 'function') return
  window.Fixladder = createWidget(
    new URL('/chat', script.src),
    readLoaderOptions(script.dataset, document.documentElement.lang),
  )
}

start(document.currentScript ?? document.querySelector('script[src*="/widget.js"]'))
