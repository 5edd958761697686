import type { Note, Part } from './check'
import type { Seen, View } from './history'

/** I2 to I6, and I10, of what readers saw: only what is there, all of it, in its order, and what was acknowledged at once. */
export function checkViews(part: Part, note: Note): void {
  for (const view of part.views) {
    const told: Note = (invariant, words, seq) =>
      note(invariant, `${view.reader} (${view.kind}): ${words}`, seq)
    checkWatermarks(view, told)
    checkSeen(part, view, told)
    if (view.kind === 'teams') checkArrivals(part, view, told)
    else {
      checkHoles(part, view, told)
      checkOwnWrites(part, view, told)
    }
  }
}

function checkWatermarks({ from, isAhead, pages }: View, note: Note): void {
  let last = isAhead ? 0 : from
  for (const { watermark } of pages) {
    if (watermark < last) note('I5', `its watermark went from ${last} to ${watermark}`, watermark)
    last = Math.max(last, watermark)
  }
}

function checkSeen({ bySeq }: Part, view: View, note: Note): void {
  const seen = seenIn(view)
  for (const { seq, text } of seen) {
    const row = bySeq.get(seq)
    if (!row) note('I2', `it saw ${seq}, which is not there`, seq)
    else if (!row.audience.includes(view.audience))
      note('I4', `it saw ${seq}, which is not for it`, seq)
    else if (row.from === 'client' && text !== undefined && text !== row.text)
      note('I4', `it saw "${text}" in the place of "${row.text}"`, seq)
  }
  checkSteps(view, seen, note)
}

const seenIn = ({ pages }: View): readonly Seen[] => pages.flatMap(({ seen }) => seen)

/** Each row is seen after those before it. What arrives elsewhere may come again at once where nobody knew that it had. */
function checkSteps({ mayRepeat = 0 }: View, seen: readonly Seen[], note: Note): void {
  let repeats = 0
  for (const [index, { seq }] of seen.entries()) {
    const before = seen[index - 1]?.seq
    if (before === undefined || before < seq) continue
    if (before > seq) note('I4', `it saw ${seq} after ${before}`, seq)
    else if (mayRepeat === 0) note('I3', `it saw ${seq} twice`, seq)
    else repeats += 1
  }
  if (repeats > mayRepeat && mayRepeat > 0)
    note('I3', `${repeats} rows came twice, of which ${mayRepeat} may`)
}

function checkHoles({ log }: Part, view: View, note: Note): void {
  const seen = seenIn(view)
  const { audience, isAhead, reachesEnd } = view
  const visible = log.filter((row) => row.audience.includes(audience))
  const from = isAhead ? (seen[0]?.seq ?? Infinity) - 1 : view.from
  const reached = Math.max(endOf(view), newest(seen))
  const known = new Set(seen.map(({ seq }) => seq))
  const missing = visible.filter(({ seq }) => seq > from && seq <= reached && !known.has(seq))
  for (const { seq } of missing) note('I4', `it passed ${seq} without seeing it`, seq)
  const last = visible.at(-1)?.seq ?? 0
  if (reachesEnd && last > reached)
    note('I4', `it ended at ${reached}, and the log at ${last}`, last)
}

/** What was noted as sent has arrived. */
function checkArrivals({ outbox }: Part, view: View, note: Note): void {
  const arrived = new Set(seenIn(view).map(({ seq }) => seq))
  for (const { seq, state } of outbox.postings)
    if (state === 'sent' && !arrived.has(seq))
      note('I10', 'it was noted as sent and did not arrive', seq)
}

const endOf = ({ from, isAhead, pages }: View): number =>
  pages.reduce((most, { watermark }) => Math.max(most, watermark), isAhead ? 0 : from)

const newest = (seen: readonly Seen[]): number =>
  seen.reduce((most, { seq }) => Math.max(most, seq), 0)

/** Whatever was acknowledged before a page was asked for is in it, or was seen before. */
function checkOwnWrites({ sent, bySeq }: Part, { from, isAhead, pages }: View, note: Note): void {
  const acked = sent
    .flatMap(({ key, acks: [ack] }) =>
      ack?.seq !== undefined && bySeq.get(ack.seq)?.key === key
        ? [{ key, seq: ack.seq, at: ack.at }]
        : [],
    )
    .toSorted((a, b) => b.seq - a.seq)
  let reached = isAhead ? Infinity : from
  for (const { asked, watermark, seen } of pages) {
    reached = Math.max(reached, watermark, newest(seen))
    if (asked === undefined) continue
    for (const { key, seq, at } of acked) {
      if (seq <= reached) break
      if (at < asked)
        note('I6', `${key} was acknowledged, and is not in what was asked for after it`, seq)
    }
  }
}
