import { createHash, createSecretKey, hash, timingSafeEqual, type KeyObject } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { z } from 'zod'
import { randomId } from './secrets'

/** Who a token speaks for: one user in one conversation. */
export interface Visitor {
  readonly user: string
  readonly conversation: string
  readonly name?: string | undefined
  readonly locale?: string | undefined
}

/** A visitor who has shown a valid token, and until when it holds (milliseconds since 1970). */
export type Principal = Visitor & { readonly until: number }

/** A stream ticket opens one socket, once. `until` is when the token behind it ends. */
export interface Ticket {
  readonly id: string
  readonly conversation: string
  readonly expiresAt: number
  readonly until: number
}

export type Verdict<T> =
  | { readonly kind: 'good'; readonly value: T }
  | { readonly kind: 'expired' }
  | { readonly kind: 'bad' }

/** Four times the 15 minutes after which the stock client refreshes, whatever `expires_in` says. */
export const tokenSeconds = 60 * 60
/** Direct Line's own: a stream has to be opened within a minute. */
export const ticketSeconds = 60

/** Tokens remembered at once, some 3 MB; the one that was shown first is checked anew after as many others. */
const mostKnown = 10_000

const visitorClaims = z.object({
  typ: z.literal('chat'),
  user: z.string(),
  conv: z.string(),
  name: z.string().optional(),
  locale: z.string().optional(),
  exp: z.number(),
})

const ticketClaims = z.object({
  typ: z.literal('stream'),
  conv: z.string(),
  jti: z.string(),
  until: z.number(),
  exp: z.number(),
})

/**
 * Signs and checks our own tokens. The payload's `user` is what the stock client reads (unchecked) to name the
 * sender; each purpose has its own `typ`, so that a ticket in an address is never good as a token.
 */
export function createTokens(signingKey: string, now: () => number) {
  // Given a string, jsonwebtoken asks OpenSSL at every check whether it is a public key: a quarter of a millisecond.
  const key = createSecretKey(signingKey, 'utf8')
  const seconds = () => Math.floor(now() / 1000)
  const sign = (claims: object, life: number) =>
    jwt.sign({ ...claims, jti: randomId(), iat: seconds(), exp: seconds() + life }, key, {
      algorithm: 'HS256',
    })
  const check = <T extends { exp: number }>(token: string, claims: z.ZodType<T>): Verdict<T> => {
    const payload = verified(token, key)
    const result = claims.safeParse(payload)
    if (!result.success) return { kind: 'bad' }
    return result.data.exp <= seconds() ? { kind: 'expired' } : { kind: 'good', value: result.data }
  }

  /** Tokens that were good, by their digests: a client shows the same one with each request. */
  const known = new Map<string, Principal>()
  const remembered = (token: string): Verdict<Principal> | undefined => {
    const value = known.get(hash('sha256', token, 'base64'))
    return (
      value && (value.until <= seconds() * 1000 ? { kind: 'expired' } : { kind: 'good', value })
    )
  }

  return {
    issue: ({ user, conversation, name, locale }: Visitor): string =>
      sign({ typ: 'chat', user, conv: conversation, name, locale }, tokenSeconds),

    read(token: string): Verdict<Principal> {
      const again = remembered(token)
      if (again) return again
      const verdict = check(token, visitorClaims)
      if (verdict.kind !== 'good') return verdict
      const { user, conv, name, locale, exp } = verdict.value
      const value = { user, conversation: conv, name, locale, until: exp * 1000 }
      if (known.size >= mostKnown) known.delete(known.keys().next().value ?? '')
      known.set(hash('sha256', token, 'base64'), value)
      return { kind: 'good', value }
    },

    issueTicket: ({ conversation, until }: Principal): string =>
      sign({ typ: 'stream', conv: conversation, until }, ticketSeconds),

    readTicket(ticket: string): Verdict<Ticket> {
      const verdict = check(ticket, ticketClaims)
      if (verdict.kind !== 'good') return verdict
      const { jti, conv, until, exp } = verdict.value
      return { kind: 'good', value: { id: jti, conversation: conv, until, expiresAt: exp * 1000 } }
    },
  }
}

export type Tokens = ReturnType<typeof createTokens>

function verified(token: string, key: KeyObject): unknown {
  try {
    // Expiry is judged by our own clock, above.
    return jwt.verify(token, key, { algorithms: ['HS256'], ignoreExpiration: true })
  } catch {
    return undefined
  }
}

/** Compares secrets in the same time whatever they share. */
export const isSameSecret = (given: string, secret: string): boolean =>
  timingSafeEqual(digest(given), digest(secret))

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
