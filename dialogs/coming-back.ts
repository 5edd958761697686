import type { DialogContext } from 'botbuilder-dialogs'
import { longestDays, normalise, wasTried } from '../knowledge'
import { dialogIds } from './base'
import { reopenedEvent } from './events'
import { answering, type Incoming } from './interpret'
import type { MainDialog } from './main-dialog'
import { heardWell } from './rung-answers'
import { freshState, type BotState } from './state'
import type { TurnInput } from './turn-input'
import type { Turn } from './turn'
import { buttons, say, understood } from './words'

/** After so long without a word, somebody with an open ladder is asked whether to go on with it. */
export const pauseMs = 4 * 60 * 60 * 1000

/** So long an open ladder is kept; whoever comes back later starts fresh. No reminder is set for longer either. */
export const keptMs = longestDays * 24 * 60 * 60 * 1000

/**
 * What the bot still knows when somebody writes after a long time: after 30 days of silence nothing but their time
 * zone. The case itself is left as it is, with the outcome that silence gives it.
 */
export function remembered({ state, activity, now, holder }: TurnInput): BotState {
  const isPersons = activity.type === 'message' || activity.name === reopenedEvent
  if (!isPersons || holder !== 'bot' || !state.case?.ladder) return state
  if (state.lastAt === undefined || now - state.lastAt <= keptMs) return state
  const { asked, timeZone, spokeOfDanger } = state
  return {
    ...freshState,
    asked,
    ...(timeZone !== undefined && { timeZone }),
    ...(spokeOfDanger !== undefined && { spokeOfDanger }),
  }
}

/** Says so when a ladder was too old to be kept, and asks anew where the message was about it. Undefined when nothing is left to be done. */
export async function startFresh(
  turn: Turn,
  incoming: Incoming,
  main: MainDialog,
): Promise<Incoming | undefined> {
  turn.preface(say.tooLongAgo)
  if (incoming.kind === 'words') return incoming
  await main.ask(turn, say.anythingElse)
  return undefined
}

/**
 * Somebody with an open ladder is back after a while. What answers, commands or names a trouble is simply taken;
 * "hello again" is asked "continue or start over?". Gives the message to go on with, understood as the answer to what
 * was asked before; undefined when it was answered here.
 */
export async function comeBack(
  dc: DialogContext,
  turn: Turn,
  incoming: Incoming,
): Promise<Incoming | undefined> {
  if (turn.state.question?.topic === 'come_back') return decide(dc, turn, incoming)
  const isReopened = incoming.kind === 'reopened'
  if (isAway(turn) && (isReopened || !isClear(incoming, turn))) {
    await askWhetherToGoOn(turn)
    return undefined
  }
  return isReopened ? undefined : incoming
}

function isAway({ state, input }: Turn): boolean {
  const { case: open, lastAt, question } = state
  if (!open?.ladder || open.handedOff || input.holder !== 'bot') return false
  // Who was asked which of the checks helped has said that it works.
  if (question?.topic === 'which') return false
  // Whose place was given up is asked about that.
  if (question?.topic === 'place_again') return false
  return lastAt !== undefined && input.now - lastAt >= pauseMs
}

async function askWhetherToGoOn(turn: Turn): Promise<void> {
  const { case: open, question, paused, other: _other, ...rest } = turn.state
  const symptom = open && turn.pack.symptoms.get(open.symptom)
  if (!open?.ladder || !symptom) return
  // The question whether to change to another trouble is dropped; the one before it still stands.
  turn.state = { ...rest, case: open, paused: question?.topic === 'switch' ? paused : question }
  const tried = open.ladder.rungs.filter(({ result }) => wasTried(result)).length
  await turn.ask(
    'come_back',
    say.lastTime(understood(symptom.says, turn.facts), tried),
    buttons.comeBack,
  )
}

async function decide(
  dc: DialogContext,
  turn: Turn,
  incoming: Incoming,
): Promise<Incoming | undefined> {
  if (incoming.kind === 'reopened') return undefined
  const answer =
    incoming.kind === 'press'
      ? incoming.answer
      : incoming.kind === 'words'
        ? (incoming.understood?.answer ?? incoming.understood?.label)
        : undefined
  const { paused, ...rest } = turn.state
  const before: BotState = { ...rest, question: paused }
  if (answer === 'continue' || answer === 'yes') {
    turn.state = { ...before, misses: 0 }
    const { activeDialog } = dc
    await dc.replaceDialog(activeDialog?.id ?? dialogIds.main, activeDialog?.state)
    return undefined
  }
  const again = incoming.kind === 'words' && paused ? answering(incoming, paused) : incoming
  const isUnderstood = answer === 'restart' || answer === 'human' || isClear(again, turn)
  if (!isUnderstood) {
    turn.preface(say.again)
    await turn.askAgain()
    return undefined
  }
  turn.state = before
  return again
}

/** Whether a message says by itself what it wants: an answer, a command, a fact, a trouble. */
function isClear(incoming: Incoming, turn: Turn): boolean {
  if (incoming.kind === 'empty' || incoming.kind === 'files') return false
  if (incoming.kind !== 'words') return true
  const { reading, text, understood: reply } = incoming
  if (reading.verdict === 'sure') return true
  if (saysIsBack.test(normalise(text))) return false
  if (Object.keys(reading.facts).length > 0 || reply?.again !== undefined) return true
  if (reply && !saysLittle.has(reply.label) && reply.confidence >= heardWell) return true
  return !unclearKinds.has(reading.kind) && turn.state.question !== undefined
}

/** "I'm back", "hello again", "it's me": nothing about the trouble, though a "yes" may stand before it. */
const saysIsBack =
  /\b(?:i am|we are|am) back\b|\b(?:hello|hi|hey|me|here) again\b|^(?:it is )?me$|\bremember me\b/

const saysLittle = new Set(['unclear', 'chitchat', 'thanks', 'new_symptom'])
const unclearKinds = new Set(['greeting', 'unknown', 'nonsense', 'empty', 'symptom'])
