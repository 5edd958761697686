import { createHash } from 'node:crypto'
import { z } from 'zod'
import { statement, type Database } from '../../storage'

const account = z.object({ id: z.string(), name: z.string().optional() })

/** Whom a message is for, as Teams names conversation, bot and person. */
const reference = z.object({ conversation: z.string(), bot: account, person: account })

/** Where a conversation's messages are sent: only ever taken from an activity whose token was verified. */
export interface Address {
  readonly serviceUrl: string
  readonly tenant?: string | undefined
  readonly reference: z.infer<typeof reference>
  /** Stands on every button of this conversation: on those of others, and of an erased one with the same id, is another. */
  readonly mark?: string | undefined
}

/** An address as stored, and how far the conversation's log was sent there. */
export interface StoredAddress extends Address {
  readonly conversation: string
  readonly sentSeq: number
  /** When the person last wrote. */
  readonly heardAt: number
  /** True while Teams takes nothing for this person; it ends when they write. */
  readonly isPaused: boolean
}

const prefix = 'teams-'

/** Our id of a Teams conversation: Teams' own ids are long and hold characters that addresses and row ids do not. */
export const conversationIdOf = (teamsId: string): string => prefix + hash(teamsId, 32)

/** A team and one of its channels, or a group chat, which has none. */
export interface Place {
  readonly whole: string
  readonly channel?: string
}

/**
 * Our id of what one person and the bot say to one another in a thread of a team or a group chat, where each has a
 * conversation of their own. All of one place begin alike.
 */
export const sharedIdOf = (place: Required<Place>, thread: string, person: string): string =>
  beginningOf(place) + hash(`${thread}\n${person}`, 22)

/** How the ids of the conversations in a channel begin, or without one of those in the whole team or group chat. */
export const beginningOf = ({ whole, channel }: Place): string =>
  `${prefix}group-${hash(whole, 14)}-${channel === undefined ? '' : `${hash(channel, 14)}-`}`

const hash = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, length)

/** Whether an id of ours is that of a Teams conversation. */
export const isTeamsConversation = (id: string): boolean => id.startsWith(prefix)

/** The verified addresses of Teams conversations. */
export class Addresses {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Keeps the newest address. `wrote`: the person has just said something, which also ends a pause. */
  async keep(
    conversation: string,
    address: Address,
    { at, wrote, userId }: { at: number; wrote: boolean; userId?: string },
  ): Promise<void> {
    const person = address.reference.person.id
    await this.#database.write('keepTeamsAddress', {
      conversation,
      serviceUrl: address.serviceUrl,
      tenant: address.tenant ?? null,
      reference: JSON.stringify(address.reference),
      at,
      wrote,
      person,
      ...(userId !== undefined && userId !== person && { directoryId: userId }),
    })
  }

  async get(conversation: string): Promise<StoredAddress | undefined> {
    const [row] = await this.#database.read(selectAddress, { conversation })
    return (
      row && {
        conversation,
        serviceUrl: row.service_url,
        tenant: row.tenant ?? undefined,
        reference: reference.parse(JSON.parse(row.reference)),
        sentSeq: row.sent_seq,
        heardAt: row.heard_at,
        isPaused: row.paused_at !== null,
        mark: hash(`${conversation}\n${row.created_at ?? 0}`, 12),
      }
    )
  }

  /** Conversations with rows that the sender has not looked at, unless they are paused. */
  async behind(limit: number): Promise<readonly string[]> {
    return (await this.#database.read(selectBehind, { limit })).map((row) => row.conversation)
  }
}

const selectAddress = statement<{ conversation: string }>()((db, at) =>
  db
    .selectFrom('teams_addresses')
    .leftJoin('conversations', 'conversations.id', 'teams_addresses.conversation')
    .selectAll('teams_addresses')
    .select('conversations.created_at')
    .where('teams_addresses.conversation', '=', at('conversation')),
)

const selectBehind = statement<{ limit: number }>()((db, at) =>
  db
    .selectFrom('teams_addresses')
    .innerJoin('conversations', 'conversations.id', 'teams_addresses.conversation')
    .select('teams_addresses.conversation')
    .where('teams_addresses.paused_at', 'is', null)
    .whereRef('teams_addresses.sent_seq', '<', 'conversations.last_seq')
    .limit(at('limit')),
)
