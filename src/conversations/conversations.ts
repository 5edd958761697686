import { EventEmitter } from 'node:events'
import { sql } from 'kysely'
import { failPoint } from '../fail-points'
import { statement, type Database } from '../storage'
import type { Commit } from './commit'
import { rowId, type Audience, type Body, type NewRow, type Row, type RowKind } from './rows'
import { selectForgotten } from './statements'
import { audienceBits, audienceOf } from './writes'

/** A conversation as stored: who, over which channel, and how far its log goes. */
export interface Conversation {
  readonly id: string
  readonly channel: 'direct-line' | 'teams' | 'teams-group'
  readonly userId: string
  readonly userName?: string
  readonly locale?: string
  readonly lastSeq: number
  readonly botCursor: number
  readonly holder: 'bot' | 'queue' | 'agent'
  readonly holderVersion: number
  /** The bot's own state, as JSON. */
  readonly state: string
  /** Of several servers the one that runs its next turn. */
  readonly runner: string | null
}

export type NewConversation = Pick<
  Conversation,
  'id' | 'channel' | 'userId' | 'userName' | 'locale'
>

export interface Appended {
  readonly seq: number
  readonly id: string
  /** True when a row with the same key was there already; `seq` and `id` are that row's. */
  readonly duplicate: boolean
}

/** A conversation whose newest rows the bot has not read. */
export interface Behind {
  readonly id: string
  readonly botCursor: number
  /** Of several servers the one that runs its next turn. */
  readonly runner: string | null
}

/** Who wrote: this server, a turn that it ran of the conversation itself, or another server on the same database. */
export type Writer = 'this' | 'turn' | 'other'

export interface ExpireOptions {
  /** Milliseconds since 1970. */
  readonly before: number
  /** Nobody can begin it again before then; null where it may begin again at once. */
  readonly until: number | null
}

/** So many rows are read at once unless somebody asks for fewer. */
const mostRows = 1_000

/** The conversations and their logs: append, read, and hints that something was appended. */
export class Conversations {
  readonly #database: Database
  readonly #now: () => number
  readonly #removeFiles: (ids: readonly string[]) => Promise<void>
  readonly #hints = new EventEmitter().setMaxListeners(0)

  /** `removeFiles` removes the bytes of files that were erased. */
  constructor(
    database: Database,
    now: () => number = Date.now,
    removeFiles: (ids: readonly string[]) => Promise<void> = async () => {},
  ) {
    this.#database = database
    this.#now = now
    this.#removeFiles = removeFiles
    database.peers?.onTold((signal) => {
      if ('appended' in signal) this.#emit(signal.appended, signal.seq, 'other')
    })
  }

  /** Makes the conversation with its first rows; durable when it resolves. `created` is false when it was there already: then nothing is written. Throws `conversation_unknown` for one that was erased. */
  async create(
    conversation: NewConversation,
    first: readonly NewRow[],
  ): Promise<{ created: boolean }> {
    const result = await this.#database.write('createConversation', {
      conversation,
      first,
      at: this.#now(),
    })
    if (result.created && first.length > 0) this.#hint(conversation.id, first.length)
    return result
  }

  async get(id: string): Promise<Conversation | undefined> {
    const [found] = await this.#database.read(selectConversation, { id })
    if (!found) return undefined
    return {
      id: found.id,
      channel: found.channel,
      userId: found.user_id,
      ...(found.user_name === null ? {} : { userName: found.user_name }),
      ...(found.locale === null ? {} : { locale: found.locale }),
      lastSeq: found.last_seq,
      botCursor: found.bot_cursor,
      holder: found.holder,
      holderVersion: found.holder_version,
      state: found.state,
      runner: found.runner,
    }
  }

  /** Appends one row; durable when it resolves. Throws `conversation_unknown` or `storage_failed`. */
  async append(conversation: string, row: NewRow): Promise<Appended> {
    const { seq, duplicate } = await this.#database.write('append', { conversation, row })
    failPoint('append-committed')
    if (!duplicate) this.#hint(conversation, seq)
    return { seq, id: rowId(conversation, seq), duplicate }
  }

  /** Applies a turn's commit, and gives whether there is more for the bot. Throws with code `commit_lost` when the conversation moved on meanwhile. */
  async commit(commit: Commit): Promise<{ hasMore: boolean }> {
    const { lastSeq, hasMore } = await this.#database.write('commit', commit)
    failPoint('commit-done')
    this.#hint(commit.conversation, lastSeq, 'turn')
    if (commit.moved) this.#hint(commit.moved.to, 0)
    return { hasMore }
  }

  /** Erases the conversation with all that hangs on it; nobody can begin it again before `until`, when its last token has ended. */
  async forget(id: string, until: number): Promise<void> {
    const erased = { conversation: id, at: this.#now(), until }
    const { files } = await this.#database.write('forgetConversation', erased)
    await this.erased([id], files)
  }

  /** Erases one that has been silent since `before`, unless something is still to come in it; what its fixes came to stays. Whether it was erased. */
  async expire(id: string, { before, until }: ExpireOptions): Promise<boolean> {
    const expiry = { conversation: id, at: this.#now(), before, until }
    const erased = await this.#database.write('expireConversation', expiry)
    if (!erased) return false
    await this.erased([id], erased.files)
    return true
  }

  /** Tells the readers that conversations are no more, and removes the bytes of the files that were in them. */
  async erased(ids: readonly string[], files: readonly string[]): Promise<void> {
    for (const id of ids) this.#hint(id, 0)
    if (files.length > 0) await this.#removeFiles(files)
  }

  /** Whether it was erased lately. */
  async isForgotten(id: string): Promise<boolean> {
    return (await this.#database.read(selectForgotten, { id })).length > 0
  }

  /** Rows after `after` that `audience` may read, in order. */
  async read(
    conversation: string,
    { after, audience, limit = mostRows }: { after: number; audience: Audience; limit?: number },
  ): Promise<readonly Row[]> {
    const rows = await this.#database.read(selectRows, {
      conversation,
      after,
      mask: audienceBits([audience]),
      limit,
    })
    return rows.map((row) => ({
      seq: row.seq,
      id: rowId(conversation, row.seq),
      at: row.at,
      kind: row.kind as RowKind,
      audience: audienceOf(row.audience),
      ...(row.target_seq === null ? {} : { target: rowId(conversation, row.target_seq) }),
      ...(row.key === null ? {} : { key: row.key }),
      body: row.body === null ? null : (JSON.parse(row.body) as Body),
    }))
  }

  /** How far each of these logs goes; those of no conversation are missing. At most `askedTogether` at once. */
  async newest(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (ids.length > askedTogether) throw new RangeError(`${ids.length} ids are too many at once.`)
    const places = Object.fromEntries(placesForIds.map((place, at) => [place, ids[at] ?? '']))
    const rows = await this.#database.read(selectNewest, places)
    return new Map(rows.map(({ id, last_seq }) => [id, last_seq]))
  }

  /** Conversations whose newest rows the bot has not read. */
  async behind(limit = mostRows): Promise<readonly Behind[]> {
    const rows = await this.#database.read(selectBehind, { limit })
    return rows.map(({ id, bot_cursor, runner }) => ({ id, botCursor: bot_cursor, runner }))
  }

  /** Calls back soon after rows were appended to one conversation (a hint: readers also poll). Returns how to stop. */
  watch(conversation: string, onAppend: (lastSeq: number) => void): () => void {
    this.#hints.on(hintOf(conversation), onAppend)
    return () => this.#hints.off(hintOf(conversation), onAppend)
  }

  /** The same for all conversations, with who it was that wrote. */
  watchAll(onAppend: (conversation: string, by: Writer) => void): () => void {
    this.#hints.on(everyConversation, onAppend)
    return () => this.#hints.off(everyConversation, onAppend)
  }

  /** Tells the readers that somebody else wrote to this conversation. */
  appended(conversation: string, lastSeq: number): void {
    this.#hint(conversation, lastSeq)
  }

  #hint(conversation: string, lastSeq: number, by: Writer = 'this'): void {
    this.#emit(conversation, lastSeq, by)
    this.#database.peers?.tell({ appended: conversation, seq: lastSeq })
  }

  #emit(conversation: string, lastSeq: number, by: Writer): void {
    this.#hints.emit(hintOf(conversation), lastSeq)
    this.#hints.emit(everyConversation, conversation, by)
  }
}

const everyConversation = Symbol('every conversation')
/** No name that comes from elsewhere is one that means something to an emitter. */
const hintOf = (conversation: string): string => `of ${conversation}`

const selectConversation = statement<{ id: string }>()((db, at) =>
  db.selectFrom('conversations').selectAll().where('id', '=', at('id')),
)

/** Conversations that `newest` takes at once. */
export const askedTogether = 100

const placesForIds = Array.from({ length: askedTogether }, (_none, at) => `id${at}`)
/** Always as many places, so that the engine prepares it once. */
const selectNewest = statement<Record<string, string>>()((db, at) =>
  db
    .selectFrom('conversations')
    .select(['id', 'last_seq'])
    .where(
      'id',
      'in',
      placesForIds.map((place) => at(place)),
    ),
)

const selectRows = statement<{
  conversation: string
  after: number
  mask: number
  limit: number
}>()((db, at) =>
  db
    .selectFrom('log')
    .select(['seq', 'at', 'kind', 'audience', 'target_seq', 'key', 'body'])
    .where('conversation', '=', at('conversation'))
    .where('seq', '>', at('after'))
    // An audience is stored as bits; Kysely has no operator for "shares a bit with".
    .where((column) => sql<boolean>`(${column.ref('audience')} & ${at('mask')}) <> 0`)
    .orderBy('seq')
    .limit(at('limit')),
)

const selectBehind = statement<{ limit: number }>()((db, at) =>
  db
    .selectFrom('conversations')
    .select(['id', 'bot_cursor', 'runner'])
    .whereRef('bot_cursor', '<', 'last_seq')
    .limit(at('limit')),
)
