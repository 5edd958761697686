import type { DialogContext } from 'botbuilder-dialogs'
import { incomingKey } from './base'
import { answering, type Incoming } from './interpret'
import type { Button } from './reply'
import type { Topic } from './state'
import type { Turn } from './turn'

/** A question that comes in between: what was asked before stays open behind it. */

/** Asks in between. Of two such questions the newer one takes the place of the other. */
export async function askBetween(
  turn: Turn,
  topic: Topic,
  text: string,
  buttons: readonly Button[],
): Promise<void> {
  const { question: before } = turn.state
  const behind = before?.isBetween ? before.behind : before
  await turn.ask(topic, text, buttons)
  const { question } = turn.state
  if (question) turn.set({ question: { ...question, isBetween: true, ...(behind && { behind }) } })
}

/** The question in between is done with: the one behind it is open again. */
export function closeBetween(turn: Turn): void {
  const { question, ...rest } = turn.state
  turn.state = question?.behind ? { ...rest, question: question.behind } : rest
}

/** What came was no answer to it: it is done with, and the message is understood as an answer to the one behind. */
export function passBehind(dc: DialogContext, turn: Turn, incoming: Incoming): Incoming {
  closeBetween(turn)
  const { question } = turn.state
  const again = incoming.kind === 'words' && question ? answering(incoming, question) : incoming
  dc.context.turnState.set(incomingKey, again)
  return again
}
