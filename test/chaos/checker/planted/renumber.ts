import type { Entry, History } from '../history'

/** A history that may be changed. */
export type Draft = DeepWritable<History>
export type DraftEntry = DeepWritable<Entry>
type DeepWritable<T> = T extends object ? { -readonly [K in keyof T]: DeepWritable<T[K]> } : T

/** Takes a row out as if it had never been written: everybody counts without it. What clients were told stays. */
export function takeOut(history: Draft, conversation: string, seq: number): void {
  history.log = history.log.filter((row) => !(row.conversation === conversation && row.seq === seq))
  unsee(history, conversation, seq)
  renumber(history, conversation, (each) => (each >= seq ? each - 1 : each))
}

/** Nobody saw it, and nothing of it went elsewhere. */
export function unsee(history: Draft, conversation: string, seq: number): void {
  for (const view of history.views)
    if (view.conversation === conversation)
      for (const page of view.pages) page.seen = page.seen.filter((each) => each.seq !== seq)
  const { outbox } = history
  outbox.postings = outbox.postings.filter(
    (each) => !(each.conversation === conversation && each.seq === seq),
  )
}

/** Puts a row in behind another that is not the last, as if it had been written then: all readers here count with it and saw it. */
export function putIn(
  history: Draft,
  after: { readonly conversation: string; readonly seq: number },
  entry: Omit<DraftEntry, 'conversation' | 'seq'>,
): number {
  const { conversation } = after
  const seq = after.seq + 1
  renumber(history, conversation, (each) => (each >= seq ? each + 1 : each))
  const { text } = entry
  history.log.push({ conversation, seq, ...entry })
  const readers = history.views.filter(
    (view) =>
      view.conversation === conversation &&
      view.kind !== 'teams' &&
      entry.audience.includes(view.audience),
  )
  for (const view of readers) {
    const page = view.pages.find(
      ({ seen }) => (seen[0]?.seq ?? Infinity) < seq && (seen.at(-1)?.seq ?? 0) > seq,
    )
    const at = page?.seen.findIndex((each) => each.seq > seq) ?? -1
    // Between two of its pages: it begins the second.
    const next = page ?? view.pages.find(({ seen }) => (seen[0]?.seq ?? 0) > seq)
    const begins = view.isAhead ? (view.pages[0]?.seen[0]?.seq ?? Infinity) : view.from
    const isBehind = seq > begins
    if (next && isBehind)
      next.seen.splice(Math.max(at, 0), 0, { seq, ...(text !== undefined && { text }) })
  }
  return seq
}

/** Everything that names a row counts anew; only the acknowledgements of one that is gone stay as they were told. */
function renumber(history: Draft, conversation: string, to: (seq: number) => number): void {
  const isHere = (each: { conversation: string }) => each.conversation === conversation
  for (const row of history.log.filter(isHere)) {
    row.seq = to(row.seq)
    if (row.answers !== undefined) row.answers = to(row.answers)
  }
  const keys = new Map(history.log.filter(isHere).map((row) => [row.key, row.seq]))
  for (const each of history.sent.filter(isHere))
    for (const ack of each.acks) ack.seq = keys.get(each.key) ?? ack.seq
  for (const view of history.views.filter(isHere)) {
    if (!view.isAhead) view.from = to(view.from)
    for (const page of view.pages) {
      page.watermark = to(page.watermark)
      for (const each of page.seen) each.seq = to(each.seq)
    }
  }
  for (const talk of history.talks.filter(({ id }) => id === conversation)) {
    talk.lastSeq = to(talk.lastSeq)
    talk.botCursor = to(talk.botCursor)
  }
  for (const span of history.spans.filter(isHere)) {
    span.from = to(span.from)
    if (span.to !== undefined) span.to = to(span.to)
  }
  for (const ticket of history.tickets.filter(isHere)) {
    ticket.opened = to(ticket.opened)
    for (const end of ticket.ends) end.seq = to(end.seq)
  }
  for (const cursor of history.outbox.cursors.filter(isHere)) cursor.seq = to(cursor.seq)
  for (const posting of history.outbox.postings.filter(isHere)) posting.seq = to(posting.seq)
}
