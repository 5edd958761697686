import { z } from 'zod'
import { readRetryAfter } from '../../../retry-after'
import type { AccessTokens } from '../trust/access-tokens'
import { exchange, type Fetch, type OutgoingAnswer } from './outgoing'
import type { Pace } from './pace'
import { ownersOf, type OwnerOf } from '../trust/service-urls'

/** What became of one call to the connector. */
export type Called =
  | { readonly kind: 'done'; readonly json: unknown }
  /** It certainly had no effect and may be made again, not before `retryInMs`. */
  | {
      readonly kind: 'later'
      readonly retryInMs: number
      readonly reason: string
      /** It was not made: so many calls at once are more than Teams takes. */
      readonly isHeld?: true
    }
  /** It may have had its effect: nobody knows. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** The bot may not do this (now). */
  | { readonly kind: 'blocked'; readonly reason: string }
  /** Never: this call is not taken. What it was about is gone, or what it carries is too long. */
  | {
      readonly kind: 'refused'
      readonly isGone: boolean
      readonly isTooLong?: true
      readonly reason: string
    }

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly serviceUrl: string
  /** Parts of the path after `v3/`, as they are. */
  readonly path: readonly string[]
  readonly body?: unknown
}

/** Calls the Bot Connector, each call once. */
export type Caller = (call: Call) => Promise<Called>

const patienceMs = 10_000

/** Answers with which Teams asks for another try ("Handle rate limiting" in its documentation, and 503). */
const tryAgain: ReadonlySet<number> = new Set([412, 429, 502, 503, 504])

/** Faults of `fetch` from before the request left. */
const neverLeft: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

const fault = z.object({ error: z.object({ code: z.string().max(100) }) })

/**
 * Makes calls to the Bot Connector and judges what came of them. Creating an activity is not idempotent, so whoever
 * calls decides what a repeat is worth. (The SDK's own client repeats a POST three times after a reset, and has no timeout.)
 */
export function createCaller(options: {
  readonly tokens: AccessTokens
  readonly fetch: Fetch
  readonly now: () => number
  /** Whose connectors may be called; by default Microsoft's alone. */
  readonly ownerOf?: OwnerOf
  /** How many calls Teams takes in all. */
  readonly pace?: Pace
}): Caller {
  const { tokens, fetch, now, ownerOf = ownersOf(), pace } = options
  return async ({ method, serviceUrl, path, body }) => {
    // Checked once more where the token goes out: rows of the database may be older than the list.
    const owner = ownerOf(serviceUrl)
    if (!owner)
      return {
        kind: 'refused',
        isGone: false,
        reason: 'its serviceUrl is not an address of the connector',
      }
    // The token is for Microsoft's eyes: an extra host hears the call without it.
    const access = owner === 'microsoft' ? await tokens.get() : undefined
    if (access?.kind === 'none')
      return { kind: 'later', retryInMs: access.retryInMs, reason: 'no token' }
    // Counted as it is made: those that waited for a token would all be made at once.
    const retryInMs = pace?.take('all', now()) ?? 0
    if (retryInMs > 0)
      return { kind: 'later', retryInMs, reason: 'too many calls at once', isHeld: true }
    const url = [serviceUrl.replace(/\/+$/, ''), 'v3', ...path.map(encodeURIComponent)].join('/')
    try {
      const answer = await exchange(fetch, url, patienceMs, {
        method,
        headers: {
          ...(access && { authorization: `Bearer ${access.token}` }),
          ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      if (access && answer.status === 401) tokens.drop(access.token)
      return judge(answer, now())
    } catch (error) {
      const reason = codeOf(error)
      return neverLeft.has(reason)
        ? { kind: 'later', retryInMs: 0, reason }
        : { kind: 'unknown', reason }
    }
  }
}

function judge({ status, json, retryAfter }: OutgoingAnswer, now: number): Called {
  if (status >= 200 && status < 300) return { kind: 'done', json }
  const reason = [status, fault.safeParse(json).data?.error.code].filter(Boolean).join(' ')
  // A 401 is about our token, not about this call.
  if (status === 401 || tryAgain.has(status))
    return { kind: 'later', retryInMs: readRetryAfter(retryAfter, now), reason }
  if (status === 403) return { kind: 'blocked', reason }
  if (status === 408 || status >= 500) return { kind: 'unknown', reason }
  return {
    kind: 'refused',
    isGone: status === 404 || status === 410,
    ...(status === 413 && { isTooLong: true }),
    reason,
  }
}

/** The code of a fault; `fetch` wraps the one that says something into one that does not. */
function codeOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(inner instanceof Error)) return 'unknown'
  return 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.name
}
