import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import {
  consent,
  goBack,
  nextStep,
  openRung,
  record,
  show,
  type Ladder,
  type RungResult,
} from '../knowledge'
import { TurnDialog, type Outcome } from './base'
import { clockTime } from './clock'
import { askFact, takeFact } from './facts'
import { misunderstood } from './misses'
import type { Incoming } from './interpret'
import { rungOf } from './rung'
import type { Turn } from './turn'
import { bridges, buttons, lead, questions, say } from './words'

/** A button's or reply's answer as the result of a rung. */
const results: ReadonlyMap<string, RungResult> = new Map([
  ['yes', 'helped'],
  ['no', 'no_help'],
  ['already_tried', 'already_tried'],
  ['cant_do', 'cannot'],
  ['next', 'skipped'],
])

/** Minutes until a look at a rung that worked in part, when its fix names no wait of its own. */
const usualWait = 20

/** Minutes that a reminder waits which came in the middle of something else. */
const putOff = 5

/** Walks up the ladder of the case at hand. All decisions are the ladder's (`knowledge/ladder`); this says them. */
export class LadderDialog extends TurnDialog {
  async begin(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
    return this.#climb(dc, turn)
  }

  /** Says what comes next: a fact to ask, a consent, a rung, or the end. */
  async #climb(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
    const step = nextStep(ladderOf(turn), turn.facts, turn.pack)
    switch (step.step) {
      case 'ask': {
        const asked = turn.state.asked
        await askFact(turn, step.about)
        return turn.state.asked === asked ? this.#climb(dc, turn) : Dialog.EndOfTurn
      }
      case 'consent': {
        const { intro, minutes, loses = '' } = step.fix
        turn.setCase({ ladder: show(ladderOf(turn), step.fix.id) })
        await turn.ask(
          'consent',
          `${lead('next', intro, minutes)} ${loses} ${questions.consent}`,
          buttons.consent,
        )
        return Dialog.EndOfTurn
      }
      case 'rung': {
        turn.setCase({ ladder: show(ladderOf(turn), step.fix.id) })
        const { topic, rung } = rungOf(step)
        await turn.rung(topic, rung)
        return Dialog.EndOfTurn
      }
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
    if (nextStep(ladderOf(turn), turn.facts, turn.pack).step !== 'rung')
      return this.#climb(dc, turn)
    turn.listen('helped')
    return Dialog.EndOfTurn
  }

  /** The timer that a waiting rung set is due. While something else is being talked about, it waits a little more. */
  async remind(turn: Turn, fix: string, isOnTop: boolean): Promise<void> {
    const { case: open } = turn.state
    if (!open?.ladder || openRung(open.ladder) !== fix) return
    if (!isOnTop) return setReminder(turn, fix, putOff)
    turn.setCase({ reminder: undefined })
    const when = clockTime(turn.input.now, turn.state.timeZone)
    await turn.ask(
      'helped',
      when ? say.reminderDue(when) : say.reminderDueNoClock,
      buttons.stillThere,
    )
  }

  async #takeFact(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    if (incoming.kind === 'words' && incoming.understood?.label === 'go_back')
      return this.#back(dc, turn)
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
    if (answer === 'dont_understand') return this.#explain(turn, fix)
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
    if (answer === 'dont_understand') return this.#explain(turn, fix)
    if (answer === 'chitchat') {
      turn.preface(say.patience)
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
    const isCheck = turn.state.question?.topic === 'found'
    const result = isCheck && answer === 'yes' ? 'found' : results.get(answer ?? '')
    if (result) return this.#record(dc, turn, result)
    if (incoming.kind === 'words' && this.#changedDevice(turn, incoming))
      return this.#climb(dc, turn)
    if (incoming.kind === 'words' && tellsTheSame(incoming, turn)) {
      return this.#record(dc, turn, 'no_help')
    }
    return misunderstood(dc, turn)
  }

  /** "Shall I ask again in 20 minutes?": a yes sets the timer; any answer to "did it help" is taken as such. */
  async #takeLater(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    const fix = openRung(ladderOf(turn))
    const isYes = incoming.kind === 'press' ? incoming.answer === 'yes' : isShortYes(incoming)
    if (fix === undefined || !isYes) return this.#takeResult(dc, turn, incoming)
    const minutes = turn.pack.fixes.get(fix)?.wait ?? usualWait
    setReminder(turn, fix, minutes)
    const dueAt = turn.input.now + minutes * 60_000
    const clock = clockTime(dueAt, turn.state.timeZone)
    await turn.say(say.reminderSet(clock ? `at ${clock}` : `in ${minutes} minutes`))
    turn.listen('helped')
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
      await turn.ask(
        'later',
        questions.later(turn.pack.fixes.get(fix)?.wait ?? usualWait),
        buttons.again,
      )
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
    if (open.reminder) {
      turn.effect({ effect: 'timer_cancelled', id: open.reminder.id })
      turn.setCase({ reminder: undefined })
    }
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

  async #explain(turn: Turn, fix: string): Promise<DialogTurnResult> {
    const more = turn.pack.fixes.get(fix)?.more ?? ''
    const { question } = turn.state
    const reply = question?.reply
    const asked = reply?.kind === 'rung' ? reply.question : questions.consent
    await turn.ask(
      question?.topic ?? 'helped',
      `${more} ${asked}`,
      question?.buttons ?? buttons.helped,
    )
    return Dialog.EndOfTurn
  }

  /** "it's on my mac, by the way": the rung is told again for the device named. */
  #changedDevice(turn: Turn, { reading }: Extract<Incoming, { kind: 'words' }>): boolean {
    const before = turn.input.state.facts.device
    if (turn.facts.device === before || reading.verdict === 'sure') return false
    turn.preface(say.onDevice(turn.facts))
    return true
  }

  #end(dc: DialogContext, outcome: Outcome): Promise<DialogTurnResult> {
    return dc.endDialog(outcome)
  }
}

/** Sets the timer that asks again, in place of one that is set already. */
function setReminder(turn: Turn, fix: string, minutes: number): void {
  const { case: open } = turn.state
  if (!open) return
  const id = turn.input.newId()
  if (open.reminder) turn.effect({ effect: 'timer_cancelled', id: open.reminder.id })
  const dueAt = turn.input.now + minutes * 60_000
  turn.effect({ effect: 'timer_set', id, dueAt, fix, caseId: open.id })
  turn.setCase({ reminder: { id, fix } })
}

function ladderOf(turn: Turn): Ladder {
  const ladder = turn.state.case?.ladder
  if (!ladder) throw new Error('The ladder dialog runs without a ladder in the case.')
  return ladder
}

/** A press or a reply as one answer; undefined when neither says enough. */
function answerOf(incoming: Incoming): string | undefined {
  if (incoming.kind === 'press') return incoming.answer
  if (incoming.kind !== 'words' || !incoming.understood) return undefined
  return incoming.understood.answer ?? incoming.understood.label
}

/** Describing the same trouble once more means that it is still there; a question about it does not. */
const tellsTheSame = (
  { reading, text }: Extract<Incoming, { kind: 'words' }>,
  turn: Turn,
): boolean =>
  reading.verdict === 'sure' &&
  reading.matches[0]?.id === turn.state.case?.symptom &&
  !text.includes('?')

/** "yes", "ok please": agrees to be asked again. "All there now, ty" is longer, and says that it worked. */
const isShortYes = (incoming: Incoming): boolean =>
  incoming.kind === 'words' &&
  incoming.understood?.label === 'yes' &&
  incoming.text.split(/\s+/).length <= 3
