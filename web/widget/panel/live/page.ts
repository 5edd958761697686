import { readFromPage, type PanelOptions, type ToPage } from '../../frame'

/** The page around the panel, as far as it has spoken. */
export interface PageState {
  /** A page of ours has said hello; alone in a window it is false. */
  readonly isFramed: boolean
  readonly options: PanelOptions
  readonly isShown: boolean
  /** Shown by the page and not by the person, who may be writing elsewhere. */
  readonly keepsFocus?: boolean
  /** What the page can show of the panel, in pixels: a frame does not see the keyboard of a phone. */
  readonly height?: number
  readonly userToken?: string
}

/** The page around the panel: what it says, and the way to tell it something. */
export interface Page {
  readonly state: PageState
  subscribe(listener: () => void): () => void
  tell(message: ToPage): void
}

/** Framed without our loader, the page says nothing: after this long the line begins without it. */
export const helloWithinMs = 1500

/** Alone in a window: nobody to speak with. */
export const alone: Page = {
  state: { isFramed: false, options: {}, isShown: true },
  subscribe: () => () => {},
  tell() {},
}

/**
 * Listens to the page that frames us. The first hello from our parent tells the page's origin; from then on only that
 * origin is heard and answered. Which sites may frame us at all, the server decides.
 */
export function listenToPage(): Page {
  if (window.parent === window) return alone
  let state: PageState = { isFramed: false, options: {}, isShown: false }
  let origin: string | undefined
  const listeners = new Set<() => void>()
  const set = (change: Partial<PageState>) => {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }
  addEventListener('message', (event) => {
    if (event.source !== window.parent || (origin !== undefined && event.origin !== origin)) return
    const message = readFromPage(event.data)
    // A page without an origin (a file, a sandbox) could not be told from another.
    if (!message || event.origin === 'null') return
    if (message.type === 'hello') {
      origin = event.origin
      set({ isFramed: true, options: message.options })
    } else if (origin === undefined) return
    else if (message.type === 'shown')
      set({ isShown: message.isOpen, keepsFocus: message.keepsFocus ?? false })
    else if (message.type === 'narrow') {
      const { height: _height, ...others } = state
      state = others
      set(message.isPhone ? { height: message.height } : {})
    } else {
      const { userToken: _token, ...others } = state
      state = others
      set(message.token === undefined ? {} : { userToken: message.token })
    }
  })
  // Of a page that says nothing it is not known whether it shows the panel, before somebody comes to it.
  for (const name of ['focus', 'pointerdown'])
    addEventListener(name, () => origin === undefined && set({ isShown: true, keepsFocus: true }), {
      once: true,
    })
  // Nobody can answer before the hello, and it says nothing: the page checks who sent it.
  window.parent.postMessage({ fixladder: 1, type: 'ready' }, '*')
  return {
    get state() {
      return state
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell(message) {
      if (origin !== undefined) window.parent.postMessage({ fixladder: 1, ...message }, origin)
    },
  }
}
