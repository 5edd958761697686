import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import {
  consent,
  goBack,
  nextStep,
  openRung,
  record,
  show,
  warningOf,
  type Ladder,
  type RungResult,
} from '../knowledge'
import { TurnDialog, type Outcome } from './base'
import { noteShown } from './cases'
import { askFact, takeFact } from './facts'
import { misunderstood } from './misses'
import type { Incoming } from './interpret'
import { askWhen, cancelReminder, promise } from './reminders'
import { rungOf } from './rung'
import { answerOf, isShortYes, resultOf, tellsTheSame, isBackAgain } from './rung-answers'
import type { Turn } from './turn'
import { bridges, buttons, lead, questions, say } from './words'

/** Walks up the ladder of the case at hand. All decisions are the ladder's (`knowledge/ladder`); this says them. */
export class LadderDialog extends TurnDialog {
  async begin(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
    return this.#climb(dc, turn)
  }

  /** Says what comes next: a fact to ask, a consent, a rung, or the end. */
  async #climb(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
    const step = nextStep(ladderOf(turn), turn.facts, turn.pack, turn.outlook)
    switch (step.step) {
      case 'ask': {
        const asked = turn.state.asked
        await askFact(turn, step.about)
        return turn.state.asked === asked ? this.#climb(dc, turn) : Dialog.EndOfTurn
      }
      case 'consent': {
        const { intro, minutes } = step.fix
        const place = isFirst(ladderOf(turn)) ? 'first' : 'next'
        turn.setCase({ ladder: show(ladderOf(turn), step.fix.id) })
        await turn.ask(
          'consent',
          `${lead(place, intro, minutes)} ${warningOf(step.fix) ?? ''} ${questions.consent}`,
          buttons.consent,
        )
        return Dialog.EndOfTurn
      }
      case 'rung': {
        turn.setCase({ ladder: show(ladderOf(turn), step.fix.id) })
        noteShown(turn, step.fix.id)
        const { topic, rung } = rungOf(step)
        await turn.rung(topic, rung)
        return Dialog.EndOfTurn
      }
      case 'checks':
      case 'person':
      case 'parked':
      case 'end':
        turn.closeQuestion()
        return this.#end(dc, { outcome: 'ended' })
    }
  }

  async take(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    switch (turn.state.question?.topic) {
      case 'device':
      case 'role':
      case 'scope':
      case 'system':
        return this.#takeFact(dc, turn, incoming)
      case 'consent':
        return this.#takeConsent(dc, turn, incoming)
      case 'later':
        return this.#takeLater(dc, turn, incoming)
      case 'still_coming':
        return this.#takeStillComing(dc, turn, incoming)
      default:
        return this.#takeResult(dc, turn, incoming)
    }
  }

  /** Back from a hand-off: once sent, the rung stays open and its answer still counts; else it is told again. */
  override async after(dc: DialogContext, turn: Turn, outcome: Outcome): Promise<DialogTurnResult> {
    if (outcome.outcome === 'not_sent') {
      turn.preface(say.notSent)
      return this.#climb(dc, turn)
    }
    if (turn.state.question) return Dialog.EndOfTurn
    // What was asked before the rung (a fact, a consent) is asked again; a rung that was told only listens.
    if (nextStep(ladderOf(turn), turn.facts, turn.pack, turn.outlook).step !== 'rung')
      return this.#climb(dc, turn)
    turn.listen('helped')
    return Dialog.EndOfTurn
  }

  async #takeFact(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    if (incoming.kind === 'words' && incoming.understood?.label === 'go_back')
      return this.#back(dc, turn)
    if (incoming.kind === 'words' && tellsTheSame(incoming, turn) && (await turn.askAgain())) {
      return Dialog.EndOfTurn
    }
    const taken = await takeFact(turn, incoming)
    if (taken === 'asked_on') return Dialog.EndOfTurn
    if (taken === 'unclear') return misunderstood(dc, turn)
    turn.set({ misses: 0 })
    turn.closeQuestion()
    return this.#climb(dc, turn)
  }

  async #takeConsent(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    const fix = openRung(ladderOf(turn))
    const answer = answerOf(incoming)
    if (fix === undefined) return this.#climb(dc, turn)
    if (answer === 'yes') {
      turn.setCase({ ladder: consent(ladderOf(turn), fix) })
      return this.#climb(dc, turn)
    }
    if (answer === 'go_back') return this.#back(dc, turn)
    if (answer === 'dont_understand') return this.#explain(dc, turn, fix)
    if (answer === 'already_tried') return this.#record(dc, turn, 'already_tried')
    if (answer === 'no' || answer === 'next' || answer === 'cant_do')
      return this.#record(dc, turn, 'declined')
    return misunderstood(dc, turn)
  }

  async #takeResult(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    const fix = openRung(ladderOf(turn))
    if (fix === undefined) return this.#climb(dc, turn)
    const answer = answerOf(incoming)
    if (answer === 'go_back') return this.#back(dc, turn)
    if (answer === 'dont_understand') return this.#explain(dc, turn, fix)
    if (answer === 'chitchat' || answer === 'thanks') {
      turn.preface(answer === 'thanks' ? say.welcome : say.patience)
      await turn.askAgain()
      return Dialog.EndOfTurn
    }
    if (answer === 'partly') {
      await turn.ask('still_coming', questions.partly, buttons.yesNo)
      return Dialog.EndOfTurn
    }
    const tried = incoming.kind === 'words' ? incoming.reading.facts.tried : undefined
    if (tried && (answer === 'already_tried' || answer === 'unclear')) {
      // "Left it charging all night" names the fix as done, without a word of yes or no.
      if (tried.includes(fix)) return this.#record(dc, turn, 'already_tried')
      // "I restarted it already" speaks of another fix: it will be skipped, and this one is still open.
      turn.preface(say.notedFact)
      await turn.askAgain()
      return Dialog.EndOfTurn
    }
    // After a hand-off a bare "yes" may answer what was said there; only a clear word counts as solved.
    if (turn.state.case?.handedOff && !turn.state.question?.reply && isShortYes(incoming)) {
      await turn.ask('helped', say.hasItHelped, buttons.stillThere)
      return Dialog.EndOfTurn
    }
    const result = resultOf(answer, turn.state.question?.topic === 'found')
    if (result) return this.#record(dc, turn, result)
    const isOpenEnded = answer === 'unclear' || answer?.startsWith('device:') === true
    if (isOpenEnded && turn.facts !== turn.input.state.facts) {
      return this.#takeNews(dc, turn, fix)
    }
    if (incoming.kind === 'words' && (isBackAgain(incoming) || tellsTheSame(incoming, turn))) {
      return this.#record(dc, turn, 'no_help')
    }
    return misunderstood(dc, turn)
  }

  /** "Shall I ask again in 20 minutes?": a yes sets the timer; any answer to "did it help" is taken as such. */
  async #takeLater(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    const fix = openRung(ladderOf(turn))
    const isYes = incoming.kind === 'press' ? incoming.answer === 'yes' : isShortYes(incoming)
    const minutes = incoming.kind === 'words' ? incoming.understood?.again : undefined
    if (fix === undefined || (!isYes && minutes === undefined)) {
      return this.#takeResult(dc, turn, incoming)
    }
    await promise(turn, fix, minutes)
    return Dialog.EndOfTurn
  }

  async #takeStillComing(
    dc: DialogContext,
    turn: Turn,
    incoming: Incoming,
  ): Promise<DialogTurnResult> {
    const fix = openRung(ladderOf(turn))
    const answer = answerOf(incoming)
    if (fix === undefined) return this.#climb(dc, turn)
    if (answer === 'yes') {
      turn.preface(say.partlyMoving)
      await turn.ask('later', askWhen(turn, fix), buttons.again)
      return Dialog.EndOfTurn
    }
    if (answer === 'no') return this.#record(dc, turn, 'partly')
    return misunderstood(dc, turn)
  }

  /** Writes what became of the open rung, in the ladder and in the ledger, and goes on. */
  async #record(dc: DialogContext, turn: Turn, result: RungResult): Promise<DialogTurnResult> {
    const { case: open } = turn.state
    const fix = open?.ladder && openRung(open.ladder)
    if (!open?.ladder || fix === undefined) return this.#climb(dc, turn)
    turn.set({ misses: 0 })
    cancelReminder(turn)
    turn.setCase({ ladder: record(open.ladder, fix, result) })
    turn.effect({
      effect: 'rung_ended',
      caseId: open.id,
      symptom: open.symptom,
      fix,
      result,
      ...(turn.facts.device ? { device: turn.facts.device } : {}),
      packVersion: turn.pack.info.version,
    })
    if (result === 'helped') {
      turn.closeQuestion()
      const known = turn.pack.fixes.get(fix)
      return this.#end(
        dc,
        known?.outcome === 'workaround'
          ? { outcome: 'workaround' }
          : { outcome: 'solved', ...(known ? { noun: known.noun } : {}) },
      )
    }
    if (result === 'found') {
      turn.closeQuestion()
      turn.preface(turn.pack.fixes.get(fix)?.finding?.then)
      return this.#end(dc, { outcome: 'needs_person' })
    }
    turn.preface(bridges[result])
    return this.#climb(dc, turn)
  }

  async #back(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
    const ladder = goBack(ladderOf(turn))
    if (!ladder) {
      turn.preface(say.firstRung)
      if (!(await turn.askAgain())) return this.#climb(dc, turn)
      return Dialog.EndOfTurn
    }
    turn.setCase({ ladder })
    return this.#climb(dc, turn)
  }

  /** "What do you mean": told in more detail; asked again, the steps once more. */
  async #explain(dc: DialogContext, turn: Turn, fix: string): Promise<DialogTurnResult> {
    const { question } = turn.state
    const known = turn.pack.fixes.get(fix)
    const reply = question?.reply
    if (!question || !known || (reply?.kind !== 'rung' && question.topic !== 'consent')) {
      return this.#climb(dc, turn)
    }
    const asked = reply?.kind === 'rung' ? reply.question : questions.consent
    await turn.ask(question.topic, `${known.more} ${asked}`, question.buttons)
    return Dialog.EndOfTurn
  }

  /** A fact in place of an answer: "it's on my mac", "hers". The ladder goes on from what is known now. */
  async #takeNews(dc: DialogContext, turn: Turn, fix: string): Promise<DialogTurnResult> {
    if (turn.facts.device !== turn.input.state.facts.device) {
      turn.preface(say.onDevice(turn.facts))
      return this.#climb(dc, turn)
    }
    turn.preface(say.notedFact)
    const step = nextStep(ladderOf(turn), turn.facts, turn.pack, turn.outlook)
    if (step.step === 'rung' && step.fix.id === fix && (await turn.askAgain())) {
      return Dialog.EndOfTurn
    }
    return this.#climb(dc, turn)
  }

  #end(dc: DialogContext, outcome: Outcome): Promise<DialogTurnResult> {
    return dc.endDialog(outcome)
  }
}

function ladderOf(turn: Turn): Ladder {
  const ladder = turn.state.case?.ladder
  if (!ladder) throw new Error('The ladder dialog runs without a ladder in the case.')
  return ladder
}

/** Whether nothing was tried on it yet. */
const isFirst = (ladder: Ladder): boolean => ladder.rungs.every((rung) => !rung.result)
