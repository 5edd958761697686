import type { Conversations, Row } from '../../../conversations'
import type { Answer } from '../../../http'
import type { Address, Addresses } from '../addresses'
import { foldedIn, type AdaptiveCard } from '../cards'
import { patienceMs, showingCard, spoken } from './invoke-answers'
import { drawNow } from '../sending/draw'

export interface PressesOptions {
  readonly conversations: Pick<Conversations, 'get' | 'read' | 'watch'>
  readonly addresses: Pick<Addresses, 'get'>
  /** How long a press may wait for its answer, in milliseconds; Teams gives up after some five seconds. */
  readonly patienceMs?: number | undefined
}

/** How often a hint that got lost is made up for, in milliseconds. */
const lookEvery = 100
/** A question is nearly always among the newest rows. */
const newest = 100

/** What the call of a press is answered with, once the bot's turn on row `seq` is committed: the card as it stands then. */
export async function answerPress(
  { conversations, addresses, patienceMs: patience = patienceMs }: PressesOptions,
  { conversation, seq, ask }: Press,
): Promise<Answer> {
  if (!(await untilAnswered(conversations, conversation, seq, patience)))
    return spoken(told.oneMoment)
  const address = await addresses.get(conversation)
  if (!address) return unknownCard
  const near = await rowsOf(conversations, conversation, Math.max(0, seq - newest))
  const card =
    cardIn(near, ask, address) ??
    (seq > newest ? cardIn(await rowsOf(conversations, conversation, 0), ask, address) : undefined)
  return card ? showingCard(card) : unknownCard
}

interface Press {
  readonly conversation: string
  /** The row that it became. */
  readonly seq: number
  /** The number of the question that it answers. */
  readonly ask: number
}

/** The card of a question as these rows of the log leave it; undefined when the question is not among them. */
function cardIn(rows: readonly Row[], ask: number, address: Address): AdaptiveCard | undefined {
  const asked = rows.findLast(({ body }) => {
    const reply = body?.channelData?.fixladder
    return reply && 'ask' in reply && reply.ask === ask
  })
  return asked?.body ? drawNow(asked.body, address, foldedIn(rows).get(asked.seq)) : undefined
}

const told = {
  oneMoment: 'One moment…',
  notTheirs:
    'These buttons are for the person who asked. Mention me with what you see, and I help you too.',
  unknown: "I don't know this card any more. Tell me what you see, and we go on from there.",
}

/** Somebody else pressed a button of a person's card in a group. */
export const notTheirs: Answer = spoken(told.notTheirs)

/** A card of a talk that was erased, or of a question that is not in the log. */
export const unknownCard: Answer = spoken(told.unknown)

/** A press that nobody could have made on a card of ours. */
export const badPress: Answer = {
  status: 200,
  json: {
    statusCode: 400,
    type: 'application/vnd.microsoft.error',
    value: { code: 'BadRequest', message: 'This button is not one of ours.' },
  },
}

/** All rows for the person behind this one. */
async function rowsOf(
  conversations: PressesOptions['conversations'],
  conversation: string,
  after: number,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (;;) {
    const page = await conversations.read(conversation, {
      after: rows.at(-1)?.seq ?? after,
      audience: 'person',
    })
    if (page.length === 0) return rows
    rows.push(...page)
  }
}

/** Whether the bot has answered row `seq` in this time. */
async function untilAnswered(
  conversations: PressesOptions['conversations'],
  id: string,
  seq: number,
  ms: number,
): Promise<boolean> {
  const end = Date.now() + ms
  for (;;) {
    const conversation = await conversations.get(id)
    if (!conversation || conversation.botCursor >= seq) return true
    const left = end - Date.now()
    if (left <= 0) return false
    await hint(conversations, id, Math.min(left, lookEvery))
  }
}

/** Until something is appended, or so long at most. */
const hint = (conversations: PressesOptions['conversations'], id: string, ms: number) =>
  new Promise<void>((resolve) => {
    const stop = conversations.watch(id, () => done())
    const timer = setTimeout(() => done(), ms)
    const done = () => {
      stop()
      clearTimeout(timer)
      resolve()
    }
  })
