import { say } from '../../dialogs'
import type { Body } from '../../src/conversations'
import { endStates } from '../../src/handoff/ticket'
import type {
  Audience,
  Entry,
  History,
  Outbox,
  Posting,
  Span,
  Talk,
  Ticket,
} from './checker/history'

/** Rows of the tables, from whichever engine, as the checker takes them. */
export interface StoredRows {
  readonly conversations: readonly { id: string; last_seq: number; bot_cursor: number }[]
  readonly log: readonly {
    conversation: string
    seq: number
    kind: string
    audience: number
    key: string | null
    body: string | null
  }[]
  readonly handoffs: readonly {
    id: string
    conversation: string
    state: string
    created_at: number
    ended_at: number | null
  }[]
  readonly teams_addresses: readonly {
    conversation: string
    sent_seq: number
    paused_at: number | null
  }[]
  readonly teams_deliveries: readonly {
    conversation: string
    seq: number
    result: string
    activity_id: string | null
  }[]
}

export interface Stored extends Pick<History, 'log' | 'talks' | 'spans' | 'tickets' | 'outbox'> {
  /** By the ids that Teams gave to what arrived: which rows they are. */
  readonly arrived: ReadonlyMap<string, number>
  /** Conversations to which nothing is sent until their person writes. */
  readonly paused: readonly string[]
}

/** What the database holds, in the checker's words. */
export const asStored = (rows: StoredRows): Stored => ({
  log: rows.log.map(asEntry),
  talks: rows.conversations.map(asTalk),
  spans: spansOf(rows.log),
  tickets: rows.handoffs.map(asTicket),
  outbox: asOutbox(rows),
  paused: rows.teams_addresses.flatMap(({ conversation, paused_at: at }) =>
    at === null ? [] : [conversation],
  ),
  arrived: new Map(
    rows.teams_deliveries.flatMap(({ activity_id: id, seq }) =>
      id === null ? [] : [[id, Number(seq)] as const],
    ),
  ),
})

const asTalk = (row: StoredRows['conversations'][number]): Talk => ({
  id: row.id,
  lastSeq: Number(row.last_seq),
  botCursor: Number(row.bot_cursor),
})

function asEntry({ conversation, seq, audience, key, body }: StoredRows['log'][number]): Entry {
  const said = body === null ? null : (JSON.parse(body) as Body)
  const isShown = said !== null && ['message', 'event', 'endOfConversation'].includes(said.type)
  const isClients = said?.from.role === 'user' && said.type === 'message'
  const answers = said?.from.role === 'bot' ? said.replyToId : undefined
  return {
    conversation,
    seq: Number(seq),
    audience: audienceOf(Number(audience)).filter((who) => who !== 'person' || isShown),
    from: isClients ? 'client' : fromOf(said?.from.role, answers),
    ...(said?.from.role === 'agent' && { by: said.from.name ?? said.from.id }),
    // A client's key stands behind what tells it from our own.
    ...(isClients && key !== null && { key: key.slice(key.indexOf(':') + 1) }),
    ...(isClients && said.text !== undefined && { text: said.text }),
    ...(answers !== undefined && { answers: seqOf(answers) }),
  }
}

function fromOf(role: string | undefined, answers: string | undefined): Entry['from'] {
  if (role === 'agent') return 'agent'
  return answers === undefined ? 'server' : 'bot'
}

const bits: readonly (readonly [Audience, number])[] = [
  ['person', 1],
  ['agents', 2],
  ['bot', 4],
]
const audienceOf = (stored: number): Audience[] =>
  bits.flatMap(([who, bit]) => ((stored & bit) === 0 ? [] : [who]))

/** The number in an id: `abc|0000007` is the seventh row. */
export const seqOf = (id: string): number => Number(id.slice(id.lastIndexOf('|') + 1))

/** Who had each conversation from which row on, as its person is told. Before an agent comes it is the bot's. */
function spansOf(log: StoredRows['log']): Span[] {
  const spans = new Map<
    string,
    { conversation: string; owner: string; from: number; to?: number }[]
  >()
  for (const { conversation, seq, body } of log.toSorted((a, b) => Number(a.seq) - Number(b.seq))) {
    const known = spans.get(conversation) ?? [{ conversation, owner: 'bot', from: 1 }]
    spans.set(conversation, known)
    const owner = body === null ? undefined : newOwner(JSON.parse(body) as Body)
    const last = known.at(-1)
    if (owner === undefined || !last) continue
    last.to = Number(seq)
    known.push({ conversation, owner, from: Number(seq) })
  }
  return [...spans.values()].flat()
}

function newOwner({ channelData }: Body): string | undefined {
  const reply = channelData?.fixladder
  if (reply?.kind !== 'system') return undefined
  const named = [say.agentJoined, say.agentChanged].flatMap((words) => nameIn(words, reply.text))
  if (named[0] !== undefined) return named[0]
  if (nameIn(say.agentLeft, reply.text).length > 0) return 'bot'
  const isReleased = nameIn(say.agentReleased, reply.text).length > 0
  return isReleased || reply.text === say.agentLost ? 'queue' : undefined
}

/** The name that was put into a sentence. */
function nameIn(sentence: (name: string) => string, text: string): string[] {
  const [before = '', after = ''] = sentence('\n').split('\n')
  const isIt =
    text.startsWith(before) && text.endsWith(after) && text.length > (before + after).length
  return isIt ? [text.slice(before.length, text.length - after.length)] : []
}

const ends: ReadonlySet<string> = new Set(endStates)

/** The order of tickets is told by time. */
const asTicket = (row: StoredRows['handoffs'][number]): Ticket => ({
  id: row.id,
  conversation: row.conversation,
  opened: Number(row.created_at),
  ends: ends.has(row.state)
    ? [{ state: row.state, seq: Number(row.ended_at ?? row.created_at) }]
    : [],
})

const asOutbox = (rows: StoredRows): Outbox => ({
  cursors: rows.teams_addresses.map(({ conversation, sent_seq: seq }) => ({
    conversation,
    seq: Number(seq),
  })),
  postings: rows.teams_deliveries.map(asPosting),
})

function asPosting({ conversation, seq, result }: StoredRows['teams_deliveries'][number]): Posting {
  const place = { conversation, seq: Number(seq) }
  switch (result) {
    case 'sent':
      return { ...place, state: 'sent' }
    case 'refused':
    case 'unknown':
      return { ...place, state: 'dead', reason: result }
    default:
      return { ...place, state: 'waiting' }
  }
}
