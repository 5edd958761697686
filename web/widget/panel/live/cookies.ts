import type { StorageLike } from '../../line'

/** Of all cookies together: they go along with each request for the page, and a server takes no more than some 16 KB. */
const mostLength = 4000
/** As long as the server keeps a conversation unless it is set otherwise; one that it keeps no longer opens nothing. */
const keptSeconds = 90 * 24 * 60 * 60
/** `Partitioned`: another site that has the chat sees others. The server reads none of them. */
const rules = 'Path=/chat; Secure; SameSite=None; Partitioned'

/** Other people's cookies may be written in any way. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Storage in the cookies of this page; undefined where they are blocked too. */
export function inCookies(jar: { cookie: string }): StorageLike | undefined {
  const read = () =>
    new Map(
      jar.cookie
        .split('; ')
        .filter((pair) => pair.startsWith('fixladder'))
        .map((pair) => {
          const [name = '', value = ''] = pair.split('=')
          return [decoded(name), decoded(value)] as const
        }),
    )
  const write = (name: string, value: string, seconds: number) => {
    jar.cookie = `${encodeURIComponent(name)}=${encodeURIComponent(value)}; Max-Age=${seconds}; ${rules}`
  }
  const storage: StorageLike = {
    get length() {
      return read().size
    },
    key: (index) => [...read().keys()][index] ?? null,
    getItem: (name) => read().get(name) ?? null,
    setItem(name, value) {
      const all = jar.cookie.length + encodeURIComponent(name + value).length
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
