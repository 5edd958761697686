import { z } from 'zod'
import {
  problem,
  refuse,
  type Answer,
  type Buckets,
  type HttpRequest,
  type Route,
} from '../../http'
import { bearerOf, limitAsks } from './door'
import { hashOf, newResume, randomId, type VisitorSecrets } from './secrets'
import { isSameSecret, tokenSeconds, type Tokens, type Visitor } from './tokens'
import { readUserToken, type KnownUser } from './user-token'

export interface VisitorOptions {
  readonly secrets: VisitorSecrets
  readonly tokens: Tokens
  readonly newConversations: Buckets
  readonly asks: Buckets
  readonly retentionDays: number
  readonly directLineSecret?: string | undefined
  readonly now: () => number
}

// oxlint-disable-next-line no-control-regex -- control characters are what it takes out
const controls = /[\u0000-\u001f\u007f]/g

/** How the person wants to be called. Only a name: who somebody *is* takes a token that their own server signed. */
const name = z
  .string()
  .max(100)
  .transform((text) => text.replace(controls, ' ').trim() || undefined)
/** A language tag as browsers give it; anything else is no reason to refuse a person help. */
export const locale = z
  .string()
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/)
  .optional()
  .catch(undefined)

const chatTokenBody = z.object({
  resume: z.string().max(200).optional(),
  user: z.object({ name: name.optional(), token: z.string().max(2048).optional() }).optional(),
  locale,
})

const generateBody = z.object({
  user: z
    .object({
      id: z
        .string()
        .regex(/^dl_[\w.@-]{1,120}$/)
        .optional(),
      name: name.optional(),
    })
    .optional(),
})

/** The two ways to a first token: by a page for its visitor, and by a back end that holds the secret. */
export function visitorRoutes(options: VisitorOptions): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/api/chat/token',
      handler: (request) => giveChatToken(options, request),
    },
    {
      method: 'POST',
      path: '/v3/directline/tokens/generate',
      handler: (request) => generateToken(options, request),
    },
  ]
}

/**
 * A token for a visitor: of the conversation that the resume secret opens, or of a new one. The secret of somebody else
 * than the page's server vouches for opens nothing: another person sits at the same browser. A foreign page was turned
 * away by its Origin already; a caller without Origin is no browser (they send one with every POST), and whoever can
 * leave the header out could as well write it.
 */
async function giveChatToken(options: VisitorOptions, request: HttpRequest): Promise<Answer> {
  const { secrets, tokens, now } = options
  const site = request.header('sec-fetch-site')
  if (!request.header('origin') && site !== undefined && site !== 'same-origin')
    throw refuse(403, 'OriginNotAllowed', 'A page has to say where it comes from.')
  const body = chatTokenBody.safeParse((await request.json()) ?? {})
  if (!body.success)
    throw refuse(400, 'BadArgument', 'Send {resume?, user?: {name?, token?}, locale?}.')

  const { resume, user, locale } = body.data
  const vouchedFor = user?.token === undefined ? undefined : whoIs(options, user.token)
  const found = resume && (await secrets.find(hashOf(resume), now()))
  const known = found && (!vouchedFor || found.user === vouchedFor.id) ? found : undefined
  if (!known && !options.newConversations.take(request.address))
    return problem(
      429,
      'TooManyConversations',
      'Too many new conversations. Please wait a little.',
      {
        headers: { 'Retry-After': '120' },
      },
    )
  if (known) limitAsks(options.asks, known.conversation)
  const visitor: Visitor = {
    user: known?.user ?? vouchedFor?.id ?? `dl_${randomId()}`,
    conversation: known?.conversation ?? randomId(),
    name: vouchedFor?.name ?? user?.name,
    locale,
  }
  const secret = known && resume ? resume : newResume()
  const isKept = await secrets.keep(hashOf(secret), {
    conversation: visitor.conversation,
    user: visitor.user,
    expiresAt: now() + options.retentionDays * 24 * 60 * 60 * 1000,
  })
  // Erased in this very moment: asked again, the secret is nobody's and a new conversation begins.
  if (!isKept) throw refuse(503, 'Unavailable', 'This cannot be answered now. Please try again.')
  return {
    status: 200,
    json: {
      token: tokens.issue(visitor),
      conversationId: visitor.conversation,
      userId: visitor.user,
      expires_in: tokenSeconds,
      resume: secret,
    },
  }
}

/** The person whom the token is about. Throws a `Refusal` when it is not to be believed. */
function whoIs({ directLineSecret, now }: VisitorOptions, token: string): KnownUser {
  const user = directLineSecret && readUserToken(token, directLineSecret, now())
  if (!user)
    throw refuse(
      403,
      'BadUserToken',
      'This user token is not believed. It is a JWT with "sub" and an "exp" within 8 hours, signed with DIRECT_LINE_SECRET by HS256.',
    )
  return user
}

/** A token for a back end that knows its users: their ids are believed because of the secret. */
async function generateToken(options: VisitorOptions, request: HttpRequest): Promise<Answer> {
  const given = bearerOf(request)
  if (!options.directLineSecret || !isSameSecret(given, options.directLineSecret))
    throw refuse(403, 'BadSecret', 'This is not the secret of this server.')
  const body = generateBody.safeParse((await request.json()) ?? {})
  if (!body.success)
    throw refuse(400, 'BadArgument', 'Send {user?: {id?, name?}}; an id starts with "dl_".')
  const visitor: Visitor = {
    user: body.data.user?.id ?? `dl_${randomId()}`,
    conversation: randomId(),
    name: body.data.user?.name,
  }
  return {
    status: 200,
    json: {
      conversationId: visitor.conversation,
      token: options.tokens.issue(visitor),
      expires_in: tokenSeconds,
    },
  }
}
