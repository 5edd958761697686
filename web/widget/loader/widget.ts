import type { FromPage } from '../frame'
import { loadFrame, showFailure, type PanelFrame } from './frame'
import { remember, remembered } from './memory'
import type { LoaderOptions } from './options'
import { buildParts } from './parts'
import { watchPhone } from './phone'
import { stayOnPage } from './stay'
import { countInTitle } from './tab-title'

/** What pages may do with the chat: `window.Fixladder`. */
export interface Fixladder {
  open(): void
  close(): void
  toggle(): void
  /** Who the person is, as the page's own server has signed it; without a token, nobody again. */
  setUser(token?: string): void
  /** Calls on `open`, `close` and `unread` (with the count); gives what ends it. */
  on(name: string, listener: (count?: number) => void): () => void
  readonly isOpen: boolean
}

/** The chat on a page. Nothing but the button is there until a person comes near it. */
export function createWidget(chat: URL, options: LoaderOptions): Fixladder {
  const { words, panel } = options
  const { host, shadow, root, box, button, show } = buildParts(options)
  const listeners = new Set<readonly [name: string, listener: (count?: number) => void]>()
  const emit = (name: string, count?: number) => {
    for (const [of, listener] of [...listeners]) if (of === name) listener(count)
  }
  let frame: PanelFrame | undefined
  let isOpen = false
  let keepsFocus = false
  let unread = 0
  let user: string | undefined
  /** What had the focus before. */
  let before: Element | null = null

  const phone = watchPhone(root, box, () => {
    tellSize()
    phone.cover(isOpen)
  })
  const tell = (message: FromPage) => frame?.tell(message)
  const tellUser = () => tell({ type: 'user', token: user })
  const tellShown = () => tell({ type: 'shown', isOpen, keepsFocus })
  const tellSize = () => tell({ type: 'narrow', isPhone: phone.isPhone, height: phone.height })

  function load() {
    frame ??= loadFrame(chat, { into: box, title: panel.title ?? words.title, hear })
  }
  function hear(message: Heard) {
    root.classList.toggle('ready', message.type !== 'failed')
    if (message.type === 'failed') {
      if (isOpen) showFailure(box, chat, words.failed)
    } else if (message.type === 'close') close()
    else if (message.type === 'ready') {
      tell({ type: 'hello', options: panel })
      tellUser()
      tellSize()
      tellShown()
    } else if (message.type === 'unread') {
      unread = message.count
      if (options.countsInTitle) countInTitle(unread)
      show(isOpen, unread)
      emit('unread', unread)
    }
  }

  function openBy(isPerson: boolean) {
    if (isOpen) return
    // What failed may go well now.
    if (frame?.state === 'failed') {
      frame.remove()
      frame = undefined
    }
    load()
    isOpen = true
    keepsFocus = !isPerson
    before = document.activeElement
    remember('open')
    show(isOpen, unread)
    phone.cover(isOpen)
    tellShown()
    if (isPerson) frame?.element.focus()
    emit('open')
  }
  function close() {
    if (!isOpen) return
    const hadFocus = document.activeElement === host
    isOpen = false
    remember('closed')
    show(isOpen, unread)
    phone.cover(isOpen)
    tellShown()
    if (hadFocus) giveFocusBack()
    emit('close')
  }
  function giveFocusBack() {
    // Where nothing had it, or what had it is gone or takes none, the button does.
    button.focus()
    if (before !== document.body && before instanceof HTMLElement) before.focus()
  }
  const toggle = () => (isOpen ? close() : openBy(true))

  button.onclick = toggle
  for (const name of ['pointerenter', 'focus', 'touchstart'])
    button.addEventListener(name, load, { passive: true })
  shadow.addEventListener('keydown', (event) => {
    if (event instanceof KeyboardEvent && event.key === 'Escape') close()
  })
  stayOnPage(host, () => phone.cover(isOpen))
  // On the next page of a visit the chat stands as it was left, and a message that came since is seen.
  afterLoad(() => {
    const last = remembered()
    if ((last ? last === 'open' : options.startsOpen) && !phone.isPhone) openBy(false)
    else if (last) load()
  })

  return {
    open: () => openBy(true),
    close,
    toggle,
    setUser(token) {
      user = token
      tellUser()
    },
    on(name, listener) {
      const entry = [name, listener] as const
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },
    get isOpen() {
      return isOpen
    },
  }
}

type Heard = Parameters<Parameters<typeof loadFrame>[1]['hear']>[0]

/** Once the page itself has all it needs. */
function afterLoad(act: () => void) {
  if (document.readyState === 'complete') setTimeout(act)
  else addEventListener('load', () => setTimeout(act))
}
