import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import { dialogIds, incomingOf } from './base'
import type { HandoffOptions } from './handoff-dialog'
import type { Turn } from './turn'
import { noteUnmatched } from './unmatched'
import { buttons, questions, say } from './words'

/** So many misunderstandings in a row, and a person is offered. */
const mostMisses = 2

/** The answer was not understood: it is noted, and asked for again. */
export function misunderstood(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
  noteUnmatched(turn, incomingOf(dc))
  return askOnceMore(dc, turn)
}

/** The question once more, of a rung in a better way, and at the second time in a row a person. */
export async function askOnceMore(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
  if (turn.input.holder !== 'bot') {
    // What the bot can't read may be meant for the colleague, who reads all of it. The question stays open.
    await turn.say(say.notedForColleague)
    return Dialog.EndOfTurn
  }
  turn.set({ misses: turn.state.misses + 1 })
  if (turn.state.misses >= mostMisses) {
    turn.set({ misses: 0 })
    turn.preface(say.notUnderstoodTwice)
    const options: HandoffOptions = { reason: 'not_understood', offer: true }
    return dc.beginDialog(dialogIds.handoff, options)
  }
  turn.preface(say.again)
  const { question } = turn.state
  const topic = question?.topic
  const asksWhen = question?.buttons.some(({ answer }) => answer.startsWith('again:'))
  const asksHowItWent = topic === 'helped' || topic === 'checks' || (topic === 'later' && !asksWhen)
  if (question?.reply && asksHowItWent) {
    // Asked in another way: what was not understood once in these words is not understood twice either.
    await turn.ask(topic === 'checks' ? topic : 'helped', questions.better, buttons.better)
    return Dialog.EndOfTurn
  }
  if (await turn.askAgain()) return Dialog.EndOfTurn
  // Nothing was asked, but a rung is being tried.
  if (turn.state.case?.ladder) await turn.ask('helped', say.hasItHelped, buttons.stillThere)
  else await turn.say(say.anythingElse)
  return Dialog.EndOfTurn
}
