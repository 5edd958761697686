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

/**
 * Our id of what one person and the bot say to one another in a thread of a team or a group chat (`place`), where each
 * has a conversation of their own. All of one place begin alike.
 */
export const sharedIdOf = (place: string, thread: string, person: string): string =>
  beginningOf(place) + hash(`${thread}\n${person}`, 22)

/** How the ids of a place's conversations begin. */
export const beginningOf = (place: string): string => `${prefix}group-${hash(place, 22)}-`

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
    { at, wrote }: { at: number; wrote: boolean },
  ): Promise<void> {
    await this.#database.write('keepTeamsAddress', {
      conversation,
      serviceUrl: address.serviceUrl,
      tenant: address.tenant ?? null,
      reference: JSON.stringify(address.reference),
      at,
      wrote,
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
      }
    )
  }

  /** Conversations with rows that the sender has not looked at, unless they are paused. */
  async behind(limit: number): Promise<readonly string[]> {
    return (await this.#database.read(selectBehind, { limit })).map((row) => row.conversation)
  }
}

const selectAddress = statement<{ conversation: string }>()((db, at) =>
  db.selectFrom('teams_addresses').selectAll().where('conversation', '=', at('conversation')),
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
