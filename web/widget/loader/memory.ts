const key = 'fixladder-widget'

/** How the person left the chat on the page before, in this tab; nothing when they never opened it. */
export function remembered(): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    // Blocked by the browser's settings: every page begins anew.
    return null
  }
}

export function remember(state: 'open' | 'closed'): void {
  try {
    sessionStorage.setItem(key, state)
  } catch {
    // As above.
  }
}
