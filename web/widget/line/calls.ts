import type { LineOptions } from './types'

/** What became of a request. */
export type Answer =
  | { readonly kind: 'ok'; readonly json: unknown }
  /** Our server does not believe the token, or does not want this page. */
  | { readonly kind: 'denied'; readonly code: string }
  /** Our server will not take it, however often it is sent. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Our server has no such conversation. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'busy'; readonly retryMs: number }
  /** No answer, none of ours, or one that says "later". */
  | { readonly kind: 'unreachable'; readonly retryMs: number }

export interface Request {
  readonly token?: string | undefined
  readonly body?: unknown
  /** Goes on when the page is left meanwhile. */
  readonly outlivesPage?: boolean
}

export type Call = (method: 'GET' | 'POST', path: string, request?: Request) => Promise<Answer>

/** Longer than this and a request that says nothing is given up. */
const patienceMs = 20_000
/** Whatever a server asks for, somebody who waits is not left longer than this without a try. */
const longestRetryMs = 10 * 60_000

/** Requests to our server. Never rejects; gives the reason as a value. */
export function createCalls({ base, fetch, setTimer }: LineOptions): Call {
  return async (method, path, { token, body, outlivesPage = false } = {}) => {
    const giveUp = new AbortController()
    const cancel = setTimer(patienceMs, () => giveUp.abort())
    try {
      const response = await fetch(base + path, {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: giveUp.signal,
        credentials: 'omit',
        keepalive: outlivesPage,
      })
      return classify(response, await response.text())
    } catch {
      return { kind: 'unreachable', retryMs: 0 }
    } finally {
      cancel()
    }
  }
}

/**
 * A gateway between here and the server answers in HTML, a 404 or a 403 of its own included: only what carries our own
 * error code is believed to speak about the conversation or its token.
 */
export function classify({ ok, status, headers }: Response, text: string): Answer {
  const json = parse(text)
  if (ok) return text && !json ? unreachable(headers) : { kind: 'ok', json }
  const code = codeOf(json)
  if (status === 429 || code === 'TooManyMessages') return { kind: 'busy', retryMs: after(headers) }
  if (status >= 500 || status === 408 || status < 400) return unreachable(headers)
  if (status === 404) return code ? { kind: 'gone' } : unreachable(headers)
  if (status === 401 || status === 403)
    return code ? { kind: 'denied', code } : unreachable(headers)
  return { kind: 'refused', code: code ?? `Http${status}` }
}

const unreachable = (headers: Headers): Answer => ({
  kind: 'unreachable',
  retryMs: after(headers),
})

const after = (headers: Headers): number =>
  Math.min((Number(headers.get('retry-after')) || 0) * 1000, longestRetryMs)

function parse(text: string): object | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? json : undefined
  } catch {
    return undefined
  }
}

function codeOf(json: object | undefined): string | undefined {
  const error = json && 'error' in json ? json.error : undefined
  const code = error && typeof error === 'object' && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}
