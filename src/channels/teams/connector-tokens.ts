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
 * for which the activity is needed. Tokens of the Emulator, whose issuer is Entra, are nobody's here: they would be
 * good for any channel and any sender.
 */
export function createConnectorTokens(options: {
  readonly appId: string
  readonly keys: SigningKeys
  readonly now: () => number
}) {
  const { appId, keys, now } = options
  return {
    async verify(authorization: string | undefined): Promise<Verdict> {
      const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization ?? '') ?? []
      if (token === undefined) return { kind: 'missing', reason: 'no bearer token' }
      const head = header.safeParse(headerOf(token))
      if (!head.success) return bad('not signed with RS256 by a named key')
      const found = await keys.find(head.data.kid)
      if (!found) return bad('signed with a key that the connector does not publish')
      if (!found.endorsements.includes(channelId))
        return bad(`its key may not sign for ${channelId}`)

      let payload: unknown
      try {
        payload = jwt.verify(token, found.key, {
          algorithms: ['RS256'],
          issuer,
          clockTolerance: skewSeconds,
          clockTimestamp: Math.floor(now() / 1000),
        })
      } catch (error) {
        // The library's own words ("invalid signature", "jwt expired") name no secret.
        return bad(error instanceof Error ? error.message : 'not verified')
      }
      const read = claims.safeParse(payload)
      if (!read.success) return bad('aud, exp or serviceurl is missing')
      if (read.data.aud.toLowerCase() !== appId) return bad('meant for another app (aud)')
      return { kind: 'good', serviceUrl: read.data.serviceurl }
    },
  }
}

export type ConnectorTokens = ReturnType<typeof createConnectorTokens>

const bad = (reason: string): Verdict => ({ kind: 'bad', reason })

function headerOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString('utf8'))
  } catch {
    // Not JSON: hostile or broken, and in both cases no header.
    return undefined
  }
}
