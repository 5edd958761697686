import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import { chooseWay } from '../knowledge'
import { TurnDialog, type Outcome } from './base'
import { takeFact } from './facts'
import type { Incoming } from './interpret'
import { misunderstood } from './misses'
import { askFactOrMove } from './shared-place'
import type { Turn } from './turn'
import { buttons, olderSystems, questions, say, understood } from './words'

/** Explains where there is nothing to climb, and asks whether that was it. Never "did that help" after bad news. */
export class AnswerDialog extends TurnDialog {
  async begin(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
    const symptom = turn.state.case && turn.pack.symptoms.get(turn.state.case.symptom)
    if (symptom?.kind !== 'answer')
      throw new Error('The answer dialog runs without an answer in the case.')
    const choice = chooseWay(symptom.ways, turn.facts)
    if (choice.choice === 'ask') {
      if (!turn.state.question) turn.preface(understood(symptom.says, turn.facts))
      const asked = turn.state.asked
      const moved = await askFactOrMove(dc, turn, choice.about)
      if (moved) return moved
      return turn.state.asked === asked ? this.begin(dc, turn) : Dialog.EndOfTurn
    }
    const told = [symptom.answer]
    if (choice.choice === 'way') {
      told.push(choice.way.steps.map((step, index) => `${index + 1}. ${step}`).join('\n'))
      told.push(
        [choice.way.check, choice.certain ? undefined : olderSystems].filter(Boolean).join(' '),
      )
    }
    await turn.ask(
      'needed',
      [...told, questions.needed].filter(Boolean).join('\n\n'),
      buttons.needed,
    )
    return Dialog.EndOfTurn
  }

  override async after(dc: DialogContext, turn: Turn, outcome: Outcome): Promise<DialogTurnResult> {
    if (outcome.outcome === 'not_sent') {
      turn.preface(say.notSent)
      return this.begin(dc, turn)
    }
    if (!turn.state.question) turn.listen('needed')
    return Dialog.EndOfTurn
  }

  async take(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    const topic = turn.state.question?.topic
    if (topic !== 'needed' && topic !== undefined) {
      const taken = await takeFact(turn, incoming)
      if (taken === 'asked_on') return Dialog.EndOfTurn
      if (taken === 'unclear') return misunderstood(dc, turn)
      turn.closeQuestion()
      return this.begin(dc, turn)
    }
    const answer =
      incoming.kind === 'press'
        ? incoming.answer
        : incoming.kind === 'words'
          ? incoming.understood?.label
          : undefined
    if (answer === 'yes' || answer === 'thanks') return this.#end(dc, turn, 'answered')
    if (answer === 'no' || answer === 'next') return this.#end(dc, turn, 'not_needed')
    return misunderstood(dc, turn)
  }

  #end(
    dc: DialogContext,
    turn: Turn,
    outcome: 'answered' | 'not_needed',
  ): Promise<DialogTurnResult> {
    turn.set({ misses: 0 })
    turn.closeQuestion()
    return dc.endDialog({ outcome })
  }
}
