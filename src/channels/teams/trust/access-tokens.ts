import { z } from 'zod'
import type { Log } from '../../../log'
import { readRetryAfter } from '../../../retry-after'
import type { Credentials } from './credentials'
import { exchange, type Fetch, type OutgoingAnswer } from '../sending/outgoing'
import { tokenRequest } from './token-request'

/** The bot's own token towards the connector, or how long to wait before asking again. */
export type AccessToken =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'none'; readonly retryInMs: number }

interface Kept {
  readonly token: string
  /** From here on another one is asked for, while this one still serves. */
  readonly renewAt: number
  readonly until: number
}

const patienceMs = 10_000
/** A token is renewed so long before its end, or at half its life if that is shorter; an outage may last that long. */
const renewMs = 5 * 60_000
/** And served until so long before it, so that no call goes out with one about to lapse. */
const marginMs = 60_000
/** A clock that is wrong may say that a token ended long ago; it is asked for again this often at most. */
const shortestMs = 60_000
/** A refusal rarely heals by itself (a secret that has lapsed), an outage soon does. */
const pauseMs = { refused: 60_000, outage: 5_000 } as const

/** Entra says how long a token lives, App Service when it ends, a machine's metadata service both, as text. */
const granted = z
  .object({
    access_token: z.string().min(1),
    expires_in: z.coerce.number().positive().optional(),
    expires_on: z.coerce.number().positive().optional(),
  })
  .refine((answer) => answer.expires_in !== undefined || answer.expires_on !== undefined)
const denied = z.object({ error: z.string().max(100), error_codes: z.array(z.number()).optional() })

/** Where to look when a token is refused. */
const remedy = {
  secret: 'check MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId',
  certificate:
    'check MicrosoftAppId, MicrosoftAppTenantId, and that the certificate of CertificateThumbprint is uploaded there and has not lapsed',
  identity:
    'check that MicrosoftAppId is the client id of a managed identity that is assigned to this machine or app',
} as const

/** Gets the bot's tokens and keeps them; one request at a time, however many messages wait. */
export function createAccessTokens(options: {
  readonly credentials: Credentials
  readonly fetch: Fetch
  readonly log: Log
  readonly now: () => number
}) {
  const { credentials, fetch, log, now } = options
  const { kind } = credentials.proof
  let current: Kept | undefined
  let notBefore = Number.NEGATIVE_INFINITY
  let asking: Promise<AccessToken> | undefined

  const none = (why: keyof typeof pauseMs, atLeastMs = 0): AccessToken => {
    const retryInMs = Math.max(pauseMs[why], atLeastMs)
    notBefore = now() + retryInMs
    return { kind: 'none', retryInMs }
  }

  async function ask(): Promise<AccessToken> {
    try {
      const { url, ...request } = tokenRequest(credentials, now())
      const answered = await exchange(fetch, url, patienceMs, request)
      const { status, json, retryAfter } = answered
      const answer = granted.safeParse(json)
      if (status === 200 && answer.success) {
        current = kept(answer.data, now())
        return { kind: 'token', token: current.token }
      }
      log.error(
        { status, reason: denied.safeParse(json).data },
        `The bot got no token, so nothing new is sent to Teams; ${remedy[kind]}`,
      )
      return none(
        isRefusal(kind, answered) ? 'refused' : 'outage',
        readRetryAfter(retryAfter, now()),
      )
    } catch (error) {
      log.warn({ err: error }, 'The service that gives the bot its token cannot be reached')
      return none('outage')
    } finally {
      asking = undefined
    }
  }

  return {
    async get(): Promise<AccessToken> {
      const at = now()
      const alive = current && at < current.until ? current : undefined
      if (alive && at < alive.renewAt) return { kind: 'token', token: alive.token }
      if (at >= notBefore) asking ??= ask()
      // One that lives on serves meanwhile, and through an outage.
      if (alive) return { kind: 'token', token: alive.token }
      return asking ?? { kind: 'none', retryInMs: notBefore - at }
    },
    /** The connector did not take this one: the next call gets another. */
    drop(token: string): void {
      if (current?.token === token) current = undefined
    },
  }
}

export type AccessTokens = ReturnType<typeof createAccessTokens>

function kept(
  {
    access_token: token,
    expires_in: seconds,
    expires_on: end = Number.POSITIVE_INFINITY,
  }: z.infer<typeof granted>,
  now: number,
): Kept {
  const life = Math.max(shortestMs, seconds === undefined ? end * 1000 - now : seconds * 1000)
  return {
    token,
    renewAt: now + Math.max(life - renewMs, life / 2),
    until: now + Math.max(life - marginMs, life / 2),
  }
}

/** A metadata service that is being updated answers 404 or 410 for a minute; every other 4xx is an answer. */
const isRefusal = (kind: Credentials['proof']['kind'], { status }: OutgoingAnswer): boolean =>
  status >= 400 &&
  status < 500 &&
  status !== 429 &&
  !(kind === 'identity' && (status === 404 || status === 410))
