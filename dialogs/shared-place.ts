import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import { wasTried, type Facts, type MissingFact } from '../knowledge'
import { dialogIds } from './base'
import { closeCase, openCase } from './cases'
import type { Moved } from './events'
import { askFact } from './facts'
import type { HandoffOptions } from './handoff-dialog'
import { toMain } from './to-main'
import type { MainDialog } from './main-dialog'
import type { Turn } from './turn'
import { buttons, questions, say } from './words'

/** Asks for a fact, unless others read along: then the talk goes on in the personal chat, and this gives the turn's result. */
export async function askFactOrMove(
  dc: DialogContext,
  turn: Turn,
  about: MissingFact,
): Promise<DialogTurnResult | undefined> {
  if (turn.input.shared) return moveOn(dc, turn, { wants: 'fact' })
  await askFact(turn, about)
  return undefined
}

/**
 * Where others read along, somebody's device, account and talk with a colleague are not spoken of: the bot says where
 * it goes on, ends the case here, and sends what it knows to the personal chat.
 */
export async function moveOn(
  dc: DialogContext,
  turn: Turn,
  wanted: Pick<Moved, 'wants' | 'handoff'>,
): Promise<DialogTurnResult> {
  const { shared } = turn.input
  const { case: open, lastWords, timeZone } = turn.state
  if (shared?.isReachable)
    turn.effect({
      effect: 'moved',
      moved: {
        ...wanted,
        facts: withTried(turn),
        ...(open && { symptom: open.symptom }),
        ...(open?.confidence !== undefined && { confidence: open.confidence }),
        ...(lastWords !== undefined && { words: lastWords }),
        ...(timeZone !== undefined && { timeZone }),
      },
    })
  await toMain(dc, turn)
  leaveCase(turn)
  await turn.say(say.movedOn(wanted.wants, shared?.isReachable === true, shared?.link))
  return Dialog.EndOfTurn
}

/** What is known, and what was tried on the ladder here. */
function withTried({ state: { case: open, facts } }: Turn): Facts {
  const here = (open?.ladder?.rungs ?? []).filter(({ result }) => wasTried(result))
  const tried = [...new Set([...(facts.tried ?? []), ...here.map(({ fix }) => fix)])]
  return { ...facts, ...(tried.length > 0 && { tried }) }
}

/** A case that was opened in this very turn was not one here; another one ends. */
function leaveCase(turn: Turn): void {
  const { case: open, ...rest } = turn.state
  if (!open) return
  if (turn.isNewCase(open.id)) {
    turn.takeBackCase(open.id)
    const { device, system } = rest.facts
    turn.state = { ...rest, facts: { ...(device && { device }), ...(system && { system }) } }
    return
  }
  closeCase(turn, 'abandoned')
}

/** In the personal chat: takes up what was told in a group, as if it had been said here. */
export async function takeMoved(
  dc: DialogContext,
  turn: Turn,
  { symptom: id, confidence, facts, words, timeZone, handoff }: Moved,
  main: MainDialog,
): Promise<DialogTurnResult> {
  const symptom = turn.pack.symptoms.get(id ?? '')
  const { case: open, question } = turn.state
  if (!handoff && symptom && open && question && open.symptom !== symptom.id) {
    // As if the other trouble had been typed here in the middle of this one: it is asked about first.
    const { device, system } = facts
    turn.learn({ ...(device && { device }), ...(system && { system }) })
    turn.set({ other: { symptom: symptom.id, confidence: confidence ?? 1 }, paused: question })
    await turn.ask('switch', questions.switch(symptom.says), buttons.switch)
    return Dialog.EndOfTurn
  }
  await toMain(dc, turn)
  turn.preface(say.movedHere)
  if (timeZone !== undefined && turn.state.timeZone === undefined) turn.set({ timeZone })
  if (words !== undefined) turn.set({ lastWords: words })
  if (!handoff && symptom) {
    turn.learn(facts)
    return main.beginSymptom(dc, turn, symptom.id, confidence, true)
  }
  if (symptom) {
    // What is known is of that trouble: another one that is open here is set aside first.
    openCase(turn, symptom, confidence)
    turn.learn(facts)
  }
  if (!handoff) return main.help(turn)
  return dc.beginDialog(dialogIds.handoff, handoff satisfies HandoffOptions)
}
