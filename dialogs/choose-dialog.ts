import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import { wordChoices } from '../knowledge'
import { TurnDialog, type Outcome } from './base'
import type { Incoming } from './interpret'
import type { Button } from './reply'
import type { Turn } from './turn'
import { noteTurnedDown, noteUnmatched, readDoubted, shortened } from './unmatched'
import { noneOfThese, questions, say, somethingElse, talkToAPerson } from './words'

/** So many symptoms are offered at most. */
const mostChoices = 3
/** A choice so much less likely than the first is only one more line to read. */
const worthReading = 0.05

export interface ChooseOptions {
  readonly symptoms: readonly { readonly id: string; readonly confidence?: number }[]
  /** The question of a vague symptom; without it "Did you mean one of these?". */
  readonly ask?: string
  /** What the person typed to be asked this, if they typed it. */
  readonly phrase?: string
}

/** "Did you mean": ends with the symptom chosen, or with none. */
export class ChooseDialog extends TurnDialog<ChooseOptions> {
  async begin(
    dc: DialogContext,
    turn: Turn,
    { symptoms, ask, phrase }: ChooseOptions,
  ): Promise<DialogTurnResult> {
    const likeliest = symptoms[0]?.confidence ?? 0
    const shown = symptoms
      .slice(0, mostChoices)
      .filter(({ confidence = 1 }) => confidence >= likeliest * worthReading)
      .flatMap(({ id }) => turn.pack.symptoms.get(id) ?? [])
    const choices = wordChoices(shown).map(({ id, label }): Button => ({ label, answer: id }))
    const offered = choices.map(({ answer }) => answer)
    if (dc.activeDialog)
      dc.activeDialog.state = phrase === undefined ? {} : { phrase: shortened(phrase), offered }
    const out = ask ? [somethingElse] : [noneOfThese, talkToAPerson]
    await turn.ask(
      'choice',
      ask ?? (choices.length === 1 ? questions.onlyChoice : questions.choice),
      [...choices, ...out],
      'choices',
    )
    return Dialog.EndOfTurn
  }

  async take(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    const answer = this.#answer(turn, incoming)
    if (answer !== undefined) return this.#decide(dc, turn, answer)
    if (incoming.kind === 'words' && incoming.understood?.label === 'no')
      return this.#decide(dc, turn, 'none')
    if (incoming.kind === 'words' && incoming.reading.verdict !== 'none') {
      const [best] = incoming.reading.matches
      if (best && incoming.reading.verdict === 'sure') return this.#end(dc, turn, best.id)
      return this.begin(dc, turn, {
        symptoms: incoming.reading.matches,
        ...(incoming.isTyped ? { phrase: incoming.text } : {}),
      })
    }
    noteUnmatched(turn, incoming)
    // "On my iPad" says no symptom, but is no "none of these" either.
    if (incoming.kind === 'words' && turn.facts !== turn.input.state.facts) {
      turn.preface(say.notedFact)
      await turn.askAgain()
      return Dialog.EndOfTurn
    }
    return this.#end(dc, turn, 'none')
  }

  #answer(turn: Turn, incoming: Incoming): string | undefined {
    if (incoming.kind === 'press') return incoming.answer
    if (incoming.kind !== 'words') return undefined
    const chosen = incoming.understood?.answer
    return chosen !== undefined &&
      turn.state.question?.buttons.some((button) => button.answer === chosen)
      ? chosen
      : undefined
  }

  /** One of the choices, or none of them: then the words that led here go to those who write the pack. */
  #decide(dc: DialogContext, turn: Turn, answer: string): Promise<DialogTurnResult> {
    const doubted = readDoubted(dc.activeDialog?.state)
    if (answer === 'none' && doubted) noteTurnedDown(turn, doubted)
    return this.#end(dc, turn, answer)
  }

  #end(dc: DialogContext, turn: Turn, answer: string): Promise<DialogTurnResult> {
    turn.closeQuestion()
    const outcome: Outcome = turn.pack.symptoms.has(answer)
      ? { outcome: 'chosen', symptom: answer }
      : { outcome: 'none_chosen' }
    return dc.endDialog(outcome)
  }
}
