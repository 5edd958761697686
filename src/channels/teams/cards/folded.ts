import {
  buttonsOf,
  resultInWords,
  type Press,
  type Reply,
  type RungReply,
} from '../../../../dialogs'
import type { Row } from '../../../conversations'

/** How a question went, and so what its card shows from then on. */
export type Folded =
  /** A fix whose result the bot has written down: one quiet line. */
  | { readonly as: 'result'; readonly words: string; readonly isGood: boolean }
  /** The answer that was pressed; a fix keeps its steps, since it may still be under way. */
  | { readonly as: 'chosen'; readonly label: string }
  /** It can't be answered by a press any more. */
  | { readonly as: 'over' }

/**
 * How each question in a stretch of the log is to be shown, by its row; the one that is open is missing. Of the log
 * alone: whoever reads the same rows comes to the same cards.
 */
export function foldedIn(rows: readonly Row[]): ReadonlyMap<number, Folded> {
  const folded = new Map<number, Folded>()
  for (const [index, row] of rows.entries()) {
    const reply = questionIn(row)
    const how = reply && howItWent(reply, row, rows.slice(index + 1))
    if (how) folded.set(row.seq, how)
  }
  return folded
}

function howItWent(reply: Reply, row: Row, after: readonly Row[]): Folded | undefined {
  if (reply.kind === 'rung') {
    const result = resultOf(reply, after.map(replyIn))
    if (result) return result
  }
  const next = after.findIndex(questionIn)
  const until = next < 0 ? after : after.slice(0, next)
  const label = chosenIn(reply, until)
  if (label !== undefined) return { as: 'chosen', label }
  if (next >= 0 || isPassed(reply, row, until)) return { as: 'over' }
  return undefined
}

/**
 * What the bot wrote down of this fix in what it said after it, up to where it is told again. The person may have
 * answered in words, long after, or more than once: the last word counts.
 */
function resultOf(
  rung: RungReply,
  after: readonly (Reply | undefined)[],
): Extract<Folded, { as: 'result' }> | undefined {
  const fixes = rung.together ?? [rung.fix]
  const again = after.findIndex((reply) => reply?.kind === 'rung' && reply.fix === rung.fix)
  // The reply that tells it again may say what became of it before.
  const heard = again < 0 ? after : after.slice(0, again + 1)
  const told = fixes.flatMap(
    (fix) => heard.findLast((reply) => reply?.results?.[fix])?.results?.[fix] ?? [],
  )
  const result = told.find((each) => each === 'helped') ?? told[0]
  if (result === undefined) return undefined
  const isCheck = rung.worked === undefined && rung.together === undefined
  const isGood = result === 'helped'
  return {
    as: 'result',
    words: isCheck && result === 'no_help' ? 'not found' : resultInWords(result),
    isGood,
  }
}

/** The button that was pressed, or whose very words were written, before anything else was asked. */
function chosenIn(reply: Reply, until: readonly Row[]): string | undefined {
  const buttons = buttonsOf(reply)
  const said = until.filter(isPersons)
  const press = said
    .map(({ body }) => pressIn(body?.value))
    .find((each) => each?.ask === askOf(reply))
  const pressed = press && buttons.find(({ answer }) => answer === press.answer)
  // A press of another card says the words of its own button.
  const [first] = said
  const words = pressIn(first?.body?.value) ? undefined : plain(first?.body?.text)
  return (pressed ?? buttons.find(({ label }) => plain(label) === words))?.label
}

/** A fix waits through whatever else is said. Any other question is over once the bot has answered other words; and all of the bot's once an agent speaks. */
function isPassed(reply: Reply, row: Row, until: readonly Row[]): boolean {
  const isAgents = row.body?.from.role === 'agent' || 'by' in reply
  if (!isAgents && until.some(({ body }) => body?.from.role === 'agent')) return true
  if (reply.kind === 'rung') return false
  const spoken = until.findIndex(isPersons)
  return spoken >= 0 && until.slice(spoken).some((each) => replyIn(each)?.kind === 'say')
}

const isPersons = ({ body }: Row): boolean => body?.type === 'message' && body.from.role === 'user'

const replyIn = (row: Row): Reply | undefined =>
  isPersons(row) ? undefined : row.body?.channelData?.fixladder

function questionIn(row: Row): Reply | undefined {
  const reply = replyIn(row)
  return reply && buttonsOf(reply).length > 0 ? reply : undefined
}

const askOf = (reply: Reply): number | undefined => ('ask' in reply ? reply.ask : undefined)

/** A press, as the channel let it through. */
function pressIn(value: unknown): Pick<Press, 'ask' | 'answer'> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { ask, answer } = value as Partial<Press>
  return typeof ask === 'number' && typeof answer === 'string' ? { ask, answer } : undefined
}

const plain = (text: string | undefined): string => (text ?? '').trim().toLowerCase()
