import type { LineOptions } from '../../line'
import { decoded, inCookies } from './cookies'

/**
 * Where the line keeps what outlives the page. Browsers that block a frame's storage on other people's pages (a private
 * window does) still give it cookies for that one site. Undefined where nothing is to be kept at all.
 */
export function findStorage(): Pick<LineOptions, 'storage' | 'onStorage'> {
  try {
    const { length } = localStorage
    return length >= 0 ? { storage: localStorage, onStorage: hearTabs } : { storage: undefined }
  } catch {
    const storage = inCookies(document)
    return storage ? { storage, onStorage: hearCookies } : { storage }
  }
}

function hearTabs(listener: (key: string | null) => void): () => void {
  const heard = ({ key }: StorageEvent) => listener(key)
  addEventListener('storage', heard)
  return () => removeEventListener('storage', heard)
}

/** Tells of one's own changes too, which are no news to the line. Where a browser cannot, tabs learn of it when loaded. */
function hearCookies(listener: (key: string | null) => void): () => void {
  if (!('cookieStore' in window)) return () => {}
  const heard = ({ changed, deleted }: CookieChangeEvent) => {
    for (const { name = '' } of [...changed, ...deleted]) listener(decoded(name))
  }
  cookieStore.addEventListener('change', heard)
  return () => cookieStore.removeEventListener('change', heard)
}
