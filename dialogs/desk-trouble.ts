import type { DialogContext } from 'botbuilder-dialogs'
import { dialogIds } from './base'
import { climb, stepOf } from './climb'
import type { Incoming } from './interpret'
import type { Turn } from './turn'
import { say } from './words'

/**
 * The desk cannot be reached, or nobody there can take the case now: who waits hears it, with what the bot can do
 * meanwhile. The question that is open comes again; without one the ladder goes on, if something is left on it.
 */
export async function tellTrouble(
  dc: DialogContext,
  turn: Turn,
  { why }: Extract<Incoming, { kind: 'desk_trouble' }>,
): Promise<void> {
  // Somebody has taken the case in this very moment, or the person has left the line.
  if (turn.input.holder !== 'queue') return
  turn.preface(why === 'declined' ? say.deskDeclined : say.deskUnreachable)
  if (turn.state.question?.topic === 'opening') {
    // Nothing is known yet, and a greeting is not said twice.
    turn.preface(say.meanwhileTell)
    return turn.sayPrefaced()
  }
  if (await turn.askAgain()) return
  if (!canGoOn(dc, turn)) return turn.sayPrefaced()
  turn.preface(say.meanwhileGoOn)
  await climb(dc, turn)
}

/** Whether a fix is left to try now. Who was promised to be asked at a time is asked then. */
function canGoOn(dc: DialogContext, turn: Turn): boolean {
  const { case: open } = turn.state
  if (!open?.ladder || open.reminder || dc.activeDialog?.id !== dialogIds.ladder) return false
  const { step } = stepOf(turn)
  return step !== 'end' && step !== 'person'
}
