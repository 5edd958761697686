import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import { dialogIds } from './base'
import { closeCase, dropAside } from './cases'
import type { HandoffOptions } from './handoff-dialog'
import { cancelWait } from './incidents'
import type { Incoming } from './interpret'
import { takeWish } from './later'
import type { MainDialog } from './main-dialog'
import { mind } from './manners'
import { takePlaceAgain } from './place-again'
import { takeMeanwhile } from './meanwhile'
import { takeRating } from './rating'
import { heardWell } from './rung-answers'
import { worksAfterAll } from './success'
import { takeAddress } from './reply-address'
import { toMain } from './to-main'
import type { Turn } from './turn'
import { leaveQueue, takeLeaving } from './waiting'
import { buttons, questions, say } from './words'

/**
 * What may be said at any moment, whatever was asked: a person, stop, start over, help, another symptom.
 * Gives the turn's result when it was one of these, and undefined when the dialog on top should take it.
 */
export async function interrupt(
  dc: DialogContext,
  turn: Turn,
  came: Incoming,
  main: MainDialog,
): Promise<DialogTurnResult | undefined> {
  const addressed = await takeAddress(dc, turn, came)
  if ('status' in addressed) return addressed
  const placed = await takePlaceAgain(dc, turn, addressed)
  if ('status' in placed) return placed
  const incoming = await takeMeanwhile(dc, turn, placed)
  if ('status' in incoming) return incoming
  if (incoming.kind === 'stale') {
    turn.preface(say.stale)
    if (!(await turn.askAgain())) await turn.say(say.hasNoQuestion)
    return Dialog.EndOfTurn
  }
  if (incoming.kind === 'empty' || incoming.kind === 'files') {
    if (dc.activeDialog?.id === dialogIds.main) return undefined
    if (incoming.kind === 'empty') turn.preface(say.empty.replace(/ What.*$/, ''))
    else if (!incoming.isKept) turn.preface(say.onlyFiles.replace(/ What.*$/, ''))
    if (!(await turn.askAgain())) await turn.say(say.anythingElse)
    return Dialog.EndOfTurn
  }
  const rated = await takeRating(turn, incoming)
  if (rated) return rated
  if (incoming.kind === 'words') {
    // "Still there", where that is a button, is the button and not "are you still there?".
    const isOption = incoming.understood?.answer !== undefined
    const minded = isOption ? undefined : await mind(dc, turn, incoming, main)
    if (minded) return minded
    const granted = (await takeWish(dc, turn, incoming)) ?? (await takeLeaving(turn, incoming))
    if (granted) return granted
  }
  const command = commandIn(incoming)
  if (turn.state.question?.topic === 'switch') {
    if (command === undefined) return decideSwitch(dc, turn, incoming, main)
    const { other: _dropped, paused, ...rest } = turn.state
    turn.state = { ...rest, question: paused }
  }
  switch (command) {
    case 'human':
      return dc.activeDialog?.id === dialogIds.handoff ? undefined : bringPerson(dc, incoming)
    case 'stop':
      return stop(dc, turn, incoming)
    case 'restart':
      return restart(dc, turn, main)
    case 'help':
      if (dc.activeDialog?.id === dialogIds.main) return main.help(turn)
      turn.preface(say.help(turn.pack.info))
      if (!(await turn.askAgain())) await turn.say(say.anythingElse)
      return Dialog.EndOfTurn
    default:
      return otherSymptom(dc, turn, incoming)
  }
}

const commands = new Set(['human', 'stop', 'restart', 'help'])

function commandIn(incoming: Incoming): string | undefined {
  if (incoming.kind === 'press') return commands.has(incoming.answer) ? incoming.answer : undefined
  if (incoming.kind !== 'words') return undefined
  const label = incoming.understood?.label
  if (label !== undefined && commands.has(label)) return label
  return commands.has(incoming.reading.kind) ? incoming.reading.kind : undefined
}

/** Who asks outright gets a person; where it only sounds like that, they are offered one. */
function bringPerson(dc: DialogContext, incoming: Incoming): Promise<DialogTurnResult> {
  const isOutright = incoming.kind !== 'words' || incoming.reading.kind === 'human'
  const options: HandoffOptions = { reason: 'asked', offer: !isOutright }
  return dc.beginDialog(dialogIds.handoff, options)
}

async function stop(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
  const wasOpen = turn.state.case !== undefined || dc.activeDialog?.id !== dialogIds.main
  await toMain(dc, turn)
  cancelWait(turn)
  const hasLeft = leaveQueue(turn, 'cancel')
  closeCase(turn, 'abandoned')
  turn.closeQuestion()
  const saysGoodbye = incoming.kind === 'words' && goodbye.test(incoming.text)
  const stopped = hasLeft ? say.stoppedAndLeft : wasOpen ? say.stopped : undefined
  await turn.say(stopped ?? (saysGoodbye ? say.goodbye : say.nothingOpen))
  return Dialog.EndOfTurn
}

const goodbye = /\b(?:good ?bye|bye|good ?night|see (?:you|ya)|cheerio)\b/i

async function restart(dc: DialogContext, turn: Turn, main: MainDialog): Promise<DialogTurnResult> {
  await toMain(dc, turn)
  closeCase(turn, 'abandoned')
  dropAside(turn)
  const {
    closed: _forgotten,
    lastWords: _words,
    addedWords: _added,
    sent: _sent,
    ...rest
  } = turn.state
  turn.state = { ...rest, facts: {}, misses: 0 }
  return main.startOver(turn)
}

/** Another trouble in the middle of a ladder: asked about once before anything changes. */
async function otherSymptom(
  dc: DialogContext,
  turn: Turn,
  incoming: Incoming,
): Promise<DialogTurnResult | undefined> {
  const active = dc.activeDialog?.id
  if (active === dialogIds.main || active === dialogIds.choose) return undefined
  if (turn.state.question?.topic === 'add_words') return undefined
  if (incoming.kind !== 'words') return undefined
  const [best, second] = incoming.reading.matches
  const isSure = incoming.reading.verdict === 'sure'
  // Both who reads replies and who reads troubles hear another one: then half sure is enough to ask.
  const isTold = incoming.understood?.also.includes('new_symptom') === true
  const standsOut = (best?.confidence ?? 0) >= worthAsking + (second?.confidence ?? 0) / 2
  // "Works!! But now it is upside down": that it works comes first.
  if (!isSure && !(isTold && standsOut && !worksAfterAll(incoming))) return undefined
  const symptom = best && turn.pack.symptoms.get(best.id)
  if (!best || !symptom || best.id === turn.state.case?.symptom) return undefined
  // An answer that was understood is an answer: "page loads, still waiting" is a no, not a new trouble.
  const { understood } = incoming
  const isFactAsked = factTopics.has(turn.state.question?.topic ?? '')
  const isFactSaid = turn.facts !== turn.input.state.facts
  const isHeard = understood && understood.label !== 'unclear' && understood.confidence >= heardWell
  if (isFactAsked ? isFactSaid : isHeard) return undefined
  turn.set({
    other: { symptom: best.id, confidence: best.confidence },
    paused: turn.state.question,
  })
  await turn.ask('switch', questions.switch(symptom.says), buttons.switch)
  return Dialog.EndOfTurn
}

/** Where a fact is asked for, "forget it, I can't invite my dad" is no answer, whatever it sounds like. */
const factTopics = new Set<string>(['device', 'role', 'scope', 'system'])

/** From this confidence on a trouble is asked about that is told in place of an answer; more, if a second is near. */
const worthAsking = 0.35

async function decideSwitch(
  dc: DialogContext,
  turn: Turn,
  incoming: Incoming,
  main: MainDialog,
): Promise<DialogTurnResult | undefined> {
  const answer =
    incoming.kind === 'press'
      ? incoming.answer
      : incoming.kind === 'words'
        ? incoming.understood?.label
        : undefined
  const { other, paused, ...rest } = turn.state
  if (answer === 'yes' && other) {
    turn.state = rest
    await toMain(dc, turn)
    return main.beginSymptom(dc, turn, other.symptom, other.confidence)
  }
  turn.state = { ...rest, question: paused }
  if (answer === 'no' || answer === 'next') {
    // Begun anew, the ladder tells the rung that is open, an answer tells itself, and an offer is made again.
    const { activeDialog } = dc
    return dc.replaceDialog(activeDialog?.id ?? dialogIds.main, activeDialog?.state)
  }
  return undefined
}
