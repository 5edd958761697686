import { askBetween } from './between'
import type { Incoming } from './interpret'
import { hasMoreToTry } from './meanwhile'
import type { Turn } from './turn'
import { buttons, questions, say } from './words'

/**
 * The desk cannot be reached, or nobody there can take the case now: who waits hears it, with what the bot can do
 * meanwhile. The question that is open comes again; without one, trying one more thing is offered if something is left.
 */
export async function tellTrouble(
  turn: Turn,
  { why }: Extract<Incoming, { kind: 'desk_trouble' }>,
): Promise<void> {
  // Somebody has taken the case in this very moment, or the person has left the line.
  if (turn.input.holder !== 'queue') return
  turn.preface(why === 'declined' ? say.deskDeclined : say.deskUnreachable)
  const { question, case: open } = turn.state
  if (question?.topic === 'opening') {
    // Nothing is known yet, and a greeting is not said twice.
    turn.preface(say.meanwhileTell)
    return turn.sayPrefaced()
  }
  if (await turn.askAgain()) return
  // Who was promised to be asked at a time is asked then.
  if (open?.reminder || !hasMoreToTry(turn)) return turn.sayPrefaced()
  await askBetween(turn, 'meanwhile', questions.oneMore, buttons.oneMore)
}
