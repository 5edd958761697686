import { carryOver, startLadder, type Facts, type Pack, type Symptom } from '../knowledge'
import { sameCaseFor, type Case, type ClosedCase } from './state'
import type { Turn } from './turn'

/** Opens the case of a symptom, or takes up the one that is open or closed less than seven days ago. True when it was taken up. */
export function openCase(turn: Turn, symptom: Symptom, confidence?: number): boolean {
  const { state, pack, input } = turn
  const current = state.case
  if (current?.symptom === symptom.id) return true
  const earlier = state.closed
  const isSameCase = earlier?.symptom === symptom.id && input.now - earlier.closedAt < sameCaseFor
  const kept = isSameCase ? carriedOver(reopened(earlier), pack) : undefined
  if (kept) forgetClosed(turn)
  if (current) closeCase(turn, 'abandoned')
  if (kept) {
    turn.set({ case: kept })
    turn.learn(earlier?.facts ?? {})
    turn.effect({ effect: 'case_reopened', id: kept.id })
    return true
  }
  if (symptom.implies) turn.learn(definedOnly(symptom.implies))
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
  const { device, system, ...facts } = rest.facts
  turn.state = { ...rest, closed: { ...kept, facts, closedAt: turn.input.now, outcome } }
  // Whose album it was, who was affected and what was tried belong to this case; the device stays the person's.
  turn.forget({ ...(device && { device }), ...(system && { system }) })
  // A case that a person took over stays theirs, unless the person chatting says that it is solved.
  if (outcome === 'abandoned' && open.handedOff) return
  turn.effect({ effect: 'case_closed', id: open.id, outcome })
}

/** Tells the ledger that these rungs of the case at hand are put before the person. */
export function noteShown(turn: Turn, ...fixes: readonly string[]): void {
  const { case: open, facts } = turn.state
  if (!open) return
  for (const fix of fixes)
    turn.effect({
      effect: 'rung_shown',
      caseId: open.id,
      symptom: open.symptom,
      fix,
      ...(facts.device ? { device: facts.device } : {}),
      packVersion: turn.pack.info.version,
    })
}

/** Brings a case that was begun with another version of the pack up to this one, or closes it when its entry is gone. */
export function carryCaseOver(turn: Turn): void {
  const open = turn.state.case
  if (!open) return
  const carried = carriedOver(open, turn.pack)
  if (carried === open) return
  if (carried) turn.set({ case: carried })
  else {
    turn.closeQuestion()
    closeCase(turn, 'abandoned')
  }
}

/** The case under this pack: itself, one with its ladder carried over, or undefined when its entry is gone or of another kind. */
function carriedOver(open: Case, pack: Pack): Case | undefined {
  const kind = pack.symptoms.get(open.symptom)?.kind
  if (kind === undefined || (kind === 'ladder') !== (open.ladder !== undefined)) return undefined
  if (!open.ladder || open.ladder.packVersion === pack.info.version) return open
  const ladder = carryOver(open.ladder, pack)
  return ladder && { ...open, ladder }
}

function reopened({ closedAt: _at, outcome: _outcome, facts: _facts, ...kept }: ClosedCase): Case {
  return kept
}

function forgetClosed(turn: Turn): void {
  const { closed: _taken, ...rest } = turn.state
  turn.state = rest
}

/** Facts without the names that have no value. */
const definedOnly = ({ role, scope }: NonNullable<Symptom['implies']>): Facts => ({
  ...(role && { role }),
  ...(scope && { scope }),
})
