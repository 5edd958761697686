import type { LineState, Sent } from '../../line'
import { outgoingFile, shownFile, type ShownFile } from './files'
import type { Author, Reply, RungReply, WireActivity } from '../../wire'
import { placeIn } from './marks'
import {
  answersIn,
  askOf,
  askingOf,
  isGreetingOf,
  isPersons,
  openQuestion,
  pressOf,
  pressOnItsWay,
  replyOf,
  type Asking,
} from './questions'
import { pressedResult, toldResult, type Result } from './results'

/** One thing on the screen, in order. `key` stays with it, so that nothing is drawn anew. */
export type Item =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'system'; readonly key: string; readonly text: string; readonly at: number }
  | {
      readonly kind: 'person'
      readonly key: string
      readonly text: string
      readonly at: number
      readonly files?: readonly ShownFile[]
      /** Absent once it is in the log. */
      readonly sent?: Sent
    }
  | {
      readonly kind: 'said'
      readonly key: string
      readonly author: Author
      /** The first of several by the same: it carries the name. */
      readonly isFirst: boolean
      readonly text: string
      readonly isMarkdown: boolean
      readonly isProgress: boolean
      /** Words of the page in place of the bot's greeting. */
      readonly isPages?: true
      /** The first words of all: nobody has to come and read them. */
      readonly isGreeting?: true
      readonly at: number
      readonly prompt?: Prompt
    }
  | {
      readonly kind: 'rung'
      readonly key: string
      readonly rung: RungReply
      readonly at: number
      /** Present while it is the current one. */
      readonly prompt?: Prompt
      readonly result?: Result
    }

/** Answers to press, and the one that is on its way. */
export interface Prompt {
  readonly question: Asking
  readonly pressed?: string
  /** The pressed one goes once the network is back. */
  readonly isWaiting?: boolean
}

/** What else decides how the conversation is drawn. */
interface Around {
  readonly holder?: 'bot' | 'queue' | 'agent'
  /** The page's own, in place of the bot's. */
  readonly greeting?: string | undefined
  /** How far the server's clock is ahead of this one. */
  readonly skewMs?: number
}

/** The conversation as it is drawn: the log, then what is on its way. */
export function itemsOf(
  activities: readonly WireActivity[],
  outbox: readonly Sent[],
  { holder = 'bot', greeting, skewMs = 0 }: Around = {},
): readonly Item[] {
  const messages = activities.filter(({ type }) => type === 'message')
  const arrived = new Set(messages.map((each) => each.channelData?.clientActivityID))
  const pending = outbox.filter(({ id }) => !arrived.has(id))
  const items: Item[] = []
  const addDay = dayLinesIn(items)
  // Where a conversation was lost, another goes on under it, and counts its questions anew.
  const parts = partsOf(messages)
  for (const part of parts)
    addPart(items, part, {
      pending: part === parts.at(-1) ? pending : undefined,
      holder,
      greeting,
      addDay,
    })
  const last = parts.at(-1) ?? []
  const pressed = pressOnItsWay(openQuestion(last, answersIn(last), holder), pending)
  for (const sent of pending) {
    const isPress = sent === pressed && sent.state !== 'failed'
    if (isPress) continue
    const at = sent.at + skewMs
    addDay(at)
    const files = sent.files && { files: sent.files.map(outgoingFile) }
    items.push({ kind: 'person', key: sent.id, text: sent.text, at, sent, ...files })
  }
  return items
}

/** Whether all that is on the screen was said in a conversation that is over. */
export function isPast({ activities, conversationId }: LineState): boolean {
  const last = activities.at(-1)
  return last !== undefined && conversationOf(last) !== conversationId
}

/** The messages of each conversation on the screen: nearly always of one. */
function partsOf(messages: readonly WireActivity[]): readonly (readonly WireActivity[])[] {
  const parts: WireActivity[][] = []
  for (const message of messages) {
    const last = parts.at(-1)
    if (last?.[0] && conversationOf(last[0]) === conversationOf(message)) last.push(message)
    else parts.push([message])
  }
  return parts
}

interface Part {
  /** What is on its way; undefined for a conversation that is no more, where nothing is asked. */
  readonly pending: readonly Sent[] | undefined
  readonly holder: 'bot' | 'queue' | 'agent'
  readonly greeting: string | undefined
  readonly addDay: (at: number) => void
}

function addPart(
  items: Item[],
  messages: readonly WireActivity[],
  { pending, holder, greeting, addDay }: Part,
): void {
  const answers = answersIn(messages)
  const replies = messages.map(replyOf)
  const open = pending && openQuestion(messages, answers, holder)
  const pressed = pending && pressOnItsWay(open, pending)
  const folded = new Set(
    messages.flatMap((each) => (replyOf(each)?.kind === 'rung' ? [askOf(each)] : [])),
  )
  for (const [index, message] of messages.entries()) {
    const at = Date.parse(message.timestamp) || 0
    const isGreeting = index === 0 && isGreetingOf(message)
    // Who has spoken already was greeted, in the conversation that was lost.
    if (isGreeting && items.some(({ kind }) => kind === 'person')) continue
    addDay(at)
    const drawn = itemOf(message, at, items.at(-1), isGreeting ? greeting : undefined)
    if (!drawn) continue
    const item = isGreeting && drawn.kind === 'said' ? { ...drawn, isGreeting } : drawn
    // The answer to a fix stands on its folded line; a bubble with "No" beneath would say it twice.
    const press = item.kind === 'person' ? pressOf(message.value) : undefined
    if (press && folded.has(press.ask) && answers.get(press.ask) === message) continue
    const question = askingOf(message)
    items.push(
      question && question === open && (item.kind === 'rung' || item.kind === 'said')
        ? { ...item, prompt: promptOf(question, pressed) }
        : question && item.kind === 'rung'
          ? {
              ...item,
              ...resultOf(item.rung, answers.get(question.ask), replies.slice(index + 1)),
            }
          : item,
    )
  }
}

/** The question that waits for its answer, if one does. */
export const openPrompt = (items: readonly Item[]): Prompt | undefined =>
  items.findLast(
    (item): item is Extract<Item, { prompt?: Prompt }> => 'prompt' in item && !!item.prompt,
  )?.prompt

const promptOf = (question: Asking, sent: Sent | undefined): Prompt => ({
  question,
  ...(sent &&
    sent.state !== 'failed' && {
      pressed: pressOf(sent.value)?.answer ?? '',
      isWaiting: sent.state === 'waiting',
    }),
})

function itemOf(
  message: WireActivity,
  at: number,
  before: Item | undefined,
  greeting: string | undefined,
): Item | undefined {
  const reply = replyOf(message)
  const key = message.channelData?.clientActivityID ?? message.id
  if (isPersons(message)) {
    const { text = '', attachments = [] } = message
    const files = attachments.length > 0 && { files: attachments.map(shownFile) }
    return text || files ? { kind: 'person', key, text, at, ...files } : undefined
  }
  if (reply?.kind === 'rung') return { kind: 'rung', key, rung: reply, at }
  if (reply?.kind === 'system') return { kind: 'system', key, text: reply.text, at }
  const author = message.channelData?.author ?? { kind: 'bot', name: message.from.name ?? '' }
  const text = greeting ?? reply?.text ?? message.channelData?.words ?? message.text
  if (!text) return undefined
  const isFirst = !(before?.kind === 'said' && isSame(before.author, author))
  const isMarkdown =
    greeting === undefined && (reply !== undefined || message.textFormat === 'markdown')
  return {
    kind: 'said',
    key,
    author,
    isFirst,
    text,
    isMarkdown,
    isProgress: reply?.kind === 'progress',
    ...(greeting !== undefined && { isPages: true }),
    at,
  }
}

/** The bot's word for it, or else what was pressed. */
function resultOf(
  rung: RungReply,
  answer: WireActivity | undefined,
  after: readonly (Reply | undefined)[],
): { result?: Result } {
  const press = answer && pressOf(answer.value)
  const result = toldResult(rung, after) ?? (press && pressedResult(rung, press, answer.text ?? ''))
  return result ? { result } : {}
}

const isSame = (one: Author, other: Author) => one.kind === other.kind && one.name === other.name

/** Ids are the conversation's own, and a number. */
const conversationOf = ({ id }: WireActivity): string => placeIn(id).conversation

/** Puts a line wherever another day begins. */
function dayLinesIn(items: Item[]): (at: number) => void {
  let day = ''
  return (at) => {
    const name = new Date(at).toDateString()
    if (name !== day) items.push({ kind: 'day', key: `day ${at}`, at })
    day = name
  }
}
