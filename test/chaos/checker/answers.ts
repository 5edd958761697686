import type { Note, Part } from './check'
import type { Entry, Span } from './history'

/** I7: the bot has read everything, and every message has its answer, once. */
export function checkAnswers({ talk, sent, log, spans }: Part, note: Note): void {
  const answers = new Map<number, Entry[]>()
  for (const row of log) {
    if (row.from !== 'bot' || row.answers === undefined) continue
    answers.set(row.answers, [...(answers.get(row.answers) ?? []), row])
    if (row.answers >= row.seq) note('I7', `it answers ${row.answers}, which came later`, row.seq)
  }
  const wanted = new Map(sent.map(({ key, replies = 1 }) => [key, replies]))
  const checked = new Set<string>()
  for (const row of log) {
    const { seq, key } = row
    // Only the first row of a key is the message: others are doubled, which is noted elsewhere.
    const expected =
      row.from === 'client' && key !== undefined && !checked.has(key) ? wanted.get(key) : undefined
    if (key !== undefined) checked.add(key)
    const given = answers.get(seq) ?? []
    const times = expected === undefined ? turnsIn(given) : given.length
    if (times > (expected ?? 1)) note('I7', `${key ?? seq} was answered ${times} times`, seq)
    else if (expected !== undefined && times < expected && !isWithheld(row, spans, answers))
      note('I7', `${key ?? seq} was answered ${times} times, not ${expected}`, seq)
  }
  if (talk && talk.botCursor < talk.lastSeq)
    note('I7', `the bot has read up to ${talk.botCursor} of ${talk.lastSeq}`, talk.botCursor)
}

/** The rows of one turn follow one another. */
const turnsIn = (rows: readonly Entry[]): number =>
  rows.filter(({ seq }, index) => rows[index - 1]?.seq !== seq - 1).length

/** An agent has the chat, or took it before the bot came to this row. */
function isWithheld(
  { seq }: Entry,
  spans: readonly Span[],
  answers: ReadonlyMap<number, readonly Entry[]>,
): boolean {
  const given = [...answers.values()].flat().map((row) => row.seq)
  return spans.some(
    ({ owner, from, to = Infinity }) =>
      owner !== 'bot' &&
      owner !== 'queue' &&
      to > seq &&
      (from <= seq || !given.some((answer) => answer > seq && answer < from)),
  )
}
