import { z } from 'zod'
import { readRetryAfter } from '../../retry-after'
import type { AccessTokens } from './access-tokens'
import type { Address } from './addresses'
import type { OutgoingActivity } from './draw'
import { exchange, type Fetch, type OutgoingAnswer } from './outgoing'
import { isServiceUrl } from './service-urls'

/** What became of one message that was handed to the connector. */
export type Posted =
  | { readonly kind: 'sent'; readonly activityId: string | null }
  /** It certainly did not arrive and may be sent again, not before `retryInMs`. */
  | { readonly kind: 'later'; readonly retryInMs: number; readonly reason: string }
  /** It may have arrived: nobody knows. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** The bot may not write to this person (now). */
  | { readonly kind: 'blocked'; readonly reason: string }
  /** Never: this message is not taken. */
  | { readonly kind: 'refused'; readonly reason: string }

export interface Connector {
  post(address: Address, activity: OutgoingActivity): Promise<Posted>
}

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

const created = z.object({ id: z.string().min(1).max(1_000) })
const fault = z.object({ error: z.object({ code: z.string().max(100) }) })

/**
 * Hands messages to the Bot Connector, each call once: creating an activity is not idempotent, so whoever calls
 * decides what a repeat is worth. (The SDK's own client repeats a POST three times after a reset, and has no timeout.)
 */
export function createConnector(options: {
  readonly tokens: AccessTokens
  readonly fetch: Fetch
  readonly now: () => number
}): Connector {
  const { tokens, fetch, now } = options
  return {
    async post(address, activity) {
      // Checked once more where the token goes out: rows of the database may be older than the list.
      if (!isServiceUrl(address.serviceUrl))
        return { kind: 'refused', reason: 'its serviceUrl is not an address of the connector' }
      const access = await tokens.get()
      if (access.kind === 'none')
        return { kind: 'later', retryInMs: access.retryInMs, reason: 'no token' }
      try {
        const answer = await exchange(fetch, urlFor(address), patienceMs, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${access.token}`,
            'content-type': 'application/json; charset=utf-8',
          },
          body: JSON.stringify(activity),
        })
        if (answer.status === 401) tokens.drop(access.token)
        return judge(answer, now())
      } catch (error) {
        const reason = codeOf(error)
        return neverLeft.has(reason)
          ? { kind: 'later', retryInMs: 0, reason }
          : { kind: 'unknown', reason }
      }
    },
  }
}

const urlFor = ({ serviceUrl, reference }: Address): string =>
  `${serviceUrl.replace(/\/+$/, '')}/v3/conversations/${encodeURIComponent(reference.conversation)}/activities`

function judge({ status, json, retryAfter }: OutgoingAnswer, now: number): Posted {
  if (status >= 200 && status < 300)
    return { kind: 'sent', activityId: created.safeParse(json).data?.id ?? null }
  const reason = [status, fault.safeParse(json).data?.error.code].filter(Boolean).join(' ')
  // A 401 is about our token, not about this message.
  if (status === 401 || tryAgain.has(status))
    return { kind: 'later', retryInMs: readRetryAfter(retryAfter, now), reason }
  if (status === 403) return { kind: 'blocked', reason }
  if (status === 408 || status >= 500) return { kind: 'unknown', reason }
  return { kind: 'refused', reason }
}

/** The code of a fault; `fetch` wraps the one that says something into one that does not. */
function codeOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(inner instanceof Error)) return 'unknown'
  return 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.name
}
