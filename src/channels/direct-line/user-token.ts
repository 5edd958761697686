import { createSecretKey } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { z } from 'zod'

/** Somebody whom the embedding page's own server vouches for. */
export interface KnownUser {
  /** As conversations name them: `dl_` and what their server calls them. */
  readonly id: string
  readonly name?: string
}

/** A token that holds for longer than a working day is no longer about who sits there now. */
const longestSeconds = 8 * 60 * 60
/** Clocks of two servers differ by a little. */
const skewSeconds = 60

const claims = z.object({
  sub: z.string().regex(/^[\w.@-]{1,120}$/),
  name: z.unknown().optional(),
  exp: z.number(),
})

/**
 * Reads a user token: a JWT, signed with HS256 by the secret that the page's own server holds. Undefined when it is to
 * be believed in nothing: another algorithm or key, no end or one too far ahead, a `sub` that is no plain name.
 */
export function readUserToken(token: string, secret: string, now: number): KnownUser | undefined {
  const seconds = Math.floor(now / 1000)
  const result = claims.safeParse(verified(token, secret, seconds))
  if (!result.success || result.data.exp > seconds + longestSeconds + skewSeconds) return undefined
  const name = nameOf(result.data.name)
  return { id: `dl_${result.data.sub}`, ...(name && { name }) }
}

function verified(token: string, secret: string, seconds: number): unknown {
  try {
    return jwt.verify(token, createSecretKey(secret, 'utf8'), {
      algorithms: ['HS256'],
      clockTimestamp: seconds,
      clockTolerance: skewSeconds,
    })
  } catch {
    // An expected answer: whoever asks may write anything.
    return undefined
  }
}

/** Only how they are called: whatever stands there is no reason to refuse a person help. */
const nameOf = (name: unknown): string =>
  typeof name === 'string'
    ? name
        .replace(/\p{Cc}/gu, ' ')
        .trim()
        .slice(0, 100)
    : ''
