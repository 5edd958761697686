import { z } from 'zod'
import type { Log } from '../../log'
import { exchange, type Fetch } from './outgoing'

export interface Credentials {
  /** In lower case. */
  readonly appId: string
  readonly password: string
  /** The tenant that issues our tokens, in lower case: the bot's own, or Microsoft's for a bot of several. */
  readonly issuingTenant: string
}

/** The bot's own token towards the connector, or how long to wait before asking again. */
export type AccessToken =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'none'; readonly retryInMs: number }

const scope = 'https://api.botframework.com/.default'
const patienceMs = 10_000
/** A token is replaced so long before its end that no call goes out with one about to lapse. */
const marginMs = 5 * 60_000
/** A refusal rarely heals by itself (a password that has lapsed), an outage soon does. */
const pauseMs = { refused: 60_000, outage: 5_000 } as const

const granted = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
})
const denied = z.object({ error: z.string().max(100), error_codes: z.array(z.number()).optional() })

/** Gets tokens by the client-credentials grant and keeps them; one request at a time, however many messages wait. */
export function createAccessTokens(options: {
  readonly credentials: Credentials
  readonly fetch: Fetch
  readonly log: Log
  readonly now: () => number
}) {
  const { credentials, fetch, log, now } = options
  const url = `https://login.microsoftonline.com/${encodeURIComponent(credentials.issuingTenant)}/oauth2/v2.0/token`
  let current: { readonly token: string; readonly until: number } | undefined
  let notBefore = Number.NEGATIVE_INFINITY
  let asking: Promise<AccessToken> | undefined

  const none = (why: keyof typeof pauseMs): AccessToken => {
    notBefore = now() + pauseMs[why]
    return { kind: 'none', retryInMs: pauseMs[why] }
  }

  async function ask(): Promise<AccessToken> {
    try {
      const { status, json } = await exchange(fetch, url, patienceMs, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: credentials.appId,
          client_secret: credentials.password,
          scope,
        }).toString(),
      })
      const answer = granted.safeParse(json)
      if (status === 200 && answer.success) {
        const { access_token: token, expires_in: seconds } = answer.data
        current = { token, until: now() + Math.max(seconds * 1000 - marginMs, marginMs) }
        return { kind: 'token', token }
      }
      log.error(
        { status, reason: denied.safeParse(json).data },
        'Entra gave the bot no token, so nothing is sent to Teams; check MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId',
      )
      return none(status >= 400 && status < 500 && status !== 429 ? 'refused' : 'outage')
    } catch (error) {
      log.warn({ err: error }, 'Entra cannot be reached; messages for Teams wait')
      return none('outage')
    } finally {
      asking = undefined
    }
  }

  return {
    async get(): Promise<AccessToken> {
      if (current && now() < current.until) return { kind: 'token', token: current.token }
      if (now() < notBefore) return { kind: 'none', retryInMs: notBefore - now() }
      asking ??= ask()
      return asking
    },
    /** The connector did not take this one: the next call gets another. */
    drop(token: string): void {
      if (current?.token === token) current = undefined
    },
  }
}

export type AccessTokens = ReturnType<typeof createAccessTokens>
