import { noteLateCard } from '../../handoff/farewell-writes'
import { Refused, type Tx } from '../../storage'
import {
  addTry,
  beginLine,
  forgetHeard,
  insertHeard,
  moveCursor,
  selectPlace,
  setEnded,
  setLost,
  setPosted,
  setShown,
  setTold,
  takeBackLine,
  takeBackTry,
} from './write-statements'

/** What changes the desk's cards in Teams. Runs inside the storage worker's transactions. */
export const teamsDeskWrites = {
  beginDeskCard,
  postponeDeskCard,
  endDeskCard,
  showDeskCard,
  loseDeskCard,
  finishDeskCard,
  beginDeskLine,
  postponeDeskLine,
  passDeskLines,
  noteDeskHeard,
  tellDeskNotice,
}

/**
 * Notes that a card is about to be posted, and says how often that was begun without hearing how it ended. It is written
 * first, so that an end of the process counts as an attempt of unknown outcome. The thread begins where the case did.
 * Refused as `handoff_unknown` when the case was erased.
 */
async function beginDeskCard(tx: Tx, input: { ticket: string }): Promise<{ tries: number }> {
  const [place] = await tx.run(selectPlace, input)
  if (!place) throw new Refused('handoff_unknown', `No hand-off ${JSON.stringify(input.ticket)}.`)
  const [noted] = await tx.run(addTry, {
    ticket: input.ticket,
    conversation: place.conversation,
    seq: place.seq ?? 0,
  })
  return { tries: noted?.tries ?? 1 }
}

/** The card certainly did not arrive: this attempt does not count. */
async function postponeDeskCard(tx: Tx, input: { ticket: string }): Promise<void> {
  await tx.run(takeBackTry, input)
}

/** The card is there, or will not be. Also adopts the thread of a card whose posting was never heard of again. When the case was erased meanwhile, the card is noted as one to be emptied. */
async function endDeskCard(
  tx: Tx,
  input: {
    ticket: string
    state: 'posted' | 'refused' | 'unknown'
    thread: string | null
    activity: string | null
    shown: string | null
    at: number
  },
): Promise<void> {
  const { at, ...posted } = input
  await tx.run(setPosted, posted)
  const { ticket, thread, activity } = posted
  const isErased = (await tx.run(selectPlace, { ticket })).length === 0
  if (isErased && thread !== null && activity !== null)
    await noteLateCard(tx, { ticket, at, thread, activity })
}

async function showDeskCard(tx: Tx, input: { ticket: string; shown: string }): Promise<void> {
  await tx.run(setShown, input)
}

/** Somebody has deleted the card: it is posted anew once. */
async function loseDeskCard(tx: Tx, input: { ticket: string }): Promise<void> {
  await tx.run(setLost, input)
}

/** The case has ended and its card says so, or cannot: nothing more is done about it. */
async function finishDeskCard(tx: Tx, input: { ticket: string }): Promise<void> {
  await tx.run(setEnded, input)
}

/** Notes that a row is about to be posted into the thread; says how often that was begun without hearing how it ended. */
async function beginDeskLine(
  tx: Tx,
  input: { ticket: string; seq: number },
): Promise<{ tries: number }> {
  const [noted] = await tx.run(beginLine, input)
  return { tries: noted?.line_tries ?? 1 }
}

async function postponeDeskLine(tx: Tx, input: { ticket: string }): Promise<void> {
  await tx.run(takeBackLine, input)
}

async function passDeskLines(tx: Tx, input: { ticket: string; seq: number }): Promise<void> {
  await tx.run(moveCursor, input)
}

/** What somebody did in the channel, and what they are told of it. Old ones are forgotten: Teams delivers again within minutes. A case that was erased meanwhile is not named. */
async function noteDeskHeard(
  tx: Tx,
  input: {
    id: string
    at: number
    thread: string
    ticket: string | null
    conversation: string | null
    notice: string | null
    toldAt: number | null
  },
): Promise<void> {
  await tx.run(forgetHeard, { before: input.at - keptFor })
  const isErased =
    input.ticket !== null && !(await tx.run(selectPlace, { ticket: input.ticket }))[0]
  await tx.run(insertHeard, isErased ? { ...input, ticket: null, conversation: null } : input)
}
const keptFor = 24 * 60 * 60_000

async function tellDeskNotice(tx: Tx, input: { id: string; at: number }): Promise<void> {
  await tx.run(setTold, input)
}
