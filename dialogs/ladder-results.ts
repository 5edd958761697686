import { record, show, type Ladder, type RungResult } from '../knowledge'
import { cancelReminder } from './reminders'
import type { Turn } from './turn'

/** What is shown and what became of it: written in the ladder, and told to the ledger. */

/** The ladder of the case at hand. */
export function ladderOf(turn: Turn): Ladder {
  const ladder = turn.state.case?.ladder
  if (!ladder) throw new Error('The ladder dialog runs without a ladder in the case.')
  return ladder
}

/** These fixes are told and tried now. One that is told again is noted again: its minutes count from there. */
export function showRungs(turn: Turn, ...fixes: readonly string[]): void {
  const { case: open } = turn.state
  if (!open) return
  turn.setCase({ ladder: show(ladderOf(turn), ...fixes) })
  for (const fix of fixes)
    turn.effect({ effect: 'rung_shown', ...aboutRung(turn, open.id, open.symptom, fix) })
}

/** Writes what became of rungs, and asks for them no more. */
export function recordResults(
  turn: Turn,
  results: readonly (readonly [fix: string, result: RungResult])[],
): void {
  const { case: open } = turn.state
  if (!open) return
  turn.set({ misses: 0 })
  cancelReminder(turn)
  for (const [fix, result] of results) {
    turn.setCase({ ladder: record(ladderOf(turn), fix, result) })
    turn.effect({ effect: 'rung_ended', ...aboutRung(turn, open.id, open.symptom, fix), result })
  }
}

const aboutRung = (turn: Turn, caseId: string, symptom: string, fix: string) => ({
  caseId,
  symptom,
  fix,
  ...(turn.facts.device ? { device: turn.facts.device } : {}),
  packVersion: turn.pack.info.version,
})
