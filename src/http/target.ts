/** What a request line asks for, checked and taken apart. */
export interface Target {
  readonly path: string
  readonly query: ReadonlyMap<string, string>
}

/** Longest request target we read unless a front takes longer ones; a stream address with its ticket has about 600 characters. */
const usualTarget = 4096
/** More names than any route of ours knows. */
const mostNames = 20

/**
 * Takes a request target apart, or says undefined when it is not one that we answer: malformed or encoded
 * separators, control characters, dot segments, a repeated query name. Nothing behind this point sees a path
 * that means one thing to the router and another to something else.
 */
export function parseTarget(
  url: string | undefined,
  longestTarget = usualTarget,
): Target | undefined {
  if (url === undefined || url.length > longestTarget) return undefined
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  if (!isPlainPath(path)) return undefined
  const query = parseQuery(mark < 0 ? '' : url.slice(mark + 1))
  return query && { path, query }
}

function isPlainPath(path: string): boolean {
  if (!/^\/[\w.~!$&'()*+,;=:@%/-]*$/.test(path)) return false
  if (path.includes('//') || /%(2f|5c)/i.test(path)) return false
  const plain = decode(path)
  if (plain === undefined || hasControls(plain)) return false
  return !plain.split('/').some((segment) => segment === '.' || segment === '..')
}

/** Strings only, no nesting, and each name once, so that no two readers can disagree on which one counts. A plus is a space, as forms and URLSearchParams write it. */
export function parseQuery(text: string): ReadonlyMap<string, string> | undefined {
  const query = new Map<string, string>()
  if (text === '') return query
  for (const part of text.replaceAll('+', ' ').split('&')) {
    const equals = part.indexOf('=')
    const name = decode(equals < 0 ? part : part.slice(0, equals))
    const value = decode(equals < 0 ? '' : part.slice(equals + 1))
    if (name === undefined || value === undefined) return undefined
    if (query.has(name) || query.size === mostNames) return undefined
    query.set(name, value)
  }
  return query
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    // A broken percent sequence is the caller's "undefined": an expected answer for hostile input.
    return undefined
  }
}

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const hasControls = (text: string): boolean => /[\u0000-\u001f\u007f]/.test(text)

/** A Host header that may be written into an address of ours: a name or an IP address, with a port or without. */
export const isPlainHost = (host: string | undefined): host is string =>
  host !== undefined && /^([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/i.test(host)

/** True for the names by which a machine calls itself, with any port. */
export const isLoopbackHost = (host: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i.test(host)
