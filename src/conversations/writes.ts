import { keepRating } from '../handoff/ratings'
import { noteAnswered, noteAwaited } from '../handoff/attendance-rows'
import {
  endByPerson,
  keepCaseOf,
  keepClosingBrief,
  keepReplyAddress,
  openTicket,
} from '../handoff/ticket-rows'
import { changeWaits } from '../incidents/waits'
import { addUnmatched } from '../insights/writes'
import { failPoint } from '../fail-points'
import { noteHappenings } from '../ledger/writes'
import { Refused, type Tx } from '../storage'
import type { Commit, Timer } from './commit'
import type { NewConversation } from './conversations'
import type { Audience, NewRow } from './rows'
import {
  countDeath,
  countUp,
  countUpPastBot,
  dropTimer,
  findByKey,
  insertConversation,
  insertRow,
  insertTimer,
  moveOn,
  selectForgotten,
  selectLives,
  takeOver,
  takeTimer,
} from './statements'

/** What changes conversations, their logs and what hangs on them. Runs inside the storage worker's transactions. */
export const conversationWrites = {
  createConversation,
  append,
  commit,
  noteDeath,
  fireTimer,
}

export interface Created {
  readonly created: boolean
}

async function createConversation(
  tx: Tx,
  input: { conversation: NewConversation; first: readonly NewRow[]; at: number },
): Promise<Created> {
  const { id, channel, userId, userName, locale } = input.conversation
  if ((await tx.run(selectForgotten, { id })).length > 0) throw unknown(id)
  const inserted = await tx.run(insertConversation, {
    id,
    channel,
    user: userId,
    name: userName ?? null,
    locale: locale ?? null,
    at: input.at,
  })
  if (inserted.length === 0) return { created: false }
  for (const row of input.first) await append(tx, { conversation: id, row })
  return { created: true }
}

/** Appends a row, unless one with its key is there already: then that one is named. */
export async function append(
  tx: Tx,
  { conversation, row }: { conversation: string; row: NewRow },
): Promise<{ seq: number; duplicate: boolean }> {
  const forBot = row.audience.includes('bot')
  const { at: now, key = null } = row
  const [counted] = forBot
    ? await tx.run(countUp, { conversation, key, now, runner: tx.server ?? null })
    : await tx.run(countUpPastBot, { conversation, key, now })
  if (!counted) {
    const [known] = key === null ? [] : await tx.run(findByKey, { conversation, key })
    if (known) return { seq: known.seq, duplicate: true }
    throw unknown(conversation)
  }
  await insert(tx, conversation, counted.last_seq, counted.last_at, row)
  if (counted.holder === 'agent' && isPersons(row))
    await noteAwaited(tx, { conversation, at: row.at })
  failPoint('append-written')
  return { seq: counted.last_seq, duplicate: false }
}

/** Whether the person says something with it. */
const isPersons = ({ body }: NewRow): boolean =>
  body?.type === 'message' && body.from.role === 'user'

/** Whether an agent says something with it. */
const isAgents = ({ body, audience }: NewRow): boolean =>
  body?.from.role === 'agent' && audience.includes('person')

/** Applies a turn's commit by compare-and-set. Refused as `commit_lost` when cursor or holder moved meanwhile. */
async function commit(tx: Tx, input: Commit): Promise<{ lastSeq: number; hasMore: boolean }> {
  const { conversation } = input
  const [moved] = await tx.run(moveOn, {
    conversation,
    from: input.cursor.from,
    to: input.cursor.to,
    version: input.holderVersion,
    rows: input.rows.length,
    now: input.at,
    state: input.state ?? null,
    holder: input.handoff ? 'queue' : input.handoffEnds ? 'bot' : null,
    steps: input.handoff || input.handoffEnds ? 1 : 0,
  })
  if (!moved)
    throw new Refused('commit_lost', `Conversation ${conversation} moved on during the turn.`)
  failPoint('commit-half')
  const first = moved.last_seq - input.rows.length + 1
  for (const [index, row] of input.rows.entries())
    await insert(tx, conversation, first + index, moved.last_at, row)
  if (input.rows.some(isAgents)) await noteAnswered(tx, { conversation })
  await setTimers(tx, conversation, input.timers)
  await noteHappenings(tx, { conversation, at: input.at }, input.happenings ?? [])
  for (const phrase of input.unmatched ?? [])
    await addUnmatched(tx, { conversation, seq: input.cursor.to, at: input.at, phrase })
  if (input.waits) await changeWaits(tx, { conversation, at: input.at, waits: input.waits })
  if (input.handoff) {
    const { id, caseId, reason, brief, isKept } = input.handoff
    await openTicket(tx, {
      id,
      conversation,
      caseId: caseId ?? null,
      reason,
      brief: JSON.stringify(brief),
      isKept,
      at: input.at,
    })
  }
  if (input.handoffAbout !== undefined)
    await keepCaseOf(tx, { conversation, caseId: input.handoffAbout })
  if (input.replyAddress !== undefined)
    await keepReplyAddress(tx, { conversation, address: input.replyAddress })
  for (const rating of input.ratings ?? [])
    await keepRating(tx, { conversation, at: input.at, rating })
  if (input.handoffEnds)
    await endByPerson(tx, { conversation, how: input.handoffEnds, at: input.at })
  // One that was erased meanwhile hears nothing.
  if (input.moved && (await tx.run(selectLives, { id: input.moved.to })).length > 0)
    await append(tx, { conversation: input.moved.to, row: input.moved.row })
  if (input.closingBrief !== undefined)
    await keepClosingBrief(tx, { conversation, brief: JSON.stringify(input.closingBrief) })
  return { lastSeq: moved.last_seq, hasMore: moved.bot_cursor < moved.last_seq }
}

/**
 * Notes that the process died while this row was being answered. Returns how often that has happened; null when another
 * server has taken the conversation over from `of`.
 */
async function noteDeath(
  tx: Tx,
  input: { conversation: string; seq: number; of?: string },
): Promise<{ deaths: number } | null> {
  const { conversation, of } = input
  if (of !== undefined) {
    const takes = { conversation, from: of, to: tx.server ?? null }
    if ((await tx.run(takeOver, takes)).length === 0) return null
  }
  const [noted] = await tx.run(countDeath, input)
  if (!noted) throw unknown(input.conversation)
  return { deaths: noted.deaths }
}

/** A timer that is due becomes a row of the log and is gone. Null when somebody cancelled it first. */
async function fireTimer(
  tx: Tx,
  input: { id: string; at: number },
): Promise<{ conversation: string; seq: number } | null> {
  const [timer] = await tx.run(takeTimer, { id: input.id })
  if (!timer) return null
  const { seq } = await append(tx, {
    conversation: timer.conversation,
    row: {
      at: input.at,
      kind: 'event',
      audience: ['bot'],
      // The time belongs to it: a timer that was set again with its id is not the row of before.
      key: `timer:${input.id}:${input.at}`,
      body: {
        type: 'event',
        name: timer.name,
        value: JSON.parse(timer.value),
        from: { id: 'timer', role: 'bot' },
      },
    },
  })
  return { conversation: timer.conversation, seq }
}

const bits: Record<Audience, number> = { person: 1, agents: 2, bot: 4 }

/** An audience as the number stored with the row. */
export const audienceBits = (audience: readonly Audience[]): number =>
  audience.reduce((sum, who) => sum | bits[who], 0)

/** The audience that a stored number stands for. */
export const audienceOf = (stored: number): Audience[] =>
  (Object.keys(bits) as Audience[]).filter((who) => (stored & bits[who]) !== 0)

const unknown = (id: string) =>
  new Refused('conversation_unknown', `No conversation ${JSON.stringify(id)}.`)

/** Writes a row. Its time is never before that of the row before it: clients sort by it, and clocks step back. */
async function insert(
  tx: Tx,
  conversation: string,
  seq: number,
  at: number,
  row: NewRow,
): Promise<void> {
  await tx.run(insertRow, {
    conversation,
    seq,
    at,
    kind: row.kind,
    audience: audienceBits(row.audience),
    target:
      row.target === undefined ? null : Number(row.target.slice(row.target.lastIndexOf('|') + 1)),
    key: row.key ?? null,
    body: row.body === null ? null : JSON.stringify(row.body),
  })
}

async function setTimers(tx: Tx, conversation: string, timers: Commit['timers']): Promise<void> {
  for (const id of timers?.cancel ?? []) await tx.run(dropTimer, { id })
  for (const timer of timers?.set ?? []) await setTimer(tx, conversation, timer)
}

async function setTimer(
  tx: Tx,
  conversation: string,
  { id, dueAt, name, value }: Timer,
): Promise<void> {
  await tx.run(insertTimer, { id, conversation, dueAt, name, value: JSON.stringify(value) })
}
