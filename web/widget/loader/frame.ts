import { readFromFrame, type FromPage, type ToPage } from '../frame'
import { add } from './parts'

export interface PanelFrame {
  readonly element: HTMLIFrameElement
  readonly state: 'loading' | 'ready' | 'failed'
  tell(message: FromPage): void
  remove(): void
}

/** This long after the frame has loaded, our panel has spoken; another page (an error, a refusal) never does. */
const speaksWithinMs = 1000

/**
 * Loads the panel. Heard is what comes from this very frame and from our own host, and only our own host is told
 * anything: were the frame led elsewhere, nobody there would hear it.
 */
export function loadFrame(chat: URL, { into, title, hear }: FrameOptions): PanelFrame {
  const element = document.createElement('iframe')
  let state: PanelFrame['state'] = 'loading'
  let timer: number | undefined
  function onMessage({ source, origin, data }: MessageEvent) {
    if (!source || source !== element.contentWindow || origin !== chat.origin) return
    const message = readFromFrame(data)
    if (!message) return
    if (message.type === 'ready') state = 'ready'
    // Before it is ready it has nothing to say.
    if (state === 'ready') hear(message)
  }
  addEventListener('message', onMessage)
  element.addEventListener('load', () => {
    timer = window.setTimeout(() => {
      if (state === 'loading') hear({ type: (state = 'failed') })
    }, speaksWithinMs)
  })
  element.title = title
  element.allow = 'clipboard-write; autoplay'
  element.src = chat.href
  into.append(element)
  return {
    element,
    get state() {
      return state
    },
    tell(message) {
      if (state === 'ready')
        element.contentWindow?.postMessage({ fixladder: 1, ...message }, chat.origin)
    },
    remove() {
      clearTimeout(timer)
      removeEventListener('message', onMessage)
      into.replaceChildren()
    },
  }
}

interface FrameOptions {
  readonly into: HTMLElement
  readonly title: string
  readonly hear: (message: ToPage | { readonly type: 'failed' }) => void
}

/** In the frame's place, where the page may not have it or nobody answers: a way that always works. */
export function showFailure(into: HTMLElement, chat: URL, words: string): void {
  into.replaceChildren()
  const link = add(into, 'a', '')
  link.href = chat.href
  link.target = '_blank'
  link.textContent = words
  link.focus()
}
