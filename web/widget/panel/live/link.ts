/** What a return link carries behind the "#", where no server and no log of one sees it. */
const inAddress = /^#(?:resume=)?([\w-]{1,200})$/
const whole = /^[\w-]{20,200}$/

/** Takes the secret of a return link out of the address bar, so that it is not copied, shared or kept with it. */
export function takeLink(): { readonly secret: string; readonly isWhole: boolean } | undefined {
  const [, secret] = inAddress.exec(location.hash) ?? []
  if (secret === undefined) return undefined
  history.replaceState(null, '', location.pathname + location.search)
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
