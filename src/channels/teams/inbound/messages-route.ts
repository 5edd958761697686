import { z } from 'zod'
import type { Conversations, Presence } from '../../../conversations'
import { createBuckets, type Answer, type HttpRequest, type Route } from '../../../http'
import type { Log } from '../../../log'
import type { Database } from '../../../storage'
import type { Addresses } from '../addresses'
import { channelId, type ConnectorTokens } from '../trust/connector-tokens'
import type { Contact } from './contact'
import { readActivity, type Heard, type Inbound } from './inbound'
import { isLate } from './late'
import { answerPress, badPress, notTheirs, unknownCard } from './presses'
import { asPast, whoseCard } from './whose-card'
import type { OwnerOf } from '../trust/service-urls'
import { isFrom, type Tenants } from '../trust/tenants'

export interface MessagesOptions {
  readonly tokens: ConnectorTokens
  readonly conversations: Pick<Conversations, 'create' | 'appended' | 'get' | 'read' | 'watch'>
  readonly database: Pick<Database, 'write' | 'read'>
  readonly addresses: Addresses
  readonly presence: Presence
  /** Sees everything first. */
  readonly part?: { take(json: unknown): Promise<Answer | undefined> } | undefined
  /** Answers searches of the pack, and leaves everything else. */
  readonly findFix: (json: unknown) => Answer | undefined
  readonly tenants: Tenants
  readonly ownerOf: OwnerOf
  readonly log: Log
  readonly now: () => number
  /** How long a press may wait for its answer, in milliseconds. */
  readonly patienceMs?: number | undefined
}

/** What the token vouches for. Without these an activity is nobody's. */
const vouched = z.object({ channelId: z.literal(channelId), serviceUrl: z.string() })

/**
 * Where the Bot Connector delivers. An unproven call gets 401 or 403 and not a word; everything behind that is kept
 * before it is acknowledged, and answered through the log. A search of the pack is answered at once, and not kept.
 */
export function messagesRoute(options: MessagesOptions): Route {
  const { tokens, log, now } = options
  // One line a minute for each reason: enough to find a wrong app id, too little to fill a disk with.
  const loud = createBuckets({ burst: 1, perSecond: 1 / 60, now })

  function refuse(answer: Answer, reason: string): Answer {
    const level = loud.take(reason) ? 'warn' : 'debug'
    log[level]({ reason, status: answer.status }, 'a call to /api/messages was refused')
    return answer
  }

  async function handler(request: HttpRequest): Promise<Answer> {
    const verdict = await tokens.verify(request.header('authorization'))
    if (verdict.kind !== 'good')
      return refuse(verdict.kind === 'missing' ? nobody : forbidden, verdict.reason)

    const json = await request.json()
    const claimed = vouched.safeParse(json)
    if (!claimed.success) return refuse(forbidden, 'no activity of Teams with a serviceUrl')
    const { serviceUrl } = claimed.data
    if (serviceUrl !== verdict.serviceUrl)
      return refuse(forbidden, 'its serviceUrl is not the one in the token')
    if (!options.ownerOf(serviceUrl))
      return refuse(forbidden, 'its serviceUrl is not an address of the connector')
    if (!isFrom(options.tenants, json)) return refuse(forbidden, 'another tenant')
    const found = options.findFix(json)
    if (found) return found
    const inbound = readActivity(json, serviceUrl, now())
    // Whoever takes the rest: that the bot was taken away concerns all that was said there.
    if (inbound.kind === 'left') return leave(options, inbound)
    return (await options.part?.take(json)) ?? take(options, inbound)
  }

  return { method: 'POST', path: '/api/messages', handler }
}

async function take(
  options: MessagesOptions,
  inbound: Exclude<Inbound, { kind: 'left' }>,
): Promise<Answer> {
  if ('sentAt' in inbound && (await isLate(options.database, inbound)))
    return inbound.kind === 'press' ? unknownCard : done
  switch (inbound.kind) {
    case 'malformed':
      return malformed
    case 'unknown_press':
      return badPress
    case 'ignored':
      return inbound.isInvoke ? nothing : done
    case 'typing':
      options.presence.typed(inbound.conversation, { role: 'person' })
      return done
    case 'joined':
      await open(options, inbound, false)
      return done
    case 'message': {
      const whose = await whoseCard(options.addresses, inbound)
      if (whose === 'others') return done
      await hear(options, whose === 'past' ? asPast(inbound) : inbound)
      return done
    }
    case 'press': {
      const whose = await whoseCard(options.addresses, inbound)
      if (whose !== 'theirs') return whose === 'others' ? notTheirs : unknownCard
      const seq = await hear(options, inbound)
      const { conversation, press } = inbound
      return answerPress(options, { conversation: conversation.id, ask: press?.ask ?? 0, seq })
    }
  }
}

/** Keeps the newest address, and opens the conversation if it is new. */
async function open(
  { conversations, addresses, now }: MessagesOptions,
  { conversation, address, opening, place }: Contact,
  wrote: boolean,
): Promise<void> {
  // In a thread the person has asked already, and is answered and not greeted.
  const isGreeted = place === undefined || !wrote
  await Promise.all([
    addresses.keep(conversation.id, address, { at: now(), wrote, userId: conversation.userId }),
    conversations.create(conversation, isGreeted ? [opening] : []),
  ])
}

/** Erases what belongs to where the bot was taken away from. */
async function leave(
  { conversations, database, log }: MessagesOptions,
  { conversation, place, sentAt }: Contact,
): Promise<Answer> {
  const left = { conversation: conversation.id, place: place ?? null, at: sentAt }
  const erased = await database.write('leaveTeams', left)
  for (const id of erased) conversations.appended(id, 0)
  if (erased.length > 0)
    log.info({ conversations: erased.length }, 'the bot was removed in Teams; its talk was erased')
  return done
}

/** Writes down what the person said, once; gives its number. */
async function hear(options: MessagesOptions, contact: Contact & Heard): Promise<number> {
  const { conversations, database } = options
  const { id } = contact.conversation
  // Asked for in one breath, so that they are written in this order and made durable together.
  const [, { seq, duplicate }] = await Promise.all([
    open(options, contact, true),
    database.write('hearTeams', {
      conversation: id,
      row: contact.row,
      isWayOut: contact.isWayOut,
    }),
  ])
  if (!duplicate) conversations.appended(id, seq)
  return seq
}

const done: Answer = { status: 200 }
/** An invoke that is not for us is answered, and with nothing, so that Teams shows no fault. */
const nothing: Answer = { status: 200, json: {} }
const malformed: Answer = { status: 400 }
const nobody: Answer = { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } }
const forbidden: Answer = { status: 403 }
