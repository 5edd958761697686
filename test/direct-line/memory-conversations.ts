import {
  rowId,
  type Appended,
  type Audience,
  type Conversation,
  type Conversations,
  type NewConversation,
  type NewRow,
  type Row,
} from '../../src/conversations'
import type { VisitorSecrets } from '../../src/channels/direct-line'
import { FixladderError } from '../../src/errors'

type Face = Pick<Conversations, 'create' | 'get' | 'append' | 'read' | 'watch'>

/** The log in memory, for tests of its readers and writers. `hints: false` loses every hint, as a database may. */
export class MemoryConversations implements Face {
  readonly rows = new Map<string, Row[]>()
  readonly known = new Map<string, NewConversation>()
  readonly #watchers = new Map<string, Set<(lastSeq: number) => void>>()
  hints = true
  isBroken = false

  async create(conversation: NewConversation, first: readonly NewRow[]) {
    this.#check()
    if (this.known.has(conversation.id)) return { created: false }
    this.known.set(conversation.id, conversation)
    this.rows.set(conversation.id, [])
    for (const row of first) await this.append(conversation.id, row)
    return { created: true }
  }

  async get(id: string): Promise<Conversation | undefined> {
    this.#check()
    const known = this.known.get(id)
    const lastSeq = this.rows.get(id)?.length ?? 0
    return (
      known && { ...known, lastSeq, botCursor: 0, holder: 'bot', holderVersion: 0, state: '{}' }
    )
  }

  async append(conversation: string, row: NewRow): Promise<Appended> {
    this.#check()
    const rows = this.rows.get(conversation)
    if (!rows) throw new FixladderError('conversation_unknown', `No conversation ${conversation}`)
    const same = rows.find(({ key }) => key !== undefined && key === row.key)
    if (same) return { seq: same.seq, id: same.id, duplicate: true }
    const seq = rows.length + 1
    rows.push({ ...row, seq, id: rowId(conversation, seq) })
    if (this.hints) this.#watchers.get(conversation)?.forEach((hint) => hint(seq))
    return { seq, id: rowId(conversation, seq), duplicate: false }
  }

  async read(
    conversation: string,
    { after, audience, limit = 100 }: { after: number; audience: Audience; limit?: number },
  ) {
    this.#check()
    const rows = this.rows.get(conversation) ?? []
    return rows.filter((row) => row.seq > after && row.audience.includes(audience)).slice(0, limit)
  }

  watch(conversation: string, onAppend: (lastSeq: number) => void): () => void {
    const watchers = this.#watchers.get(conversation) ?? new Set()
    this.#watchers.set(conversation, watchers.add(onAppend))
    return () => watchers.delete(onAppend)
  }

  #check() {
    if (this.isBroken) throw new FixladderError('storage_failed', 'disk full')
  }
}

/** Visitors' secrets in memory. */
export class MemorySecrets implements VisitorSecrets {
  readonly visitors = new Map<string, { conversation: string; user: string; expiresAt: number }>()
  readonly #tickets = new Set<string>()

  async keep(hash: string, visitor: { conversation: string; user: string; expiresAt: number }) {
    this.visitors.set(hash, visitor)
  }

  async find(hash: string, now: number) {
    const visitor = this.visitors.get(hash)
    return visitor && visitor.expiresAt > now ? visitor : undefined
  }

  async useTicket(id: string) {
    return !this.#tickets.has(id) && Boolean(this.#tickets.add(id))
  }
}
