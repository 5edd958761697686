import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import { dialogIds } from './base'
import { askBetween, closeBetween, passBehind } from './between'
import type { HandoffOptions } from './handoff-dialog'
import type { Incoming } from './interpret'
import { noteTicketEnd } from './ticket-case'
import type { Turn } from './turn'
import { buttons, questions, say } from './words'

/** A place in the line was given up because the page was closed; the person reads it when they are back. */

/** Says so and offers the line again. What was asked before stays open behind it. */
export async function offerPlaceAgain(
  turn: Turn,
  { reason }: Extract<Incoming, { kind: 'place_given_up' }>,
): Promise<void> {
  // They were quicker, and are in the line again by their own words.
  if (turn.input.holder !== 'bot') return
  noteTicketEnd(turn)
  if (turn.state.case) turn.setCase({ handedOff: false })
  turn.set({ givenUp: { reason } })
  turn.preface(say.placeGivenUp)
  await askBetween(turn, 'place_again', questions.placeAgain, buttons.yesNo)
}

/**
 * Takes the answer. Gives the turn's result when it was one; otherwise the message, understood as an answer to what was
 * asked before.
 */
export async function takePlaceAgain(
  dc: DialogContext,
  turn: Turn,
  incoming: Incoming,
): Promise<DialogTurnResult | Incoming> {
  const { question, givenUp } = turn.state
  if (question?.topic !== 'place_again') return incoming
  if (incoming.kind !== 'press' && incoming.kind !== 'words') return incoming
  if (incoming.kind === 'words' && saysLittle.has(incoming.reading.kind)) {
    await turn.askAgain()
    return Dialog.EndOfTurn
  }
  const answer = incoming.kind === 'press' ? incoming.answer : incoming.understood?.label
  if (answer === 'yes') {
    closeBetween(turn)
    const options: HandoffOptions = { reason: givenUp?.reason ?? 'asked', offer: false }
    return dc.beginDialog(dialogIds.handoff, options)
  }
  if (answer === 'no') {
    closeBetween(turn)
    turn.preface(say.leftQueue)
    if (!(await turn.askAgain())) await turn.sayPrefaced()
    return Dialog.EndOfTurn
  }
  return passBehind(dc, turn, incoming)
}

/** "Hello?", "is anybody there?": somebody is back and has said nothing yet. */
const saysLittle = new Set(['greeting', 'status'])
