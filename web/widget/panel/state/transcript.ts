import type { LineState, Sent } from '../../line'
import { outgoingFile, shownFile, type ShownFile } from './files'
import type { Author, Press, Reply, RungReply, WireActivity } from '../../wire'

/** How a fix went, as far as a button told it; `other` is the person's own answer. */
export type Result =
  | { readonly kind: 'helped' | 'noHelp' | 'partly' | 'tried' | 'later' | 'skipped' }
  | { readonly kind: 'other'; readonly text: string }

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
  readonly question: Extract<Reply, { buttons: unknown }>
  readonly pressed?: string
  /** The pressed one goes once the network is back. */
  readonly isWaiting?: boolean
}

type Asking = Prompt['question']

/** The conversation as it is drawn: the log, then what is on its way. `skewMs`: how far the server's clock is ahead. */
export function itemsOf(
  activities: readonly WireActivity[],
  outbox: readonly Sent[],
  holder: 'bot' | 'queue' | 'agent' = 'bot',
  skewMs = 0,
): readonly Item[] {
  const messages = activities.filter(({ type }) => type === 'message')
  const arrived = new Set(messages.map((each) => each.channelData?.clientActivityID))
  const pending = outbox.filter(({ id }) => !arrived.has(id))
  const answers = answersIn(messages)
  const open = openQuestion(messages, answers, holder)
  const pressed = open && pending.find(({ value }) => pressOf(value)?.ask === open.ask)
  const folded = new Set(
    messages.flatMap((each) =>
      replyOf(each)?.kind === 'rung' ? [placeOf(each, askOf(each))] : [],
    ),
  )
  const items: Item[] = []
  let day = ''
  function addDay(at: number): void {
    const name = new Date(at).toDateString()
    if (name !== day) items.push({ kind: 'day', key: `day ${at}`, at })
    day = name
  }
  for (const message of messages) {
    const at = Date.parse(message.timestamp) || 0
    addDay(at)
    const item = itemOf(message, at, items.at(-1))
    if (!item) continue
    // The answer to a fix stands on its folded line; a bubble with "No" beneath would say it twice.
    const press = item.kind === 'person' ? pressOf(message.value) : undefined
    const place = press && placeOf(message, press.ask)
    if (place && folded.has(place) && answers.get(place) === message) continue
    const question = askingOf(message)
    items.push(
      question && question === open && 'author' in item
        ? { ...item, prompt: promptOf(question, pressed) }
        : question && item.kind === 'rung'
          ? question === open
            ? { ...item, prompt: promptOf(question, pressed) }
            : { ...item, ...resultOf(item.rung, answers.get(placeOf(message, question.ask))) }
          : item,
    )
  }
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

function itemOf(message: WireActivity, at: number, before: Item | undefined): Item | undefined {
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
  const text = reply?.text ?? message.channelData?.words ?? message.text
  if (!text) return undefined
  const isFirst = !(before?.kind === 'said' && isSame(before.author, author))
  const isMarkdown = reply !== undefined || message.textFormat === 'markdown'
  return {
    kind: 'said',
    key,
    author,
    isFirst,
    text,
    isMarkdown,
    isProgress: reply?.kind === 'progress',
    at,
  }
}

/** Who said it first, by question: the press that answered it. */
function answersIn(messages: readonly WireActivity[]): ReadonlyMap<string, WireActivity> {
  const answers = new Map<string, WireActivity>()
  for (const message of messages) {
    const press = isPersons(message) ? pressOf(message.value) : undefined
    const place = press && placeOf(message, press.ask)
    if (place && !answers.has(place)) answers.set(place, message)
  }
  return answers
}

/** The last question of this conversation, unless it was answered, or an agent has come in after the bot asked it. */
function openQuestion(
  messages: readonly WireActivity[],
  answers: ReadonlyMap<string, WireActivity>,
  holder: 'bot' | 'queue' | 'agent',
): Asking | undefined {
  const message = messages.findLast((each) => askingOf(each))
  const question = message && askingOf(message)
  if (!question || question.buttons.length === 0) return undefined
  if (answers.has(placeOf(message, question.ask))) return undefined
  const last = messages.at(-1)
  if (last && conversationOf(message) !== conversationOf(last)) return undefined
  const isAgents = message.channelData?.author?.kind === 'agent' || 'by' in question
  return holder === 'agent' && !isAgents ? undefined : question
}

function resultOf(rung: RungReply, answer: WireActivity | undefined): { result?: Result } {
  const press = answer && pressOf(answer.value)
  if (!press) return {}
  const asksWhetherItHelped = rung.buttons.some((each) =>
    ['already_tried', 'cant_do', 'another_time'].includes(each.answer),
  )
  // "Is a profile listed?" is answered with yes and no as well, and neither says that it helped.
  const isFinding = !rung.worked && !rung.together
  const kinds: Readonly<Record<string, Result['kind'] | undefined>> = {
    already_tried: 'tried',
    partly: 'partly',
    skip: 'skipped',
    another_time: 'later',
    ...(asksWhetherItHelped && !isFinding && { no: 'noHelp' }),
    ...(asksWhetherItHelped &&
      !isFinding && {
        yes: rung.buttons.some((each) => each.answer === 'another_time') ? 'later' : 'helped',
      }),
  }
  const kind = Object.hasOwn(kinds, press.answer) ? kinds[press.answer] : undefined
  return {
    result: kind && kind !== 'other' ? { kind } : { kind: 'other', text: answer?.text ?? '' },
  }
}

const isSame = (one: Author, other: Author) => one.kind === other.kind && one.name === other.name

/** Ids are the conversation's own, and a number. */
const conversationOf = ({ id }: WireActivity): string =>
  id.slice(0, Math.max(0, id.lastIndexOf('|')))

/** Questions are counted anew in each conversation, and what is on the screen may be of two. */
const placeOf = (message: WireActivity, ask: number | undefined): string =>
  `${conversationOf(message)} ${ask}`

/** Whether the person themselves said it. */
export const isPersons = ({ from }: WireActivity): boolean =>
  from.role === 'user' || from.id.startsWith('dl_')

const replyOf = (message: WireActivity): Reply | undefined =>
  isPersons(message) ? undefined : message.channelData?.fixladder

function askingOf(message: WireActivity): Asking | undefined {
  const reply = replyOf(message)
  return reply && 'buttons' in reply ? reply : undefined
}

const askOf = (message: WireActivity): number | undefined => askingOf(message)?.ask

/** A press, as the panel or a stock client sends it. */
function pressOf(value: unknown): Press | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { ask, answer } = value as Partial<Press>
  return typeof ask === 'number' && typeof answer === 'string' ? { ask, answer } : undefined
}
