import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import { candidates, closedRungs } from '../knowledge'
import { TurnDialog, type Outcome } from './base'
import { cancelWait, dueIncident, waitForEnd } from './incidents'
import type { Incoming } from './interpret'
import { misunderstood } from './misses'
import { answerOf, isBackAgain, tellsTheSame } from './rung-answers'
import { isShortYes, worksAfterAll } from './success'
import type { ToldIncident } from './state'
import type { Turn } from './turn'
import { buttons, questions, say } from './words'

export interface IncidentOptions {
  /** `told`: it explains what the person sees; `left`: only what it makes pointless is left; `over`: it has ended. */
  readonly about: 'told' | 'left' | 'over'
  /** It ended by its time; nobody said so. */
  readonly byTime?: boolean
}

/**
 * A cause that many people share: says so before anything is tried, waits with the person if they like, and asks
 * whether it works once it is over. Stands right above the main dialog, which goes on with the case.
 */
export class IncidentDialog extends TurnDialog<Partial<IncidentOptions>> {
  async begin(
    _dc: DialogContext,
    turn: Turn,
    { about, byTime }: Partial<IncidentOptions>,
  ): Promise<DialogTurnResult> {
    if (about === undefined) return this.#askAnew(turn)
    if (about === 'over') return this.#askWhetherItWorks(turn, byTime ?? false)
    const due = dueIncident(turn)
    if (due) {
      const title = turn.pack.info.incidents[due.name]?.title ?? due.name
      turn.setCase({ incident: { id: due.id, title } })
      turn.preface(say.incident(title, due.text))
    } else if (about === 'left') turn.preface(say.incidentElsewhere)
    await this.#offer(turn)
    return Dialog.EndOfTurn
  }

  async take(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    switch (turn.state.question?.topic) {
      case 'incident_over':
        return this.#takeWhetherItWorks(dc, turn, incoming)
      case 'incident_meanwhile':
        return this.#takeMeanwhile(dc, turn, incoming)
      case 'incident_waiting':
        return this.#takeWhileWaiting(dc, turn, incoming)
      default:
        return this.#takeOffer(dc, turn, incoming)
    }
  }

  /** Back from a hand-off: what was asked stays open; what it took the place of is asked again. */
  override async after(
    _dc: DialogContext,
    turn: Turn,
    outcome: Outcome,
  ): Promise<DialogTurnResult> {
    if (turn.state.question) return Dialog.EndOfTurn
    if (outcome.outcome === 'not_sent') turn.preface(say.notSent)
    return this.#askAnew(turn)
  }

  /** Where it stands, once what came between is settled. */
  async #askAnew(turn: Turn): Promise<DialogTurnResult> {
    const incident = told(turn)
    if (incident?.waits) return this.#wait(turn)
    if (turn.incidents.some(({ id }) => id === incident?.id)) await this.#offer(turn)
    else await turn.ask('incident_over', questions.worksNow, buttons.yesNo)
    return Dialog.EndOfTurn
  }

  #offer(turn: Turn): Promise<void> {
    return turn.ask(
      'incident',
      questions.tellWhenOver,
      isLadder(turn) ? buttons.incident : buttons.again,
    )
  }

  async #takeOffer(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    const answer = answerOf(incoming)
    if (answer === 'yes') {
      waitForEnd(turn)
      return this.#wait(turn)
    }
    if (answer === 'no' || answer === 'next')
      return isLadder(turn) ? this.#try(dc, turn) : this.#end(dc, turn, 'answered')
    return this.#askAgain(dc, turn, incoming)
  }

  /** Says that it will be told, and waits for nothing. */
  async #wait(turn: Turn): Promise<DialogTurnResult> {
    turn.set({ misses: 0 })
    await turn.say(say.incidentPromised)
    turn.listen('incident_waiting')
    return Dialog.EndOfTurn
  }

  /** A person who waits writes again: they hear once more how it stands, and may go on. */
  async #takeWhileWaiting(
    dc: DialogContext,
    turn: Turn,
    incoming: Incoming,
  ): Promise<DialogTurnResult> {
    const answer = answerOf(incoming)
    if (answer === 'thanks' || answer === 'chitchat' || isShortYes(incoming))
      return Dialog.EndOfTurn
    if (answer === 'yes') return worksAfterAll(incoming) ? this.#solved(dc, turn) : Dialog.EndOfTurn
    const waited = told(turn)
    if (!waited || !turn.incidents.some(({ id }) => id === waited.id)) {
      // It has ended this very second: said now, and so not once more.
      cancelWait(turn)
      return this.#askWhetherItWorks(turn, false)
    }
    if (isLadder(turn)) {
      turn.preface(say.incidentNotOver(waited.title))
      await turn.ask('incident_meanwhile', questions.meanwhile, buttons.again)
    } else await turn.say(say.incidentNotOver(waited.title))
    return Dialog.EndOfTurn
  }

  async #takeMeanwhile(
    dc: DialogContext,
    turn: Turn,
    incoming: Incoming,
  ): Promise<DialogTurnResult> {
    const answer = answerOf(incoming)
    if (answer === 'yes') return this.#try(dc, turn)
    if (answer === 'no' || answer === 'next') return this.#wait(turn)
    return this.#askAgain(dc, turn, incoming)
  }

  async #askWhetherItWorks(turn: Turn, byTime: boolean): Promise<DialogTurnResult> {
    const { title } = told(turn) ?? { title: '' }
    turn.preface(byTime ? say.incidentExpired(title) : say.incidentOver(title))
    await turn.ask('incident_over', questions.worksNow, buttons.yesNo)
    return Dialog.EndOfTurn
  }

  async #takeWhetherItWorks(
    dc: DialogContext,
    turn: Turn,
    incoming: Incoming,
  ): Promise<DialogTurnResult> {
    const answer = answerOf(incoming)
    if (answer === 'thanks') return Dialog.EndOfTurn
    if (answer === 'yes') return this.#solved(dc, turn)
    const isStillThere =
      answer === 'no' ||
      answer === 'partly' ||
      (incoming.kind === 'words' && (isBackAgain(incoming) || tellsTheSame(incoming, turn)))
    if (!isStillThere) return misunderstood(dc, turn)
    if (isLadder(turn)) turn.preface(say.incidentNotIt)
    return this.#goOn(dc, turn)
  }

  /** First the fixes that can help all the same; every one when there is none of them, or none is left. */
  #try(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
    const { case: open } = turn.state
    const incident = told(turn)
    if (!open?.ladder || !incident) return this.#goOn(dc, turn)
    const helpful = candidates(open.ladder, turn.facts, turn.pack, turn.outlook)
    const tries = incident.tries === undefined && helpful.length > 0 ? 'helpful' : 'all'
    turn.setCase({ incident: { ...incident, tries } })
    return this.#goOn(dc, turn)
  }

  /** A rung that was being tried before is chosen anew, by what can help now. */
  #goOn(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
    const ladder = turn.state.case?.ladder
    if (ladder) turn.setCase({ ladder: { ...ladder, rungs: closedRungs(ladder) } })
    return this.#end(dc, turn, 'go_on')
  }

  #end(dc: DialogContext, turn: Turn, outcome: 'go_on' | 'answered'): Promise<DialogTurnResult> {
    turn.set({ misses: 0 })
    turn.closeQuestion()
    return dc.endDialog({ outcome })
  }

  /** Only the person says that it works, and no fix has the credit for it. */
  #solved(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
    turn.closeQuestion()
    const incident = told(turn)?.id
    return dc.endDialog({ outcome: 'solved', ...(incident && { incident }) })
  }

  /** What was said instead of an answer: a fact, or the same trouble once more. */
  async #askAgain(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    if (turn.facts !== turn.input.state.facts) turn.preface(say.notedFact)
    else if (incoming.kind !== 'words' || !tellsTheSame(incoming, turn))
      return misunderstood(dc, turn)
    await turn.askAgain()
    return Dialog.EndOfTurn
  }
}

const told = (turn: Turn): ToldIncident | undefined => turn.state.case?.incident

const isLadder = (turn: Turn): boolean => turn.state.case?.ladder !== undefined
