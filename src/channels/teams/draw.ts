import { buttonsOf, textOf, type Press, type Reply } from '../../../dialogs'
import { withName, type Body, type Row } from '../../conversations'
import type { Address } from './addresses'

/** Teams shows at most six buttons on a hero card. */
const mostButtons = 6

/** Whether a row has something that the person in Teams has not seen: their own messages they have. */
export const isForTeams = (row: Row): row is Row & { body: Body } =>
  row.body !== null &&
  row.body.type === 'message' &&
  row.body.from.role !== 'user' &&
  textIn(row.body) !== ''

/**
 * A row as the connector takes it: the text as Markdown, and below it the buttons on a hero card. (Suggested actions
 * would be lighter, but Teams shows three at most, and they send back words only, so that a stale press could not be
 * told from a fresh one.)
 */
export function draw(body: Body, { reference }: Address) {
  const reply = body.channelData?.fixladder
  return {
    type: 'message',
    from: reference.bot,
    recipient: reference.person,
    conversation: { id: reference.conversation },
    text: withName(body, textIn(body)),
    textFormat: reply && reply.kind !== 'system' ? 'markdown' : 'plain',
    ...(reply &&
      buttonsOf(reply).length > 0 && { attachmentLayout: 'list', attachments: cards(reply) }),
  }
}

/** The sign that somebody types. */
export const drawTyping = ({ reference }: Address) => ({
  type: 'typing',
  from: reference.bot,
  recipient: reference.person,
  conversation: { id: reference.conversation },
})

export type OutgoingActivity = ReturnType<typeof draw> | ReturnType<typeof drawTyping>

const textIn = ({ text, channelData }: Body): string =>
  (channelData?.fixladder ? textOf(channelData.fixladder) : (text ?? '')).trim()

/** One card, or as many as the buttons need. */
function cards(reply: Reply) {
  const actions = actionsOf(reply)
  const count = Math.ceil(actions.length / mostButtons)
  return Array.from({ length: count }, (_card, index) => ({
    contentType: 'application/vnd.microsoft.card.hero',
    content: { buttons: actions.slice(index * mostButtons, (index + 1) * mostButtons) },
  }))
}

/** `messageBack` shows the label as the person's own message and sends `{case, ask, answer}` to us. */
function actionsOf(reply: Reply) {
  if (!('ask' in reply)) return []
  const { ask, case: caseId, buttons } = reply
  return buttons.map(({ label, answer }) => {
    const value: Press = { ...(caseId !== undefined && { case: caseId }), ask, answer }
    return { type: 'messageBack', title: label, text: label, displayText: label, value }
  })
}
