import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import { candidates, nextStep, show, stepAmong, warningOf, type Step } from '../knowledge'
import { dialogIds, type Outcome } from './base'
import type { HandoffOptions } from './handoff-dialog'
import { ladderOf, showRungs } from './ladder-results'
import { checksOf, rungOf } from './rung'
import { askFactOrMove } from './shared-place'
import type { Turn } from './turn'
import { buttons, lead, questions, say, whyHere } from './words'

/** Where the ladder of the case at hand stands. */
export const stepOf = (turn: Turn): Step =>
  nextStep(ladderOf(turn), turn.facts, turn.pack, turn.outlook)

/** Says what comes next: a fact to ask, a consent, a rung or quick checks, a person, what was put off, or the end. */
export async function climb(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
  const { facts, pack, outlook } = turn
  const ladder = ladderOf(turn)
  // With those being tried.
  const left = candidates(ladder, facts, pack, outlook)
  const step = stepAmong(left, ladder, facts, pack, outlook)
  switch (step.step) {
    case 'ask': {
      const asked = turn.state.asked
      const moved = await askFactOrMove(dc, turn, step.about)
      if (moved) return moved
      return turn.state.asked === asked ? climb(dc, turn) : Dialog.EndOfTurn
    }
    case 'consent': {
      const { intro, minutes } = step.fix
      const place = isFirst(turn) ? 'first' : 'next'
      turn.setCase({ ladder: show(ladderOf(turn), step.fix.id) })
      const gain = step.candidate.place === 'gain' ? step.candidate.gain : undefined
      const told = [lead(place, intro, minutes), gain, warningOf(step.fix), questions.consent]
      await turn.ask('consent', told.filter(Boolean).join(' '), buttons.consent)
      return Dialog.EndOfTurn
    }
    case 'rung': {
      const about = step.number - 1 + left.length
      showRungs(turn, step.fix.id)
      const { topic, rung } = rungOf(step)
      await turn.rung(topic, { ...rung, about, why: whyHere(step.candidate) })
      return Dialog.EndOfTurn
    }
    case 'checks': {
      const about = step.number + left.length - step.checks.length
      showRungs(turn, ...step.checks.map(({ fix }) => fix.id))
      await turn.rung('checks', { ...checksOf(step), about })
      return Dialog.EndOfTurn
    }
    case 'person':
      turn.preface(say.personIsQuicker(step.candidate.fix))
      return dc.beginDialog(dialogIds.handoff, {
        reason: 'person_is_quicker',
        offer: true,
      } satisfies HandoffOptions)
    case 'parked':
      await turn.ask(
        'parked',
        questions.parked(step.fixes.map(({ title }) => title)),
        buttons.again,
      )
      return Dialog.EndOfTurn
    case 'end':
      turn.closeQuestion()
      return dc.endDialog({ outcome: 'ended' } satisfies Outcome)
  }
}

/** Whether nothing was tried on it yet. */
const isFirst = (turn: Turn): boolean => ladderOf(turn).rungs.every((rung) => !rung.result)
