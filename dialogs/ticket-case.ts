import { briefOf } from './brief'
import type { Turn } from './turn'

/** The newest ticket has ended: how its case stood then is kept for whoever looks at it later. What comes after is not theirs to read. */
export function noteTicketEnd(turn: Turn): void {
  const { pack, state, input } = turn
  turn.effect({ effect: 'handoff_ended', brief: briefOf(state, pack, input.incidents) })
}

/** A ticket goes with its person: what they tell while they wait, or an agent turns to, is what it is about from then on. */
export function followCase(turn: Turn): void {
  const { input, state, effects } = turn
  const { case: open } = state
  const hasLeft = effects.some(({ effect }) => effect === 'queue_left')
  if (input.holder === 'bot' || hasLeft || !open || open.id === input.state.case?.id) return
  turn.effect({ effect: 'handoff_about', caseId: open.id })
}
