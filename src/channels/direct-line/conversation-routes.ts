import { z } from 'zod'
import type { Conversations, Presence } from '../../conversations'
import { FixladderError } from '../../errors'
import { failPoint } from '../../fail-points'
import {
  problem,
  refuse,
  type Answer,
  type Buckets,
  type HttpRequest,
  type Route,
} from '../../http'
import { noConversation } from './answers'
import { principalOf } from './door'
import type { FileLinks } from './draw'
import { listenForGreeting } from './greeting'
import { readActivity, uploadsOff } from './inbound'
import { createReader } from './reading'
import { randomId } from './secrets'
import { ensureStarted } from './start'
import type { Streams } from './stream'
import { tokenSeconds, type Principal, type Tokens } from './tokens'
import type { createUpload } from './upload'
import { locale } from './visitors'
import { readWatermark } from './watermark'

export interface ConversationRouteOptions {
  readonly conversations: Pick<
    Conversations,
    'create' | 'get' | 'append' | 'read' | 'watch' | 'isForgotten'
  >
  readonly tokens: Tokens
  readonly streams: Pick<Streams, 'extend'>
  readonly presence: Presence
  readonly messages: Buckets
  readonly publicUrl?: string | undefined
  /** Takes files; without it they are refused. */
  readonly upload?: ReturnType<typeof createUpload> | undefined
  readonly linksTo?: FileLinks | undefined
  readonly now: () => number
}

const startBody = z.object({
  locale,
  /** Whoever asks for the log in the same go saves a way there and back. */
  read: z.boolean().optional(),
})

/** Direct Line 3.0 below `/v3/directline`, as the unmodified clients speak it. */
export function conversationRoutes(options: ConversationRouteOptions): readonly Route[] {
  const at = (
    method: Route['method'],
    path: string,
    handle: (
      options: ConversationRouteOptions,
      principal: Principal,
      request: HttpRequest,
    ) => Promise<Answer>,
  ): Route => ({
    method,
    path: `/v3/directline${path}`,
    handler: async (request) => {
      const principal = principalOf(request, options.tokens, request.params.id)
      return handle(options, principal, request).catch(answerUnknown)
    },
  })
  return [
    at('POST', '/tokens/refresh', refresh),
    at('POST', '/conversations', start),
    at('GET', '/conversations/:id', reconnect),
    at('GET', '/conversations/:id/activities', listActivities),
    at('POST', '/conversations/:id/activities', postActivity),
    at('POST', '/conversations/:id/upload', async ({ upload }, principal, request) => {
      if (!upload) throw uploadsOff()
      return upload(principal, request)
    }),
    at('GET', '/conversations/:id/stream', async () =>
      problem(426, 'NotAWebSocket', 'Open this address as a WebSocket.', {
        headers: { Upgrade: 'websocket' },
      }),
    ),
    at('GET', '/session/getsessionid', async () =>
      problem(400, 'SignInOff', 'Sign-in cards are not used here, so there is no session.'),
    ),
  ]
}

/** A new token for the same visitor; the one shown stays good until its own end. None for a conversation that was erased. */
async function refresh(options: ConversationRouteOptions, principal: Principal): Promise<Answer> {
  if (await options.conversations.isForgotten(principal.conversation)) return noConversation
  options.streams.extend(principal.conversation, tokenEnd(options))
  return { status: 200, json: tokenAnswer(options, principal) }
}

async function start(
  options: ConversationRouteOptions,
  principal: Principal,
  request: HttpRequest,
): Promise<Answer> {
  const body = startBody.safeParse((await request.json()) ?? {})
  if (!body.success) throw refuse(400, 'BadArgument', 'Send {user?, locale?, read?}.')
  options.presence.asked(principal.conversation)
  const visitor = { ...principal, locale: body.data.locale ?? principal.locale }
  if (body.data.read) return startAndRead(options, visitor, request)
  const created = await ensureStarted(options.conversations, visitor, options.now())
  return { status: created ? 201 : 200, json: openAnswer(options, visitor, request, 0) }
}

/** The same with what is in the log, the bot's greeting included; the stream goes on behind it. */
async function startAndRead(
  options: ConversationRouteOptions,
  visitor: Principal,
  request: HttpRequest,
): Promise<Answer> {
  const greeting = listenForGreeting(options.conversations, visitor.conversation)
  try {
    const created = await ensureStarted(options.conversations, visitor, options.now())
    if (created) await greeting.heard
    const set = await readerFrom(options, visitor, 0).next()
    const opened = openAnswer(options, visitor, request, Number(set.watermark))
    return { status: created ? 201 : 200, json: { ...opened, ...set } }
  } finally {
    greeting.stop()
  }
}

/** Coming back: the address of the stream carries the watermark, so that what was missed is replayed. */
async function reconnect(
  options: ConversationRouteOptions,
  principal: Principal,
  request: HttpRequest,
): Promise<Answer> {
  const watermark = readWatermark(request.query.get('watermark'))
  options.presence.asked(principal.conversation)
  await ensureStarted(options.conversations, principal, options.now())
  return { status: 200, json: openAnswer(options, principal, request, watermark) }
}

async function listActivities(
  options: ConversationRouteOptions,
  principal: Principal,
  request: HttpRequest,
): Promise<Answer> {
  const after = readWatermark(request.query.get('watermark'))
  options.presence.asked(principal.conversation)
  const { activities, watermark } = await readerFrom(options, principal, after).next()
  return { status: 200, json: { activities, watermark } }
}

const readerFrom = (
  { conversations, linksTo }: ConversationRouteOptions,
  { conversation }: Principal,
  after: number,
) => createReader(conversations, conversation, after, linksTo)

/** Answered once the row is durable; the bot's turn comes after. */
async function postActivity(
  options: ConversationRouteOptions,
  principal: Principal,
  request: HttpRequest,
): Promise<Answer> {
  const { conversations, messages, presence, now } = options
  const { conversation } = principal
  const row = readActivity(await request.json(), principal, now(), options.upload !== undefined)
  presence.asked(conversation)
  // Typing is never a row; the client only wants an id back.
  if (!row) {
    presence.typed(conversation, { role: 'person' })
    return { status: 200, json: { id: `${conversation}|${randomId()}` } }
  }
  // Neither 429 nor 403: stock clients hang on the first and end on the second; on 400 they offer "Retry".
  if (!messages.take(conversation))
    throw refuse(400, 'TooManyMessages', 'That was a lot at once. Please wait a moment.')
  const { id } = await conversations.append(conversation, row)
  failPoint('ack-before')
  failPoint('ack-after')
  return { status: 200, json: { id } }
}

const tokenEnd = ({ now }: ConversationRouteOptions): number => now() + tokenSeconds * 1000

const tokenAnswer = ({ tokens }: ConversationRouteOptions, principal: Principal) => ({
  conversationId: principal.conversation,
  token: tokens.issue(principal),
  expires_in: tokenSeconds,
})

/** Without `token` in it the stock client goes on as "Bearer undefined"; `streamUrl` is opened as it stands. */
function openAnswer(
  options: ConversationRouteOptions,
  principal: Principal,
  request: HttpRequest,
  watermark: number,
) {
  const ticket = options.tokens.issueTicket({ ...principal, until: tokenEnd(options) })
  const origin = (options.publicUrl ?? `http://${request.host}`).replace(/^http/, 'ws')
  const path = `/v3/directline/conversations/${principal.conversation}/stream`
  return {
    ...tokenAnswer(options, principal),
    streamUrl: `${origin}${path}?watermark=${watermark}&t=${ticket}`,
  }
}

function answerUnknown(error: unknown): Answer {
  if (error instanceof FixladderError && error.code === 'conversation_unknown')
    return noConversation
  throw error
}
