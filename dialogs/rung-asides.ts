import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import { goBack, openRungs, show } from '../knowledge'
import { climb, stepOf } from './climb'
import type { Incoming } from './interpret'
import { ladderOf } from './ladder-results'
import { asksWhy } from './rung-answers'
import type { Turn } from './turn'
import { questions, say } from './words'

/** What is said on a ladder without answering its question: one back, what do you mean, a fact. */

/** The rung before is open again, or the person hears that there is none. */
export async function goOneBack(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
  const ladder = goBack(ladderOf(turn))
  if (!ladder) {
    turn.preface(say.firstRung)
    if (!(await turn.askAgain())) return climb(dc, turn)
    return Dialog.EndOfTurn
  }
  turn.setCase({ ladder })
  return climb(dc, turn)
}

/** "What do you mean": told in more detail; of checks asked together the first in full. "Why this one": its place. */
export async function explain(
  dc: DialogContext,
  turn: Turn,
  incoming: Incoming,
): Promise<DialogTurnResult> {
  const { question } = turn.state
  const [fix, ...others] = openRungs(ladderOf(turn))
  if (fix !== undefined && others.length > 0) {
    turn.setCase({ ladder: show(ladderOf(turn), fix) })
    turn.preface(say.oneByOne)
    return climb(dc, turn)
  }
  const known = turn.pack.fixes.get(fix ?? '')
  const reply = question?.reply
  if (!question || !known || (reply?.kind !== 'rung' && question.topic !== 'consent')) {
    return climb(dc, turn)
  }
  const told = asksWhy(incoming) && reply?.kind === 'rung' ? reply.why : undefined
  const asked = reply?.kind === 'rung' ? reply.question : questions.consent
  await turn.ask(question.topic, `${told ?? known.more} ${asked}`, question.buttons)
  return Dialog.EndOfTurn
}

/** A fact in place of an answer: "it's on my mac", "hers". The ladder goes on from what is known now. */
export async function takeNews(
  dc: DialogContext,
  turn: Turn,
  fix: string,
): Promise<DialogTurnResult> {
  if (turn.facts.device !== turn.input.state.facts.device) {
    turn.preface(say.onDevice(turn.facts))
    return climb(dc, turn)
  }
  if (turn.input.holder !== 'bot') {
    // Somebody is on their way, who reads the whole chat; nothing is told anew.
    await turn.say(say.notedForColleague)
    return Dialog.EndOfTurn
  }
  turn.preface(say.notedFact)
  const step = stepOf(turn)
  if (step.step === 'rung' && step.fix.id === fix && (await turn.askAgain())) {
    return Dialog.EndOfTurn
  }
  return climb(dc, turn)
}
