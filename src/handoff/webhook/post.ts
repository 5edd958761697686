import { readRetryAfter } from '../../retry-after'
import type { DeskActivity } from './activities'
import { sign, signatureHeader, timestampHeader } from './signature'

/** What became of one POST to the desk. */
export type Posted =
  | { readonly kind: 'taken' }
  /** It is sent again, not before `retryInMs`. */
  | { readonly kind: 'later'; readonly retryInMs: number; readonly reason: string }
  /** The desk will not take this one, however often it is sent. */
  | { readonly kind: 'refused'; readonly status: number }

export interface PostOptions {
  readonly url: string
  readonly secret: string
  readonly now: () => number
}

export type Post = (activity: DeskActivity) => Promise<Posted>

/** How long the desk may take, in milliseconds. */
const patienceMs = 10_000

/**
 * Of the 4xx these are not about the message: a signature that is not accepted (one side has another secret, or a wrong
 * clock), timeout, too early, too many requests.
 */
const notAboutIt: ReadonlySet<number> = new Set([401, 408, 425, 429])

/** Signs and posts. A redirect is a fault, since a signed case must not travel on to another address. */
export function createPost({ url, secret, now }: PostOptions): Post {
  return async (activity) => {
    const body = JSON.stringify(activity)
    const seconds = Math.floor(now() / 1000)
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'idempotency-key': activity.id,
          [timestampHeader]: String(seconds),
          [signatureHeader]: sign(secret, seconds, body),
        },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(patienceMs),
      })
      // What it says beside its status is of no use to us, and may be endless.
      await response.body?.cancel()
      return judge(response.status, response.headers.get('retry-after'), now())
    } catch (error) {
      return { kind: 'later', retryInMs: 0, reason: reasonOf(error) }
    }
  }
}

function judge(status: number, retryAfter: string | null, now: number): Posted {
  if (status >= 200 && status < 300) return { kind: 'taken' }
  if (status >= 400 && status < 500 && !notAboutIt.has(status)) return { kind: 'refused', status }
  return {
    kind: 'later',
    retryInMs: readRetryAfter(retryAfter, now),
    reason: `it answered ${status}`,
  }
}

/** The code of a fault; `fetch` wraps the one that says something into one that does not. */
function reasonOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(inner instanceof Error)) return 'unknown'
  return 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.name
}
