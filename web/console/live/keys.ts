import { deeds } from './deeds'
import type { Desk } from './desk'
import { wishes } from './keeping'
import { pressFix } from './press-fix'

/** How long "G" waits for its second letter. */
const secondMs = 1500

/** Listens for shortcuts: Ctrl or Cmd K anywhere, single letters outside text fields, never Alt. */
export function listenForKeys(desk: Desk): () => void {
  let first = ''
  let timer: number | undefined

  function onKey(event: KeyboardEvent) {
    const { state } = desk.store
    if (state.session.kind !== 'in' || event.altKey || event.isComposing) return
    const key = keyOf(event)
    if ((event.ctrlKey || event.metaKey) && key === 'K') {
      event.preventDefault()
      const overlay = state.view.overlay === 'palette' ? undefined : 'palette'
      desk.store.dispatch({ type: 'overlay', overlay })
      return
    }
    if (event.ctrlKey || event.metaKey || event.defaultPrevented) return
    if (state.view.overlay) return
    if (event.key === 'Escape') return leave(desk)
    if (isTyping(event.target) || !wishes().letters || event.repeat) return
    if (take(key)) event.preventDefault()
  }

  function take(key: string): boolean {
    const { state } = desk.store
    const pressed = first ? `${first} ${key}` : key
    first = ''
    window.clearTimeout(timer)
    if (/^[1-9]$/.test(key) && !state.view.tray) {
      pressFix(desk, Number(key) - 1)
      return true
    }
    const deed = deeds.find((each) => each.key === pressed && each.isPossible(state))
    if (deed) {
      deed.run(desk)
      return true
    }
    if (!deeds.some((each) => each.key?.startsWith(`${pressed} `))) return false
    first = pressed
    timer = window.setTimeout(() => (first = ''), secondMs)
    return true
  }

  window.addEventListener('keydown', onKey)
  return () => window.removeEventListener('keydown', onKey)
}

/** Esc closes the nearest thing that is open; in a field it only leaves the field. */
function leave({ store }: Desk): void {
  const { view } = store.state
  if (view.tray) return store.dispatch({ type: 'tray' })
  if (view.isMarking) return store.dispatch({ type: 'marking', isMarking: false })
  if (view.armed) return store.dispatch({ type: 'arm' })
  if (isTyping(document.activeElement)) return (document.activeElement as HTMLElement).blur()
  if (view.drawer) return store.dispatch({ type: 'drawer' })
  if (view.search) return store.dispatch({ type: 'search', search: '' })
  if (view.page !== 'desk') store.dispatch({ type: 'page', page: 'desk' })
}

/** The letter as printed; on a layout without Latin letters, the one at that place on the board. */
function keyOf({ key, code }: KeyboardEvent): string {
  if (key.length === 1 && key.charCodeAt(0) > 127 && /^Key[A-Z]$/.test(code)) return code.slice(3)
  return key.length === 1 ? key.toUpperCase() : key
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.matches('textarea, select, [contenteditable]') ||
    (target instanceof HTMLInputElement && !/^(button|checkbox|radio)$/.test(target.type)))
