import { buttonsOf, textOf, type Button, type Press, type Reply } from '../../../dialogs'
import { withName, type Body, type Row, type SentFile } from '../../conversations'

/** An activity as it goes over the wire of Direct Line 3.0. */
export interface WireActivity {
  readonly type: string
  readonly id: string
  readonly timestamp: string
  readonly channelId: 'directline'
  readonly conversation: { readonly id: string }
  readonly from: { readonly id: string; readonly name?: string; readonly role: 'user' | 'bot' }
  readonly [field: string]: unknown
}

/** How the bot is called towards the person. */
export const bot = { id: 'fixladder', name: 'Fixladder' } as const

/** Where a drawn row stands: its own place, or that of the row it replaces. */
export interface Place {
  readonly id: string
  readonly at: number
  /** Set when the client has already been given the row that this one answers. */
  readonly replyToId?: string | undefined
}

/** The address of a file for whoever reads now; undefined when it is not kept any more. */
export type FileLinks = (file: SentFile) => string | undefined

/** A row as the person's client shows it. */
export function draw(
  conversation: string,
  body: Body,
  place: Place,
  linksTo: FileLinks = () => undefined,
): WireActivity {
  const common = {
    id: place.id,
    timestamp: new Date(place.at).toISOString(),
    channelId: 'directline',
    conversation: { id: conversation },
    ...(place.replyToId && { replyToId: place.replyToId }),
  } as const
  return body.from.role === 'user'
    ? { ...common, ...drawPerson(body, linksTo) }
    : { ...common, ...drawAnswer(body) }
}

/** An agent is typing: a hint that is no row, so its id is its own. Stock Web Chat shows it for 5 s, or until the agent's message. */
export const drawTyping = (
  conversation: string,
  { name, id, at }: { readonly name: string; readonly id: string; readonly at: number },
): WireActivity => ({
  type: 'typing',
  id: `${conversation}|typing-${id}`,
  timestamp: new Date(at).toISOString(),
  channelId: 'directline',
  conversation: { id: conversation },
  from: agent(name),
  channelData: { author: { kind: 'agent', name } },
})

/** The echo of what the person sent: "Sent" appears when it carries the same `channelData.clientActivityID`. */
function drawPerson(body: Body, linksTo: FileLinks) {
  const { type, from, name, value, locale, channelData, files = [] } = body
  const attachments = files.flatMap((file) => drawFile(file, linksTo(file)))
  const isGone = files.length > 0 && attachments.length === 0
  const text = body.text ?? (isGone ? '(What was sent here is no longer kept.)' : undefined)
  return {
    type,
    from: { ...from, role: 'user' as const },
    // Without it Web Chat takes their words for Markdown: an asterisk is lost, and an image is fetched.
    ...(text !== undefined && { textFormat: 'plain' }),
    ...withoutUndefined({ text, name, value, locale, channelData }),
    ...(attachments.length > 0 && { attachments }),
  }
}

/** Stock Web Chat draws a person's own picture only where there is a smaller one, and names the file otherwise. */
function drawFile({ type, name }: SentFile, contentUrl: string | undefined) {
  if (contentUrl === undefined) return []
  const isDrawn = type.startsWith('image/') && type !== 'image/heic'
  return [{ contentType: type, contentUrl, name, ...(isDrawn && { thumbnailUrl: contentUrl }) }]
}

/**
 * Bot and agents alike are the other side; stock Web Chat knows no third role. For a client that draws by itself,
 * `channelData` says who it was, and what, before it was drawn.
 */
function drawAnswer(body: Body) {
  const { type, from, text, name, value, locale } = body
  const author = authorOf(body)
  const reply = body.channelData?.fixladder
  const said = reply
    ? drawReply(reply, (words) => withName(body, words))
    : { text: text === undefined ? undefined : withName(body, text), textFormat: 'plain' }
  const words = from.role === 'agent' && !reply ? text : undefined
  return {
    type,
    from: author.kind === 'agent' ? agent(author.name) : { ...bot, role: 'bot' as const },
    ...withoutUndefined(type === 'message' ? { ...said, locale } : { name, value, locale }),
    channelData: withoutUndefined({ fixladder: reply, author, words }),
  }
}

/** Who speaks, as the person is told. */
interface Author {
  readonly kind: 'bot' | 'agent'
  readonly name: string
}

const authorOf = ({ from }: Body): Author =>
  from.role === 'agent'
    ? { kind: 'agent', name: from.name ?? 'Support' }
    : { kind: 'bot', name: bot.name }

const agent = (name: string) => ({ id: 'agent', name, role: 'bot' as const })

function drawReply(reply: Reply, named: (text: string) => string) {
  const buttons = buttonsOf(reply)
  return {
    text: named(textOf(reply)),
    textFormat: reply.kind === 'system' ? 'plain' : 'markdown',
    inputHint: buttons.length > 0 ? 'expectingInput' : 'acceptingInput',
    suggestedActions:
      'ask' in reply && buttons.length > 0
        ? { actions: buttons.map((button) => drawButton(button, reply)) }
        : undefined,
  }
}

/**
 * `messageBack` is the one action of stock Web Chat that sends a value and shows words: the press appears as the
 * person's own message with the label, and carries `{case, ask, answer}`. (`imBack` takes only a string, `postBack`
 * shows nothing.)
 */
function drawButton({ label, answer }: Button, question: { ask: number; case?: string }) {
  const value: Press = {
    ...(question.case !== undefined && { case: question.case }),
    ask: question.ask,
    answer,
  }
  return { type: 'messageBack', title: label, text: label, displayText: label, value }
}

const withoutUndefined = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** Whether a row has something for the person's screen. */
export const isShown = (row: Row): row is Row & { body: Body } =>
  row.body !== null && ['message', 'event', 'endOfConversation'].includes(row.body.type)
