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

export interface Calls {
  readonly call: Call
  /** What has said nothing for some seconds is asked once more: a network that slept or changed has forgotten it. */
  readonly hurry: () => void
}

/** Longer than this and a request that says nothing is given up. */
const patienceMs = 20_000
/** Older than this, it is worth asking anew when there is news of the network. */
const hungMs = 4000
/** Whatever a server asks for, somebody who waits is not left longer than this without a try. */
const longestRetryMs = 10 * 60_000

const nobody: Answer = { kind: 'unreachable', retryMs: 0 }

/** Requests to our server. Never rejects; gives the reason as a value. */
export function createCalls(
  { base, fetch, setTimer, now }: LineOptions,
  onServerTime: (at: number) => void,
): Calls {
  const open = new Set<{ readonly since: number; readonly again: () => void }>()

  /** Undefined when it was broken off to be asked once more. */
  async function ask(
    [method, path, { token, body, outlivesPage = false } = {}]: Parameters<Call>,
    mayRepeat: boolean,
  ): Promise<Answer | undefined> {
    const giveUp = new AbortController()
    const cancel = setTimer(patienceMs, () => giveUp.abort())
    let isHurried = false
    const own = {
      since: now(),
      again() {
        isHurried = true
        giveUp.abort()
      },
    }
    if (mayRepeat) open.add(own)
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
      const text = await response.text()
      const at = Date.parse(response.headers.get('date') ?? '')
      if (!Number.isNaN(at)) onServerTime(at)
      return classify(response, text)
    } catch {
      return isHurried ? undefined : nobody
    } finally {
      cancel()
      open.delete(own)
    }
  }

  return {
    // Once: a server that is slow and no more would never get to answer somebody who looks in often.
    call: async (...request) => (await ask(request, true)) ?? (await ask(request, false)) ?? nobody,
    hurry() {
      // A clock that was set counts as a sleep; asking once more does no harm.
      for (const { since, again } of [...open]) if (Math.abs(now() - since) > hungMs) again()
    },
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
