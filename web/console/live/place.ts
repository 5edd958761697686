import type { Page, State } from '../state/state'
import type { Store } from './store'

const pages: readonly Page[] = ['people', 'audit', 'ratings', 'account']

/** Keeps the open case or page in the address behind the `#`, so that reload and Back lead there. */
export function watchPlace(store: Store): void {
  window.addEventListener('hashchange', () => go(store))
  store.subscribe((state, before) => {
    if (state.session.kind !== 'in') return
    const [place, old] = [placeOf(state), placeOf(before)]
    if (place === old && before.session.kind === 'in') return
    // Back leads from page to page; the cases that J and K went through would only fill it.
    if (state.view.page === before.view.page) history.replaceState(null, '', place)
    else history.pushState(null, '', place)
  })
}

/** Opens what the address names. */
export function go(store: Store): void {
  const hash = location.hash.slice(1)
  const page = pages.find((each) => each === hash) ?? 'desk'
  const selected = new URLSearchParams(hash).get('case') ?? undefined
  if (page !== store.state.view.page) store.dispatch({ type: 'page', page })
  if (selected && selected !== store.state.view.selected)
    store.dispatch({ type: 'select', id: selected })
}

/** Nobody after us opens what we had open. */
export const leavePlace = (): void => history.replaceState(null, '', location.pathname)

function placeOf({ view }: State): string {
  if (view.page !== 'desk') return `#${view.page}`
  return view.selected ? `#case=${encodeURIComponent(view.selected)}` : location.pathname
}
