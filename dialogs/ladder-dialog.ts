import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import {
  consent,
  dropParked,
  openRung,
  openRungs,
  takeUpParked,
  type RungResult,
} from '../knowledge'
import { TurnDialog, type Outcome } from './base'
import { climb, stepOf } from './climb'
import { takeFact } from './facts'
import type { Incoming } from './interpret'
import { ladderOf, recordResults } from './ladder-results'
import { answerOffer, offerLater } from './later'
import { misunderstood } from './misses'
import {
  anotherTroubleIn,
  answerOf,
  asksWhichOfThree,
  isBackAgain,
  resultOf,
  tellsBadNews,
  tellsTheSame,
} from './rung-answers'
import { agreesOutright, isBareYes, isShortYes, worksAfterAll, worksElsewhere } from './success'
import { explain, goOneBack, takeNews } from './rung-asides'
import type { Turn } from './turn'
import { bridges, buttons, questions, say } from './words'

/** Takes what the person answers on the ladder of the case at hand; `climb.ts` says what comes next. */
export class LadderDialog extends TurnDialog {
  async begin(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
    return climb(dc, turn)
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
      case 'parked':
        return this.#takeParked(dc, turn, incoming)
      case 'which':
        return this.#takeWhich(dc, turn, incoming)
      case 'later':
        return this.#takeLater(dc, turn, incoming)
      case 'after_agent':
        return this.#takeAfterAgent(dc, turn, incoming)
      case 'still_coming':
        return this.#takeStillComing(dc, turn, incoming)
      default:
        return this.#takeResult(dc, turn, incoming)
    }
  }

  /** Back from a hand-off: once sent, the rung stays open and its answer still counts; else it is told again. */
  override async after(dc: DialogContext, turn: Turn, outcome: Outcome): Promise<DialogTurnResult> {
    const { step } = stepOf(turn)
    if (outcome.outcome === 'not_sent') {
      if (step === 'person') {
        turn.setCase({ ladder: { ...ladderOf(turn), personDeclined: true } })
        turn.preface(say.goOnWithoutPerson)
      } else turn.preface(say.notSent)
      return climb(dc, turn)
    }
    // Somebody is coming; the dear fix is there for whoever would rather not wait.
    if (step === 'person') turn.setCase({ ladder: { ...ladderOf(turn), personDeclined: true } })
    if (turn.state.question) return Dialog.EndOfTurn
    // What was asked before the rung (a fact, a consent) is asked again; a rung that was told only listens.
    if (step !== 'rung' && step !== 'checks' && step !== 'person') return climb(dc, turn)
    turn.listen('helped')
    return Dialog.EndOfTurn
  }

  async #takeFact(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    if (incoming.kind === 'words' && incoming.understood?.label === 'go_back')
      return goOneBack(dc, turn)
    if (incoming.kind === 'words' && tellsTheSame(incoming, turn) && (await turn.askAgain())) {
      return Dialog.EndOfTurn
    }
    const taken = await takeFact(turn, incoming)
    if (taken === 'asked_on') return Dialog.EndOfTurn
    // "That helped, all good", in place of the answer: nothing has to be known any more.
    if (taken === 'unclear' && worksAfterAll(incoming))
      return this.#solved(dc, turn, undefined, incoming)
    if (taken === 'unclear') return misunderstood(dc, turn)
    turn.set({ misses: 0 })
    turn.closeQuestion()
    return climb(dc, turn)
  }

  async #takeConsent(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    const fix = openRung(ladderOf(turn))
    const answer = answerOf(incoming)
    if (fix === undefined) return climb(dc, turn)
    if (answer === 'yes' && agreesOutright(incoming)) {
      turn.setCase({ ladder: consent(ladderOf(turn), fix) })
      return climb(dc, turn)
    }
    if (answer !== 'yes' && worksAfterAll(incoming)) {
      // "It is fine now" agrees to no offer; what was tried before gets no credit for it.
      recordResults(turn, [[fix, 'skipped']])
      return this.#solved(dc, turn, undefined, incoming)
    }
    if (answer === 'go_back') return goOneBack(dc, turn)
    if (answer === 'dont_understand') return explain(dc, turn, incoming)
    if (answer === 'already_tried') return this.#record(dc, turn, 'already_tried')
    if (answer === 'cant_do') return this.#record(dc, turn, this.#putOff(turn, incoming))
    if (answer === 'no' || answer === 'next') return this.#record(dc, turn, 'declined')
    return misunderstood(dc, turn)
  }

  async #takeResult(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    const open = openRungs(ladderOf(turn))
    const [fix] = open
    if (fix === undefined) {
      // No rung is open, as after a person was here: a success is theirs, or nobody's.
      return worksAfterAll(incoming) ? this.#solved(dc, turn, undefined, incoming) : climb(dc, turn)
    }
    const answer = answerOf(incoming)
    if (isBareYes(incoming) && asksWhichOfThree(turn)) {
      await turn.ask('helped', questions.whichOfThree, buttons.better)
      return Dialog.EndOfTurn
    }
    if (answer === 'go_back') return goOneBack(dc, turn)
    if (answer === 'dont_understand') return explain(dc, turn, incoming)
    if (answer === 'chitchat' || answer === 'thanks') {
      turn.preface(answer === 'thanks' ? say.welcome : say.patience)
      await turn.askAgain()
      return Dialog.EndOfTurn
    }
    if (answer === 'partly') {
      await turn.ask('still_coming', questions.partly, buttons.remains)
      return Dialog.EndOfTurn
    }
    const tried = incoming.kind === 'words' ? incoming.reading.facts.tried : undefined
    if (tried && (answer === 'already_tried' || answer === 'unclear')) {
      // "Left it charging all night" names the fix as done, without a word of yes or no.
      if (open.every((id) => tried.includes(id))) return this.#record(dc, turn, 'already_tried')
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
    // "It works now", where a check was asked, is no finding, and a check has cured nothing.
    if (turn.state.question?.topic === 'found' && answer !== 'no' && worksAfterAll(incoming)) {
      recordResults(turn, [[fix, 'skipped']])
      return this.#solved(dc, turn, undefined, incoming)
    }
    const elsewhere = answer === 'yes' ? worksElsewhere(incoming, turn) : undefined
    if (elsewhere) {
      // "It works on my iPad" says nothing of the iPhone in hand, which stays the one that is talked about.
      turn.set({ facts: elsewhere })
      turn.preface(say.notedFact)
      await turn.ask('helped', questions.onThisOne(elsewhere), buttons.stillThere)
      return Dialog.EndOfTurn
    }
    if (answer === 'yes' && open.length > 1) return this.#askWhich(turn, open)
    if (answer === 'cant_do') return this.#record(dc, turn, this.#putOff(turn, incoming))
    const result = resultOf(answer, turn.state.question?.topic === 'found')
    if (result) return this.#record(dc, turn, result, incoming)
    const isOpenEnded = answer === 'unclear' || answer?.startsWith('device:') === true
    if (isOpenEnded && turn.facts !== turn.input.state.facts) {
      return takeNews(dc, turn, fix)
    }
    if (incoming.kind === 'words' && (isBackAgain(incoming) || tellsTheSame(incoming, turn))) {
      return this.#record(dc, turn, 'no_help')
    }
    if (tellsBadNews(incoming)) {
      // "Now there's an error message" is kept as their last words; the fix has not helped.
      turn.preface(say.notedFact)
      return this.#record(dc, turn, 'no_help')
    }
    return misunderstood(dc, turn)
  }

  /** An agent was here and has left: a success is theirs, or nobody's, and no rung gets the credit. */
  async #takeAfterAgent(
    dc: DialogContext,
    turn: Turn,
    incoming: Incoming,
  ): Promise<DialogTurnResult> {
    const answer = answerOf(incoming)
    if (answer === 'yes' || worksAfterAll(incoming))
      return this.#solved(dc, turn, undefined, incoming)
    if (answer === 'go_back') return goOneBack(dc, turn)
    // Words may also tell of the rung that was open when they came.
    if (incoming.kind === 'words') return this.#takeResult(dc, turn, incoming)
    turn.closeQuestion()
    return climb(dc, turn)
  }

  /** "Shall I ask again in 20 minutes?": any answer to "did it help" is taken as such. */
  async #takeLater(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    const fix = openRung(ladderOf(turn))
    const isTaken = fix !== undefined && (await answerOffer(turn, fix, incoming))
    return isTaken ? Dialog.EndOfTurn : this.#takeResult(dc, turn, incoming)
  }

  /** What is left of a trouble that is partly gone: more is on its way, or it has stopped. */
  async #takeStillComing(
    dc: DialogContext,
    turn: Turn,
    incoming: Incoming,
  ): Promise<DialogTurnResult> {
    const fix = openRung(ladderOf(turn))
    const answer = answerOf(incoming)
    if (fix === undefined) return climb(dc, turn)
    if (worksAfterAll(incoming)) return this.#record(dc, turn, 'helped', incoming)
    if (answer === 'yes') {
      turn.preface(say.partlyMoving)
      await offerLater(turn, fix)
      return Dialog.EndOfTurn
    }
    if (answer === 'go_back') return goOneBack(dc, turn)
    if (asksBack.has(answer ?? '')) return misunderstood(dc, turn)
    // What the person says is left was kept as their last words; the colleague who may come reads it.
    return this.#record(dc, turn, 'partly')
  }

  /** Something among the quick checks helped. Which one makes the next person's ladder better. */
  async #askWhich(turn: Turn, open: readonly string[]): Promise<DialogTurnResult> {
    const checks = open.map((id) => ({
      label: turn.pack.fixes.get(id)?.title ?? id,
      answer: id,
    }))
    await turn.ask('which', questions.which, [...checks, buttons.notSure])
    // They have said that it works; who closes the page at this question is none the less helped.
    const { case: closed } = turn.state
    if (closed) turn.effect({ effect: 'case_closed', id: closed.id, outcome: 'solved' })
    return Dialog.EndOfTurn
  }

  async #takeWhich(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    const open = openRungs(ladderOf(turn))
    const answer = answerOf(incoming)
    const helped = open.find((id) => id === answer)
    if (answer === 'go_back') {
      const { case: open } = turn.state
      if (open) turn.effect({ effect: 'case_reopened', id: open.id })
      turn.closeQuestion()
      return climb(dc, turn)
    }
    // It is solved whatever is said now; without a name no check gets the credit.
    recordResults(
      turn,
      open.map((id) => [id, id === helped ? 'helped' : 'skipped']),
    )
    return this.#solved(dc, turn, helped, incoming)
  }

  async #takeParked(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    const answer = answerOf(incoming)
    if (answer === 'yes') {
      turn.setCase({ ladder: takeUpParked(ladderOf(turn)) })
      return climb(dc, turn)
    }
    if (answer === 'go_back') return goOneBack(dc, turn)
    if (answer === 'no' || answer === 'next' || answer === 'cant_do') {
      turn.setCase({ ladder: dropParked(ladderOf(turn)) })
      return climb(dc, turn)
    }
    return misunderstood(dc, turn)
  }

  /** Not now: it comes back at the end, once. What can never be done here does not. */
  #putOff(turn: Turn, incoming: Incoming): RungResult {
    const fix = openRung(ladderOf(turn)) ?? ''
    const isForGood = incoming.kind === 'words' && incoming.understood?.isForGood === true
    const wasPutOff = ladderOf(turn).takenUp?.includes(fix) === true
    return isForGood || wasPutOff || turn.state.question?.topic === 'found' ? 'cannot' : 'parked'
  }

  /** Writes what became of the rungs being tried, and goes on. */
  async #record(
    dc: DialogContext,
    turn: Turn,
    result: RungResult,
    incoming?: Incoming,
  ): Promise<DialogTurnResult> {
    const open = openRungs(ladderOf(turn))
    recordResults(
      turn,
      open.map((fix) => [fix, result]),
    )
    if (result === 'helped') return this.#solved(dc, turn, open[0], incoming)
    if (result === 'found') {
      turn.closeQuestion()
      turn.preface(turn.pack.fixes.get(open[0] ?? '')?.finding?.then)
      return dc.endDialog({ outcome: 'needs_person' } satisfies Outcome)
    }
    turn.preface(bridges[result])
    return climb(dc, turn)
  }

  /** The person says that it works. In the same breath they may tell of another trouble: that comes next. */
  #solved(
    dc: DialogContext,
    turn: Turn,
    fix: string | undefined,
    incoming?: Incoming,
  ): Promise<DialogTurnResult> {
    turn.closeQuestion()
    const known = turn.pack.fixes.get(fix ?? '')
    const next = incoming && anotherTroubleIn(incoming, turn)
    const outcome: Outcome =
      known?.outcome === 'workaround'
        ? { outcome: 'workaround' }
        : { outcome: 'solved', ...(known && { noun: known.noun }), ...(next && { next }) }
    return dc.endDialog(outcome)
  }
}

/** Says nothing of what is left. */
const asksBack = new Set(['chitchat', 'thanks', 'dont_understand'])
