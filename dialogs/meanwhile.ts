import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import { nextStep } from '../knowledge'
import { dialogIds } from './base'
import { askBetween, closeBetween, passBehind } from './between'
import { climb } from './climb'
import type { HandoffReason } from './effects'
import type { Incoming } from './interpret'
import type { Turn } from './turn'
import { isPromised } from './waiting'
import { buttons, questions, say } from './words'

/** Trying one more thing while waiting in the line: offered where the ladder has something left. */

/** Says that the case is sent and offers it; false when there is no line, or nothing to try in it. */
export async function offerMeanwhile(
  turn: Turn,
  reason: HandoffReason,
  sent: string,
): Promise<boolean> {
  // What was found out is not the person's to mend, so nothing that they try can help.
  // Nor can it while a shared cause is at work that they were told of and would wait for.
  const isWaitedFor = turn.incidents.length > 0 && !turn.state.case?.incident?.tries
  if (reason === 'needs_person' || isWaitedFor) return false
  if (isPromised(turn.input.desk) || !hasMoreToTry(turn)) return false
  turn.preface(sent)
  await askBetween(turn, 'meanwhile', questions.oneMore, buttons.oneMore)
  return true
}

/** Whether the ladder has something left; whoever would rather try the dear fix than wait may. */
export function hasMoreToTry({ state, facts, pack, outlook }: Turn): boolean {
  const ladder = state.case?.ladder
  if (!ladder) return false
  const { step } = nextStep({ ...ladder, personDeclined: true }, facts, pack, outlook)
  return step !== 'end' && step !== 'person'
}

/**
 * Takes the answer. Gives the turn's result when it was one; otherwise the message, understood as an answer to what was
 * asked before: "still waiting" tells of the rung above.
 */
export async function takeMeanwhile(
  dc: DialogContext,
  turn: Turn,
  incoming: Incoming,
): Promise<DialogTurnResult | Incoming> {
  if (turn.state.question?.topic !== 'meanwhile') return incoming
  const answer = answerIn(incoming)
  if (answer === 'no') {
    closeBetween(turn)
    await turn.say(say.waitsHere)
    return Dialog.EndOfTurn
  }
  if (answer === 'yes') {
    // A rung that was told before and not answered is told again, with its steps.
    turn.closeQuestion()
    return dc.activeDialog?.id === dialogIds.ladder
      ? climb(dc, turn)
      : dc.beginDialog(dialogIds.ladder)
  }
  return passBehind(dc, turn, incoming)
}

/** A button, or so few words that they can only answer this. */
function answerIn(incoming: Incoming): 'yes' | 'no' | undefined {
  if (incoming.kind === 'press')
    return incoming.answer === 'yes' || incoming.answer === 'no' ? incoming.answer : undefined
  if (incoming.kind !== 'words') return undefined
  if (waits.test(incoming.text)) return 'no'
  const { label } = incoming.understood ?? {}
  const isShort = incoming.text.split(/\s+/).length <= fewWords
  return isShort && (label === 'yes' || label === 'no') && !tellsOfRung.test(incoming.text)
    ? label
    : undefined
}

const fewWords = 3
/** "No, I'll wait", "I'd rather wait". */
const waits =
  /\b(?:i(?:'|’)?(?:ll| will|d| would)?|rather|just|prefer to) (?:rather |just |only )?wait\b/i
/** "No change", "it works": about what was tried. */
const tellsOfRung =
  /\b(?:still|change|help\w*|works?|worked|working|fixed|gone|done|same|nothing|better)\b/i
