import jwt from 'jsonwebtoken'
import { z } from 'zod'
import type { SigningKeys } from './signing-keys'

/** The only channel that is served at this door. */
export const channelId = 'msteams'

/** What became of an Authorization header. `missing` is answered with 401, `bad` with 403; `reason` is for the log only. */
export type Verdict =
  | { readonly kind: 'good'; readonly serviceUrl: string }
  | { readonly kind: 'missing' | 'bad'; readonly reason: string }

const issuer = 'https://api.botframework.com'
/** Clocks may differ by five minutes, says the protocol's documentation. */
const skewSeconds = 300

/** Longest header read, in characters; the connector's have some 900. */
const longestHeader = 8_192

/** `crit` names extensions that a reader has to understand (RFC 7515, 4.1.11); we understand none. */
const header = z.object({
  alg: z.literal('RS256'),
  kid: z.string().min(1).max(200),
  crit: z.undefined().optional(),
})
const claims = z.object({
  aud: z.string(),
  exp: z.number(),
  serviceurl: z.string().min(1),
})

/**
 * Checks that a call comes from the Bot Connector and is meant for this bot, by the seven rules of "Authenticate
 * requests from the Bot Connector service to your bot" (Bot Connector authentication, Microsoft): all but the seventh,
 * for which the activity is needed. (That page spells the seventh's claim `serviceUrl`; the tokens, and the SDK, spell it
 * `serviceurl`.) Tokens of the Emulator, whose issuer is Entra, are nobody's here: they would be good for any channel
 * and any sender.
 *
 * Cheap checks come first, and how long a refusal takes differs with them. That tells a stranger nothing: what they are
 * compared with (key ids, endorsements, the app id) is public, and no secret is compared at all, as a signature is
 * checked by a public key. The rule that failed stands in the log alone.
 */
export function createConnectorTokens(options: {
  readonly appId: string
  readonly keys: SigningKeys
  readonly now: () => number
}) {
  const { appId, keys, now } = options
  return {
    async verify(authorization: string | undefined): Promise<Verdict> {
      if ((authorization?.length ?? 0) > longestHeader) return bad('longer than any token')
      const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization ?? '') ?? []
      if (token === undefined) return { kind: 'missing', reason: 'no bearer token' }
      const parts = token.split('.')
      if (!parts.every(isWrittenPlainly)) return bad('not written as base64url is')
      const head = header.safeParse(jsonIn(parts[0]))
      if (!head.success) return bad('not signed with RS256 by a named key')
      const found = await keys.find(head.data.kid)
      if (!found) return bad('signed with a key that the connector does not publish')
      if (!found.endorsements.includes(channelId))
        return bad(`its key may not sign for ${channelId}`)

      try {
        jwt.verify(token, found.key, {
          algorithms: ['RS256'],
          issuer,
          clockTolerance: skewSeconds,
          clockTimestamp: Math.floor(now() / 1000),
        })
      } catch (error) {
        // The library's own words ("invalid signature", "jwt expired") are few and name no secret; a parser's, which
        // come through it as well, repeat what a stranger wrote.
        return bad(error instanceof jwt.JsonWebTokenError ? error.message : 'no JSON in it')
      }
      // Read by ourselves: the library takes a string of JSON for the object in it.
      const read = claims.safeParse(jsonIn(parts[1]))
      if (!read.success) return bad('aud, exp or serviceurl is missing')
      if (read.data.aud.toLowerCase() !== appId) return bad('meant for another app (aud)')
      return { kind: 'good', serviceUrl: read.data.serviceurl }
    },
  }
}

export type ConnectorTokens = ReturnType<typeof createConnectorTokens>

/**
 * Whether these bytes are written in the one way in which base64url writes them (RFC 4648, 3.5). Readers let the last
 * bits be anything, so that one token could be written in many ways.
 */
const isWrittenPlainly = (part: string): boolean =>
  Buffer.from(part, 'base64url').toString('base64url') === part

const bad = (reason: string): Verdict => ({ kind: 'bad', reason })

function jsonIn(part = ''): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    // Hostile or broken, and in both cases nothing that says anything.
    return undefined
  }
}
