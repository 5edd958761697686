import type { LineOptions, StorageLike } from '../../line'

/**
 * Where the line keeps what outlives the page. Browsers that block a frame's storage on other people's pages (a private
 * window does) still give it cookies for that one site. Undefined where nothing is to be kept at all.
 */
export function findStorage(): Pick<LineOptions, 'storage' | 'onStorage'> {
  try {
    const { length } = localStorage
    return length >= 0 ? { storage: localStorage, onStorage: hearTabs } : { storage: undefined }
  } catch {
    const storage = inCookies()
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

/** Of all cookies together: they go along with each request for the page, and a server takes no more than some 16 KB. */
const mostLength = 4000
/** As long as the server keeps a conversation unless it is set otherwise; one that it keeps no longer opens nothing. */
const keptSeconds = 90 * 24 * 60 * 60
/** `Partitioned`: another site that has the chat sees others. The server reads none of them. */
const rules = 'Path=/chat; Secure; SameSite=None; Partitioned'

/** Other people's cookies may be written in any way. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function inCookies(): StorageLike | undefined {
  const read = () =>
    new Map(
      document.cookie
        .split('; ')
        .filter((pair) => pair.startsWith('fixladder'))
        .map((pair) => {
          const [name = '', value = ''] = pair.split('=')
          return [decoded(name), decoded(value)] as const
        }),
    )
  const write = (name: string, value: string, seconds: number) => {
    document.cookie = `${encodeURIComponent(name)}=${encodeURIComponent(value)}; Max-Age=${seconds}; ${rules}`
  }
  const storage: StorageLike = {
    get length() {
      return read().size
    },
    key: (index) => [...read().keys()][index] ?? null,
    getItem: (name) => read().get(name) ?? null,
    setItem(name, value) {
      const all = document.cookie.length + encodeURIComponent(name + value).length
      if (all <= mostLength) write(name, value, keptSeconds)
      if (read().get(name) !== value) throw new DOMException('No room', 'QuotaExceededError')
    },
    removeItem: (name) => write(name, '', 0),
  }
  try {
    storage.setItem('fixladder?', 'yes')
    storage.removeItem('fixladder?')
    return storage
  } catch {
    // Cookies are blocked too: the line keeps all in memory.
    return undefined
  }
}
