import type { Audience, Entry, History, Page, Posting, Sent, Span, Ticket, View } from '../history'

/** Numbers between 0 and 1. */
type Random = () => number

interface Made {
  readonly sent: Sent[]
  readonly views: View[]
  readonly log: Entry[]
  readonly talks: { id: string; lastSeq: number; botCursor: number }[]
  readonly spans: Span[]
  readonly tickets: Ticket[]
  readonly outbox: { cursors: { conversation: string; seq: number }[]; postings: Posting[] }
}

const everyone: readonly Audience[] = ['person', 'agents', 'bot']
const bothSides: readonly Audience[] = ['person', 'agents']

/** A history in which all is well: some conversations with everything in them that a server can be asked to do. */
export function makeHistory(random: Random): History {
  const made: Made = {
    sent: [],
    views: [],
    log: [],
    talks: [],
    spans: [],
    tickets: [],
    outbox: { cursors: [], postings: [] },
  }
  const conversations = 1 + Math.floor(random() * 3)
  for (let index = 0; index < conversations; index += 1) addTalk(made, `talk-${index}`, random)
  return made
}

function addTalk(made: Made, conversation: string, random: Random): void {
  const rows: Entry[] = []
  const waiting: number[] = []
  const polled: Page[] = []
  let now = 0
  let written = 0
  let watermark = 0
  const few = () => 2 + Math.floor(random() * 4)

  const append = (entry: Omit<Entry, 'conversation' | 'seq'>): number => {
    const seq = rows.length + 1
    rows.push({ conversation, seq, ...entry })
    return seq
  }
  const answer = () => {
    for (const answers of waiting.splice(0)) append({ from: 'bot', audience: bothSides, answers })
  }
  const send = (acks: number) => {
    written += 1
    const key = `${conversation}-${written}`
    const text = `words ${written}`
    const seq = append({ from: 'client', audience: everyone, key, text })
    const told = Array.from({ length: acks }, () => ({ seq, at: ++now }))
    made.sent.push({ conversation, key, text, acks: told })
    return seq
  }
  const poll = () => {
    const page = pageOf(rows, 'person', watermark, rows.length)
    watermark = page.watermark
    polled.push({ ...page, asked: ++now })
  }
  /** Somebody writes, the bot answers now or later, and they look. */
  const chat = (messages: number, isAnswered = true) => {
    for (let each = 0; each < messages; each += 1) {
      const seq = send(Math.floor(random() * 3))
      if (isAnswered) waiting.push(seq)
      if (random() < 0.5) answer()
      if (random() < 0.5) poll()
    }
  }

  waiting.push(append({ from: 'server', audience: ['bot'] }))
  answer()
  chat(few())
  waiting.push(send(1), send(2))
  answer()
  append({ from: 'server', audience: ['agents'] })
  chat(few())
  answer()
  // Never sent by anybody who knows of it, and one that was turned away.
  made.sent.push({ conversation, key: `${conversation}-lost`, text: 'lost', acks: [] })
  made.sent.push({ conversation, key: `${conversation}-no`, text: 'no', acks: [], isRefused: true })

  const queued = rows.length + 1
  chat(few())
  answer()
  const claimed = append({ from: 'server', audience: bothSides })
  chat(few(), false)
  append({ from: 'agent', by: 'ada', audience: everyone })
  const passed = append({ from: 'server', audience: bothSides })
  append({ from: 'agent', by: 'ben', audience: everyone })
  const closed = append({ from: 'server', audience: bothSides })
  chat(few())
  poll()
  answer()
  poll()

  const last = rows.length
  made.log.push(...rows)
  made.talks.push({ id: conversation, lastSeq: last, botCursor: last })
  const span = (owner: string, from: number, to?: number) =>
    made.spans.push({ conversation, owner, from, ...(to !== undefined && { to }) })
  span('bot', 1, queued)
  span('queue', queued, claimed)
  span('ada', claimed, passed)
  span('ben', passed, closed)
  span('bot', closed)
  made.tickets.push(
    { ...ticketOf(conversation, 'first', queued), ends: [{ state: 'closed', seq: closed }] },
    { ...ticketOf(conversation, 'second', closed + 1), ends: [{ state: 'helped', seq: last }] },
  )
  addViews(made, { conversation, rows, polled, random })
  addOutbox(made, conversation, rows)
}

const ticketOf = (conversation: string, name: string, opened: number) => ({
  id: `${conversation}-${name}`,
  conversation,
  opened,
})

function addViews(
  made: Made,
  {
    conversation,
    rows,
    polled,
    random,
  }: { conversation: string; rows: Entry[]; polled: Page[]; random: Random },
): void {
  const view = (reader: string, more: Omit<View, 'reader' | 'conversation'>) =>
    made.views.push({ reader: `${conversation} ${reader}`, conversation, ...more })
  const last = rows.length
  const half = Math.floor(last / 2)
  view('polls', { kind: 'polling', audience: 'person', from: 0, pages: polled })
  const [first, second] = [stream(rows, 0, half, random), stream(rows, half, last, random)]
  view('stream', { kind: 'stream', audience: 'person', from: 0, pages: first })
  // It was cut off, and came back with what it had.
  const from = first.at(-1)?.watermark ?? 0
  const rest = stream(rows, from, last, random)
  view('stream again', { kind: 'stream', audience: 'person', from, pages: rest })
  view('from afar', { kind: 'instance', audience: 'person', from: half, pages: second })
  view('from ahead', {
    kind: 'stream',
    audience: 'person',
    from: last + 100,
    isAhead: true,
    pages: stream(rows, half, last, random),
  })
  const transcript = (audience: 'person' | 'agents') => [pageOf(rows, audience, 0, last)]
  const whole = { from: 0, reachesEnd: true } as const
  view('end', { ...whole, kind: 'transcript', audience: 'person', pages: transcript('person') })
  view('console', { ...whole, kind: 'console', audience: 'agents', pages: transcript('agents') })
}

function addOutbox(made: Made, conversation: string, rows: readonly Entry[]): void {
  const due = rows.filter(({ from, audience }) => from !== 'client' && audience.includes('person'))
  made.outbox.cursors.push({ conversation, seq: rows.length })
  for (const [index, { seq }] of due.entries())
    made.outbox.postings.push({
      conversation,
      seq,
      ...(index === 1 ? { state: 'dead', reason: 'refused' } : { state: 'sent' }),
    })
  const arrived = due.filter((_row, index) => index !== 1).flatMap(({ seq }) => [{ seq }])
  const [one] = arrived
  made.views.push({
    reader: `${conversation} elsewhere`,
    kind: 'teams',
    conversation,
    audience: 'person',
    from: 0,
    mayRepeat: 1,
    // One came twice, as it may, and one was refused.
    pages: [{ watermark: 0, seen: one ? [{ ...one }, ...arrived] : arrived }],
  })
}

/** What is pushed: a few rows at a time. */
function stream(rows: readonly Entry[], from: number, to: number, random: Random): Page[] {
  const pages: Page[] = []
  for (let at = from; at < to;) {
    const next = Math.min(to, at + 2 + Math.floor(random() * 3))
    const page = pageOf(rows, 'person', at, next)
    if (page.seen.length > 0) pages.push(page)
    at = next
  }
  return pages
}

function pageOf(
  rows: readonly Entry[],
  audience: 'person' | 'agents',
  from: number,
  to: number,
): Page {
  const visible = rows.filter(
    (row) => row.seq > from && row.seq <= to && row.audience.includes(audience),
  )
  return {
    watermark: visible.at(-1)?.seq ?? from,
    seen: visible.map(({ seq, text }) => ({ seq, ...(text !== undefined && { text }) })),
  }
}
