/** What a return link carries behind the "#", where no server and no log of one sees it. A mail program may hang on to it the end of its sentence. */
const inAddress = /^#(?:resume=([\w-]*)|([\w-]{20,}))/
const whole = /^[\w-]{20,200}$/

/**
 * Takes the secret of a return link out of the address bar, so that it is not copied, shared or kept with it. In a frame
 * nothing is taken: there the address is the embedding page's to choose, and nobody followed a link.
 */
export function takeLink(): { readonly secret: string; readonly isWhole: boolean } | undefined {
  const found = window.parent === window ? inAddress.exec(location.hash) : null
  if (!found) return undefined
  history.replaceState(null, '', location.pathname + location.search)
  const secret = found[1] ?? found[2] ?? ''
  return { secret, isWhole: whole.test(secret) }
}

/** Copies; false when the browser does not let us, and the person must. */
export async function copy(field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value)
    return true
  } catch {
    // No clipboard over plain HTTP or in a foreign frame: the old way asks for no permission.
    field.select()
    return document.execCommand('copy')
  }
}
