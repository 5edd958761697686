import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import { wasTried } from '../knowledge'
import { dialogIds, TurnDialog, type Outcome } from './base'
import { closeCase, lastAside, leaveAside, openCase, solveHandedOff } from './cases'
import type { ChooseOptions } from './choose-dialog'
import type { HandoffOptions } from './handoff-dialog'
import type { IncidentOptions } from './incident-dialog'
import { dueIncident, isHeldBack } from './incidents'
import type { Incoming } from './interpret'
import { askOnceMore } from './misses'
import type { BotState } from './state'
import type { Turn } from './turn'
import { noteUnmatched } from './unmatched'
import { answerOf } from './rung-answers'
import { worksAfterAll } from './success'
import { leaveQueue, waitInWords } from './waiting'
import { buttons, questions, say, understood } from './words'

type Words = Extract<Incoming, { kind: 'words' }>

/** The bottom of the stack: hears what is wrong, begins the dialog for it, and acts on what it came to. */
export class MainDialog extends TurnDialog {
  begin(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
    return this.take(dc, turn, { kind: 'joined' })
  }

  async take(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    if (turn.state.question?.topic === 'resume') {
      const resumed = await this.#takeResume(dc, turn, incoming)
      if (resumed) return resumed
    }
    switch (incoming.kind) {
      case 'joined':
        if (turn.input.shared) {
          await turn.say(say.groupGreeting(turn.pack.info))
          return Dialog.EndOfTurn
        }
        return this.ask(turn, say.greeting(turn.pack.info))
      case 'empty':
        return this.ask(turn, say.empty)
      case 'files':
        return this.ask(turn, incoming.isKept ? say.inWords : say.onlyFiles)
      case 'words':
        return this.#hear(dc, turn, incoming)
      case 'press':
        return this.ask(turn, say.nothingOpen)
      default:
        return Dialog.EndOfTurn
    }
  }

  /** Begins the dialog of a symptom: its choices if it is vague, its ladder, or its answer. */
  async beginSymptom(
    dc: DialogContext,
    turn: Turn,
    id: string,
    confidence?: number,
    narrowed = false,
  ): Promise<DialogTurnResult> {
    const symptom = turn.pack.symptoms.get(id)
    if (!symptom) return this.ask(turn, say.notFound)
    turn.set({ misses: 0 })
    if (symptom.kind === 'ladder' && symptom.narrow && !narrowed) {
      const options: ChooseOptions = {
        symptoms: symptom.narrow.choices.map((choice) => ({ id: choice })),
        ask: symptom.narrow.ask,
      }
      turn.set({ vague: { symptom: id, ...(confidence === undefined ? {} : { confidence }) } })
      return dc.beginDialog(dialogIds.choose, options)
    }
    const takenUp = openCase(turn, symptom, confidence)
    const tried =
      turn.state.case?.ladder?.rungs.filter(({ result }) => wasTried(result)).length ?? 0
    turn.preface(
      takenUp && tried > 0
        ? say.reopened(understood(symptom.says, turn.facts), tried)
        : symptom.kind === 'ladder'
          ? understood(symptom.says, turn.facts)
          : undefined,
    )
    return this.#beginCase(dc, turn)
  }

  /** The dialog of the case at hand: its ladder or its answer. What concerns everybody comes before it. */
  #beginCase(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
    if (dueIncident(turn)) return this.#tellIncident(dc, 'told')
    return dc.beginDialog(turn.state.case?.ladder ? dialogIds.ladder : dialogIds.answer)
  }

  #tellIncident(dc: DialogContext, about: IncidentOptions['about']): Promise<DialogTurnResult> {
    const options: IncidentOptions = { about }
    return dc.beginDialog(dialogIds.incident, options)
  }

  /** What can be said here, with the pack's examples. */
  help(turn: Turn): Promise<DialogTurnResult> {
    return this.ask(turn, `${say.help(turn.pack.info)} ${say.anythingElse}`)
  }

  /** The person wants to begin again. */
  startOver(turn: Turn): Promise<DialogTurnResult> {
    return this.ask(turn, say.restarted)
  }

  override async after(dc: DialogContext, turn: Turn, outcome: Outcome): Promise<DialogTurnResult> {
    switch (outcome.outcome) {
      case 'chosen':
        this.#forgetVague(turn)
        return this.beginSymptom(dc, turn, outcome.symptom, outcome.confidence)
      case 'none_chosen':
        return this.#noneChosen(dc, turn)
      case 'solved': {
        const { noun, next, incident } = outcome
        closeCase(turn, 'solved', incident)
        if (next) {
          leaveQueue(turn, 'help')
          turn.preface(noun ? say.solvedBefore(noun) : say.solvedOtherwiseBefore)
          return this.beginSymptom(dc, turn, next.symptom, next.confidence)
        }
        const good = noun ? say.solved(noun) : say.solvedOtherwise
        return this.#sayEnded(turn, this.#offTheList(turn, good))
      }
      case 'workaround':
        closeCase(turn, 'workaround')
        return this.#sayEnded(turn, say.workaround)
      case 'answered':
        closeCase(turn, 'solved')
        return this.#sayEnded(turn, say.answered)
      case 'not_needed':
        return this.#notNeeded(dc, turn)
      case 'go_on':
        return this.#beginCase(dc, turn)
      case 'ended':
        if (dueIncident(turn)) return this.#tellIncident(dc, 'told')
        if (isHeldBack(turn)) return this.#tellIncident(dc, 'left')
        turn.preface(say.ladderEnded)
        return this.#offerPerson(dc, 'ladder_ended')
      case 'needs_person':
        return this.#offerPerson(dc, 'needs_person')
      case 'not_sent':
        await turn.say(say.notSent)
        return Dialog.EndOfTurn
      case 'sent':
        return Dialog.EndOfTurn
    }
  }

  async #hear(dc: DialogContext, turn: Turn, words: Words): Promise<DialogTurnResult> {
    const { reading, understood: reply } = words
    if (reply?.label === 'dont_understand' && reading.kind === 'unknown') return this.help(turn)
    if (reading.verdict !== 'sure' && worksAfterAll(words)) {
      const isSolved = solveHandedOff(turn)
      if (isSolved) return this.#sayEnded(turn, this.#offTheList(turn, say.solvedOtherwise))
      if (turn.state.closed) return this.#sayEnded(turn, say.answered)
    }
    switch (reading.kind) {
      case 'symptom': {
        const [best] = reading.matches
        if (best && reading.verdict === 'sure')
          return this.beginSymptom(dc, turn, best.id, best.confidence)
        const options: ChooseOptions = {
          symptoms: reading.matches,
          ...(words.isTyped ? { phrase: words.text } : {}),
        }
        return dc.beginDialog(dialogIds.choose, options)
      }
      case 'greeting':
        return this.ask(turn, say.greetingBack)
      case 'thanks':
        // A lone thumb or thanks after the end gets no reply and changes nothing.
        return turn.state.closed || turn.state.case
          ? Dialog.EndOfTurn
          : this.ask(turn, say.anythingElse)
      case 'goodbye':
        await turn.say(say.goodbye)
        return Dialog.EndOfTurn
      case 'empty':
        return this.ask(turn, say.empty)
      case 'nonsense':
        return this.#miss(dc, turn, say.nonsense)
      case 'off_topic':
        noteUnmatched(turn, words)
        return this.ask(turn, say.offTopic(reading, turn.pack.info))
      default:
        noteUnmatched(turn, words)
        if (Object.keys(reading.facts).length > 0)
          return this.ask(turn, `${say.notedFact} ${say.anythingElse}`)
        return this.#miss(dc, turn, say.notFound)
    }
  }

  /** A case has ended well. One that was set aside for it is remembered. */
  /** It works: whoever still waits for a person leaves the queue, and is told so. */
  #offTheList(turn: Turn, text: string): string {
    return leaveQueue(turn, 'help') ? `${text} ${say.leftAsItWorks}` : text
  }

  async #sayEnded(turn: Turn, text: string): Promise<DialogTurnResult> {
    const waiting = lastAside(turn.state)
    const symptom = waiting && turn.pack.symptoms.get(waiting.symptom)
    if (symptom) {
      turn.preface(text)
      await turn.ask('resume', questions.resume(symptom.says), buttons.again)
    } else await turn.say(text)
    return Dialog.EndOfTurn
  }

  /** Back to what was set aside, or not. Undefined when the person speaks of something else. */
  async #takeResume(
    dc: DialogContext,
    turn: Turn,
    incoming: Incoming,
  ): Promise<DialogTurnResult | undefined> {
    const answer = answerOf(incoming)
    const waiting = lastAside(turn.state)
    if (waiting && answer === 'yes') {
      turn.closeQuestion()
      return this.beginSymptom(dc, turn, waiting.symptom, waiting.confidence, true)
    }
    if (answer === 'no' || answer === 'next') {
      leaveAside(turn)
      turn.closeQuestion()
      await turn.say(say.notResumed)
      return Dialog.EndOfTurn
    }
    if (answer === 'cant_do') {
      turn.closeQuestion()
      await turn.say(say.keptOpen)
      return Dialog.EndOfTurn
    }
    return undefined
  }

  /** Nothing fits: once asked in another way, then a person is offered. */
  async #miss(dc: DialogContext, turn: Turn, text: string): Promise<DialogTurnResult> {
    if (turn.input.holder !== 'bot') {
      await turn.say(say.alreadySent(waitInWords(turn)))
      return Dialog.EndOfTurn
    }
    if (turn.state.misses > 0) return askOnceMore(dc, turn)
    turn.set({ misses: 1 })
    return this.ask(turn, text)
  }

  async #noneChosen(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
    const vague = this.#forgetVague(turn)
    if (vague) return this.beginSymptom(dc, turn, vague.symptom, vague.confidence, true)
    return this.#miss(dc, turn, say.notFound)
  }

  #forgetVague(turn: Turn): BotState['vague'] {
    const { vague, ...rest } = turn.state
    turn.state = rest
    return vague
  }

  /** An answer that was not it: what lies near is offered, or a person. */
  async #notNeeded(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
    const symptom = turn.state.case && turn.pack.symptoms.get(turn.state.case.symptom)
    if (symptom?.kind === 'answer' && symptom.offer.length > 0) {
      const options: ChooseOptions = {
        symptoms: symptom.offer.map((id) => ({ id })),
        ask: say.notNeeded,
      }
      return dc.beginDialog(dialogIds.choose, options)
    }
    turn.preface(say.answerEnded)
    return this.#offerPerson(dc, 'ladder_ended')
  }

  #offerPerson(dc: DialogContext, reason: HandoffOptions['reason']): Promise<DialogTurnResult> {
    const options: HandoffOptions = { reason, offer: true }
    return dc.beginDialog(dialogIds.handoff, options)
  }

  /** Asks what the person sees, with the pack's examples to press. */
  async ask(turn: Turn, text: string): Promise<DialogTurnResult> {
    const examples = turn.pack.info.examples.map((example) => ({ label: example, answer: example }))
    await turn.ask('opening', text, turn.state.case ? buttons.offerPerson : examples)
    return Dialog.EndOfTurn
  }
}
