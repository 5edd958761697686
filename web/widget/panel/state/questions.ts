import type { Sent } from '../../line'
import type { Press, Reply, WireActivity } from '../../wire'
import { toldResult } from './results'

/** Which question waits for its answer, and which were answered, and how. */

/** What the bot or an agent said that has buttons. */
export type Asking = Extract<Reply, { buttons: unknown }>

/** Who said it first, by question: the press that answered it. */
export function answersIn(messages: readonly WireActivity[]): ReadonlyMap<number, WireActivity> {
  const answers = new Map<number, WireActivity>()
  for (const message of messages) {
    const press = isPersons(message) ? pressOf(message.value) : undefined
    if (press && !answers.has(press.ask)) answers.set(press.ask, message)
  }
  return answers
}

/**
 * The last question, unless it was answered: by a press, by words that the bot has taken as an answer, or because an
 * agent has come in after the bot asked it.
 */
export function openQuestion(
  messages: readonly WireActivity[],
  answers: ReadonlyMap<number, WireActivity>,
  holder: 'bot' | 'queue' | 'agent',
): Asking | undefined {
  const index = messages.findLastIndex((each) => askingOf(each))
  const message = messages[index]
  const question = message && askingOf(message)
  if (!question || question.buttons.length === 0 || answers.has(question.ask)) return undefined
  if (isAnsweredInWords(question, messages.slice(index + 1))) return undefined
  const isAgents = message.channelData?.author?.kind === 'agent' || 'by' in question
  return holder === 'agent' && !isAgents ? undefined : question
}

/**
 * A fix is answered once the bot has written down what became of it, and waits for that through whatever else is said.
 * Any other question is over once the bot has answered the person's words without asking it again.
 */
function isAnsweredInWords(question: Asking, after: readonly WireActivity[]): boolean {
  if (question.kind === 'rung') return toldResult(question, after.map(replyOf)) !== undefined
  const spoken = after.findIndex(isPersons)
  return spoken >= 0 && after.slice(spoken).some((each) => replyOf(each)?.kind === 'say')
}

/** The answer to the open question, as long as the log does not show it. */
export const pressOnItsWay = (
  open: Asking | undefined,
  pending: readonly Sent[],
): Sent | undefined => open && pending.find(({ value }) => pressOf(value)?.ask === open.ask)

/** Whether the person themselves said it. */
export const isPersons = ({ from }: WireActivity): boolean =>
  from.role === 'user' || from.id.startsWith('dl_')

/** What the bot said, undrawn. */
export const replyOf = (message: WireActivity): Reply | undefined =>
  isPersons(message) ? undefined : message.channelData?.fixladder

/** The same, where it asks something. */
export function askingOf(message: WireActivity): Asking | undefined {
  const reply = replyOf(message)
  return reply && 'buttons' in reply ? reply : undefined
}

/** The bot's first question of a conversation, before anything was said. */
export function isGreetingOf(message: WireActivity): boolean {
  const question = askingOf(message)
  return question?.kind === 'ask' && question.ask === 1 && question.case === undefined
}

/** The number of the question it asks. */
export const askOf = (message: WireActivity): number | undefined => askingOf(message)?.ask

/** A press, as the panel or a stock client sends it. */
export function pressOf(value: unknown): Press | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { ask, answer } = value as Partial<Press>
  return typeof ask === 'number' && typeof answer === 'string' ? { ask, answer } : undefined
}
