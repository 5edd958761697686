import { agentEvent, handoffClosedEvent, say, type AgentAct, type Brief } from '../../dialogs'
import type { Conversations } from '../conversations'
import { statement, type Database } from '../storage'
import type { Desk } from './attendance'
import type { Agent, Command, Line, Ticket } from './ticket'
import { asTicket } from './ticket-rows'
import type { CommandResult } from './writes'

/** A case that was passed to people, as the desk sees it. */
export interface Handoff extends Ticket {
  readonly id: string
  readonly conversation: string
  readonly reason: string
  readonly brief: Brief
  readonly createdAt: number
  /** Where the person can be answered outside the chat. */
  readonly replyTo?: string
}

/** What may come with a command. */
export interface CommandDetails {
  /** The version that the sender saw: the command counts only if the ticket is still so. */
  readonly version?: number
  /** Where the agent works who gives it. */
  readonly desk?: Desk
  /** Made by the sender, so that what is sent twice is written once. */
  readonly key?: string
  /** To the person. */
  readonly message?: string
  /** On the ladder. */
  readonly act?: AgentAct
  /** To other agents. */
  readonly note?: string
  /** Of closing: what fixed it (a fix, `other` or `nothing`), and what it was, in the agent's words. */
  readonly fixed?: { readonly by: string; readonly words?: string }
}

/** Without a rung the bot goes on wherever the ladder stands. */
const returning: AgentAct = { does: 'return' }

/** The hand-offs that were written down, and what people do with them. */
export class Handoffs {
  readonly #database: Database
  readonly #conversations: Conversations
  readonly #now: () => number

  constructor(options: { database: Database; conversations: Conversations; now: () => number }) {
    this.#database = options.database
    this.#conversations = options.conversations
    this.#now = options.now
  }

  /**
   * Every command of every desk goes through here: it is decided and written in one transaction, or refused with the
   * reason. Throws `handoff_unknown`.
   */
  async command(id: string, command: Command, given: CommandDetails = {}): Promise<CommandResult> {
    const { act = command.command === 'return' ? returning : undefined, ...details } = given
    const result = await this.#database.write('commandTicket', {
      id,
      command,
      at: this.#now(),
      lines: linesOf(command),
      events: eventsForBot,
      ...(act && { act }),
      ...details,
    })
    if (!('refused' in result)) this.#conversations.appended(result.conversation, result.seq)
    return result
  }

  /** A remark for the agents. Throws `handoff_unknown`. */
  async note(
    id: string,
    { by, text, key }: { by: Agent; text: string; key?: string },
  ): Promise<void> {
    const { conversation, seq } = await this.#database.write('noteOnTicket', {
      id,
      by,
      text,
      ...(key !== undefined && { key }),
      at: this.#now(),
    })
    this.#conversations.appended(conversation, seq)
  }

  async newest(limit = 100): Promise<readonly Handoff[]> {
    return (await this.#database.read(selectNewest, { limit })).map(asHandoff)
  }

  async get(id: string): Promise<Handoff | undefined> {
    const [row] = await this.#database.read(selectOne, { id })
    return row && asHandoff(row)
  }

  /** The name of the agent who has this conversation now. */
  async agentOf(conversation: string): Promise<string | undefined> {
    const [open] = await this.#database.read(selectAgentOf, { conversation })
    return open?.state === 'held' ? (open.agent_name ?? undefined) : undefined
  }

  /** Those that nobody was told of yet. */
  async unannounced(): Promise<readonly Handoff[]> {
    return (await this.#database.read(selectUnannounced, {})).map(asHandoff)
  }

  async noteAnnounced(id: string, at: number): Promise<void> {
    await this.#database.write('noteAnnounced', { id, at })
  }
}

/** Names of the events by which the bot hears what agents do. */
export const eventsForBot = { closed: handoffClosedEvent, act: agentEvent }

/** How the person is told of what a command does. */
export function linesOf(command: Command): Readonly<Record<Line, string>> {
  const { name } = 'by' in command ? command.by : nobody
  return {
    joined: say.agentJoined(name),
    left: say.agentLeft(name),
    transferred: say.agentChanged(command.command === 'transfer' ? command.to.name : name),
    requeued: say.agentReleased(name),
  }
}
const nobody: Agent = { id: '', name: '' }

interface HandoffRow {
  readonly id: string
  readonly conversation: string
  readonly reason: string
  readonly brief: string
  readonly created_at: number
  readonly state: string
  readonly version: number
  readonly agent_id: string | null
  readonly agent_name: string | null
  readonly ended_at: number | null
  readonly reply_to: string | null
}

const asHandoff = (row: HandoffRow): Handoff => ({
  id: row.id,
  conversation: row.conversation,
  reason: row.reason,
  // Written by us from a Brief, in the same transaction as the hand-off itself.
  brief: JSON.parse(row.brief) as Brief,
  createdAt: row.created_at,
  ...(row.reply_to === null ? {} : { replyTo: row.reply_to }),
  ...asTicket(row),
})

const columns = [
  'id',
  'conversation',
  'reason',
  'brief',
  'created_at',
  'state',
  'version',
  'agent_id',
  'agent_name',
  'ended_at',
  'reply_to',
] as const

const selectNewest = statement<{ limit: number }>()((db, at) =>
  db.selectFrom('handoffs').select(columns).orderBy('created_at', 'desc').limit(at('limit')),
)
const selectOne = statement<{ id: string }>()((db, at) =>
  db.selectFrom('handoffs').select(columns).where('id', '=', at('id')),
)
// The condition is that of the index, which has the open ticket of each conversation.
const selectAgentOf = statement<{ conversation: string }>()((db, at) =>
  db
    .selectFrom('handoffs')
    .select(['state', 'agent_name'])
    .where('conversation', '=', at('conversation'))
    .where('state', 'in', ['queued', 'held']),
)
const selectUnannounced = statement<Record<string, never>>()((db) =>
  db
    .selectFrom('handoffs')
    .select(columns)
    .where('announced_at', 'is', null)
    .orderBy('created_at')
    .limit(100),
)
