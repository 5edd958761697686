import { forgetConversation } from '../../../conversations/forget'
import { append } from '../../../conversations/writes'
import type { Body, NewRow } from '../../../conversations/rows'
import { statement, type Tx } from '../../../storage'

/** What Teams delivers, written down. Runs inside the storage worker's transactions. */
export const teamsInboundWrites = { hearTeams, leaveTeams, admitTeams }

/** So long Teams is known to deliver the same message again under a new id, in milliseconds. */
const repeatedWithin = 2 * 60_000
const pressedAgainWithin = 60_000
/** So many of the newest rows are looked at. */
const mostLooked = 50

/**
 * Appends what a person said or pressed, unless it was delivered before: under its own id at any time, or under another
 * one a short while ago. `isWayOut`: it is a button that means the same at any time, so once something else was said
 * it is pressed anew.
 */
async function hearTeams(
  tx: Tx,
  { conversation, row, isWayOut }: { conversation: string; row: NewRow; isWayOut: boolean },
): Promise<{ seq: number; duplicate: boolean }> {
  const newest = await tx.run(selectNewest, {
    conversation,
    since: row.at - repeatedWithin,
    limit: mostLooked,
  })
  const said = newest.flatMap(({ seq, at, body }) => {
    const read = body === null ? undefined : (JSON.parse(body) as Body)
    return read?.from.role === 'user' && read.type === 'message' ? [{ seq, at, body: read }] : []
  })
  const [last] = said
  const { at, body } = row
  const again = body && said.find((each) => (!isWayOut || each === last) && isAgain(at, body, each))
  return again ? { seq: again.seq, duplicate: true } : append(tx, { conversation, row })
}

/** Whether this was heard before: the same words sent at the same moment, or the same button a short while ago. */
function isAgain(
  at: number,
  body: Body,
  before: { readonly at: number; readonly body: Body },
): boolean {
  const pressed = pressOf(body)
  const earlier = pressOf(before.body)
  if (pressed)
    return (
      earlier?.ask === pressed.ask &&
      earlier.answer === pressed.answer &&
      earlier.case === pressed.case &&
      at - before.at < pressedAgainWithin
    )
  return (
    !earlier &&
    body.timestamp !== undefined &&
    body.timestamp === before.body.timestamp &&
    body.text === before.body.text &&
    body.from.id === before.body.from.id
  )
}

/** So long Teams is known to deliver a message again after the bot was taken away, in milliseconds. */
const lateWithin = 3_600_000

/**
 * The bot was taken away: erases this conversation, or all of a team or group chat, whose ids begin with `place`. Gives
 * those erased. `at`: when that was, by Teams' clock.
 */
async function leaveTeams(
  tx: Tx,
  { conversation, place, at }: { conversation: string; place: string | null; at: number },
): Promise<readonly string[]> {
  const found = await tx.run(selectLeft, {
    from: place ?? conversation,
    to: place === null ? conversation : `${place}~`,
  })
  for (const { id } of found)
    await forgetConversation(tx, { conversation: id, at, until: at + lateWithin })
  return found.map(({ id }) => id)
}

/**
 * Whether something may be said in a conversation: unless it was erased since that was sent, which Teams delivers late.
 * What was sent after it begins the conversation anew. `at`: when it was sent, by Teams' clock.
 */
async function admitTeams(
  tx: Tx,
  { conversation, at }: { conversation: string; at: number },
): Promise<boolean> {
  const [erased] = await tx.run(selectForgotten, { id: conversation })
  if (!erased) return true
  if (at <= erased.until - lateWithin) return false
  await tx.run(deleteForgotten, { id: conversation })
  return true
}

const pressOf = ({ value }: Body) =>
  value as { readonly ask: number; readonly answer: string; readonly case?: string } | undefined

const selectNewest = statement<{ conversation: string; since: number; limit: number }>()((db, at) =>
  db
    .selectFrom('log')
    .select(['seq', 'at', 'body'])
    .where('conversation', '=', at('conversation'))
    .where('at', '>=', at('since'))
    .orderBy('seq', 'desc')
    .limit(at('limit')),
)

// "~" stands behind every letter of an id.
const selectLeft = statement<{ from: string; to: string }>()((db, at) =>
  db
    .selectFrom('conversations')
    .select('id')
    .where('id', '>=', at('from'))
    .where('id', '<=', at('to')),
)

const selectForgotten = statement<{ id: string }>()((db, at) =>
  db.selectFrom('forgotten').select('until').where('id', '=', at('id')),
)

const deleteForgotten = statement<{ id: string }>()((db, at) =>
  db.deleteFrom('forgotten').where('id', '=', at('id')),
)
