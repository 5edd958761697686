import { openRungs, record, show, showBeside, type Ladder, type RungResult } from '../knowledge'
import type { Effect } from './effects'
import { cancelReminder } from './reminders'
import type { Case } from './state'
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
  noteShown(turn, open, fixes)
}

/** This fix is told, too; what was told before and not answered stays open. */
export function showRungBeside(turn: Turn, fix: string): void {
  const { case: open } = turn.state
  if (!open) return
  turn.setCase({ ladder: showBeside(ladderOf(turn), fix) })
  noteShown(turn, open, [fix])
}

/**
 * Of several cards that an agent sent and nobody answered the bot goes on with the last; the others come again in their
 * place. Quick checks that one card asks together stay together.
 */
export function keepLastCard(turn: Turn): void {
  const { ladder, cards = [] } = turn.state.case ?? {}
  const last = cards.at(-1)
  if (!ladder || !last) return
  const open = openRungs(ladder)
  if (open.length < 2 || open.every((fix) => last.fixes.includes(fix))) return
  const kept = open.filter((fix) => last.fixes.includes(fix))
  if (kept.length > 0) turn.setCase({ ladder: show(ladder, ...kept) })
}

function noteShown(turn: Turn, { id, symptom }: Case, fixes: readonly string[]): void {
  for (const fix of fixes)
    turn.effect({ effect: 'rung_shown', ...aboutRung(turn, id, symptom, fix) })
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
    const ladder = ladderOf(turn)
    // Said once more, it is no second result.
    if (ladder.rungs.some((rung) => rung.fix === fix && rung.result === result)) continue
    turn.setCase({ ladder: record(ladder, fix, result) })
    turn.tellResult(fix, result)
    turn.effect(rungEnded(turn, open, fix, result))
  }
}

/** What became of a rung, for the ledger. */
export const rungEnded = (
  turn: Turn,
  { id, symptom }: Case,
  fix: string,
  result: RungResult,
): Effect => ({ effect: 'rung_ended', ...aboutRung(turn, id, symptom, fix), result })

const aboutRung = (turn: Turn, caseId: string, symptom: string, fix: string) => ({
  caseId,
  symptom,
  fix,
  ...(turn.facts.device ? { device: turn.facts.device } : {}),
  packVersion: turn.pack.info.version,
})
