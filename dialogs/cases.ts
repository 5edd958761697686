import { carryOver, startLadder, type Symptom } from '../knowledge'
import { sameCaseFor, type ClosedCase } from './state'
import type { Turn } from './turn'

/** Opens the case of a symptom, or takes up the one that is open or closed less than seven days ago. True when it was taken up. */
export function openCase(turn: Turn, symptom: Symptom, confidence?: number): boolean {
  const { state, pack, input } = turn
  const current = state.case
  if (current?.symptom === symptom.id) return true
  const earlier = state.closed
  if (current) closeCase(turn, 'abandoned')
  if (earlier?.symptom === symptom.id && input.now - earlier.closedAt < sameCaseFor) {
    turn.set({ case: reopened(earlier) })
    forgetClosed(turn)
    turn.effect({ effect: 'case_reopened', id: earlier.id })
    return true
  }
  const id = input.newId()
  turn.set({
    case: {
      id,
      symptom: symptom.id,
      ...(confidence === undefined ? {} : { confidence }),
      ...(symptom.kind === 'ladder' ? { ladder: startLadder(symptom, pack) } : {}),
    },
  })
  turn.effect({
    effect: 'case_opened',
    id,
    symptom: symptom.id,
    ...(confidence === undefined ? {} : { confidence }),
    packVersion: pack.info.version,
  })
  return false
}

/** Closes the case at hand and keeps it for seven days. */
export function closeCase(turn: Turn, outcome: ClosedCase['outcome']): void {
  const { case: open, ...rest } = turn.state
  if (!open) return
  if (open.reminder) turn.effect({ effect: 'timer_cancelled', id: open.reminder.id })
  const { reminder: _cancelled, ...kept } = open
  turn.state = { ...rest, closed: { ...kept, closedAt: turn.input.now, outcome } }
  // A case that a person took over stays theirs, unless the person chatting says that it is solved.
  if (outcome === 'abandoned' && open.handedOff) return
  turn.effect({ effect: 'case_closed', id: open.id, outcome })
}

/** Brings a case that was begun with another version of the pack up to this one. */
export function carryCaseOver(turn: Turn): void {
  const open = turn.state.case
  if (!open?.ladder || open.ladder.packVersion === turn.pack.info.version) return
  const ladder = carryOver(open.ladder, turn.pack)
  if (ladder) turn.setCase({ ladder })
  else closeCase(turn, 'abandoned')
}

function reopened({ closedAt: _at, outcome: _outcome, ...kept }: ClosedCase) {
  return kept
}

function forgetClosed(turn: Turn): void {
  const { closed: _taken, ...rest } = turn.state
  turn.state = rest
}
