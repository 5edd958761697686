import { textOf, type Reply } from '../../../../dialogs'
import { withName, type Body, type Row } from '../../../conversations'
import type { Address } from '../addresses'
import {
  bytesOf,
  cardOf,
  fitting,
  mostBytes,
  pieces,
  shortened,
  type AdaptiveCard,
  type Fitting,
  type Folded,
} from '../cards'

/** Longest plain message, in characters: with what stands around it, it stays within what Teams takes. */
const longestMessage = 8_000
/** Of what Teams found too long all the same. */
const longestAgain = 1_500
/** What a notification shows, which is a line or two. */
const longestSummary = 300

/** Whether a row has something that the person in Teams has not seen: their own messages they have. */
export const isForTeams = (row: Row): row is Row & { body: Body } =>
  row.body !== null &&
  row.body.type === 'message' &&
  row.body.from.role !== 'user' &&
  textIn(row.body) !== ''

/**
 * A row as the connector takes it: a question or a fix as a card, anything else as text. Nearly always one message. Text
 * and card never share one: Teams would split it, and name neither.
 */
export function draw(body: Body, address: Address): readonly OutgoingMessage[] {
  const reply = body.channelData?.fixladder
  if (!reply || !cardOf(reply))
    return pieces(textIn(body), longestMessage).map((text) => plain(body, address, text))
  const parts = fitting(reply, (part) => bytesOf(carrying(part.reply, address, part)) <= mostBytes)
  return parts.flatMap((part) => carrying(part.reply, address, part) ?? [])
}

/** The card of a row once its question is over; undefined where there is none. */
export const drawFolded = (
  body: Body,
  address: Address,
  folded: Folded,
): OutgoingMessage | undefined => lastOf(body, address, folded)

/** The card alone, as it is to stand there now; `folded` is absent while its question is open. */
export const drawNow = (
  body: Body,
  address: Address,
  folded: Folded | undefined,
): AdaptiveCard | undefined => lastOf(body, address, folded)?.attachments?.[0]?.content

/** Of two cards the second has the buttons, and is the one that is known by its id. */
function lastOf(
  body: Body,
  address: Address,
  folded: Folded | undefined,
): OutgoingMessage | undefined {
  const reply = body.channelData?.fixladder
  if (!reply || !cardOf(reply)) return undefined
  const weigh = (part: Fitting) => bytesOf(carrying(part.reply, address, { ...part, folded }))
  const last = fitting(reply, (part) => weigh(part) <= mostBytes).at(-1)
  return last && carrying(last.reply, address, { ...last, folded })
}

/** A row that Teams found too long: its beginning, in plain text. Typed answers work as well as pressed ones. */
export const drawShort = (body: Body, address: Address): OutgoingMessage =>
  plain(body, address, shortened(textIn(body), longestAgain))

/** The sign that somebody types. */
export const drawTyping = (address: Address) => ({ type: 'typing', ...placed(address) }) as const

/** A message for Teams: text, or a card. */
export interface OutgoingMessage extends ReturnType<typeof placed> {
  readonly type: 'message'
  readonly text?: string
  readonly textFormat?: 'markdown' | 'plain'
  /** What the notification says. */
  readonly summary?: string
  readonly attachments?: readonly {
    readonly contentType: 'application/vnd.microsoft.card.adaptive'
    readonly content: AdaptiveCard
  }[]
}

export type OutgoingActivity = OutgoingMessage | ReturnType<typeof drawTyping>

function carrying(
  reply: Reply,
  address: Address,
  drawn: Parameters<typeof cardOf>[1],
): OutgoingMessage | undefined {
  const content = cardOf(reply, { ...drawn, mark: address.mark })
  return (
    content && {
      type: 'message',
      ...placed(address),
      summary: shortened(content.fallbackText, longestSummary),
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
    }
  )
}

const plain = (body: Body, address: Address, text: string): OutgoingMessage => {
  const reply = body.channelData?.fixladder
  return {
    type: 'message',
    ...placed(address),
    text: withName(body, text),
    textFormat: reply && reply.kind !== 'system' ? 'markdown' : 'plain',
  }
}

const placed = ({ reference }: Address) => ({
  from: reference.bot,
  recipient: reference.person,
  conversation: { id: reference.conversation },
})

const textIn = ({ text, channelData }: Body): string =>
  (channelData?.fixladder ? textOf(channelData.fixladder) : (text ?? '')).trim()
