import { say, type Brief } from '../../dialogs'
import type { Conversations } from '../conversations'
import { statement, type Database } from '../storage'

/** A case that was passed to people, as the desk sees it. */
export interface Handoff {
  readonly id: string
  readonly conversation: string
  readonly reason: string
  readonly brief: Brief
  readonly state: string
  readonly createdAt: number
}

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

  /** Answers the person in their chat. The first answer takes the conversation over from the bot; the same `key` again is the same answer. Throws `handoff_unknown`, `handoff_closed`. */
  async answer(id: string, text: string, key?: string): Promise<void> {
    const { conversation, seq } = await this.#database.write('answerHandoff', {
      id,
      text,
      ...(key === undefined ? {} : { key }),
      at: this.#now(),
      joined: say.agentJoined,
    })
    this.#conversations.appended(conversation, seq)
  }

  /** Gives the conversation back to the bot. Throws `handoff_unknown`, `handoff_closed`. */
  async returnToBot(id: string): Promise<void> {
    const { conversation, seq } = await this.#database.write('returnToBot', {
      id,
      at: this.#now(),
      left: say.agentLeft,
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

  /** Those that nobody was told of yet. */
  async unannounced(): Promise<readonly Handoff[]> {
    return (await this.#database.read(selectUnannounced, {})).map(asHandoff)
  }

  async noteAnnounced(id: string, at: number): Promise<void> {
    await this.#database.write('noteAnnounced', { id, at })
  }
}

interface HandoffRow {
  id: string
  conversation: string
  reason: string
  brief: string
  state: string
  created_at: number
}

const asHandoff = ({ created_at, brief, ...row }: HandoffRow): Handoff => ({
  ...row,
  // Written by us from a Brief, in the same transaction as the hand-off itself.
  brief: JSON.parse(brief) as Brief,
  createdAt: created_at,
})

const columns = ['id', 'conversation', 'reason', 'brief', 'state', 'created_at'] as const

const selectNewest = statement<{ limit: number }>()((db, at) =>
  db.selectFrom('handoffs').select(columns).orderBy('created_at', 'desc').limit(at('limit')),
)
const selectOne = statement<{ id: string }>()((db, at) =>
  db.selectFrom('handoffs').select(columns).where('id', '=', at('id')),
)
const selectUnannounced = statement<Record<string, never>>()((db) =>
  db
    .selectFrom('handoffs')
    .select(columns)
    .where('announced_at', 'is', null)
    .orderBy('created_at')
    .limit(100),
)
