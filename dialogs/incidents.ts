import { candidates } from '../knowledge'
import type { Effect } from './effects'
import type { RunningIncident } from './turn-input'
import type { Turn } from './turn'

/** The incident that the person has to hear of before anything else: it explains their case, and the case knows of none. */
export function dueIncident(turn: Turn): RunningIncident | undefined {
  const told = turn.state.case?.incident
  const running = turn.incidents
  return told && running.some(({ id }) => id === told.id) ? undefined : running[0]
}

/** Whether fixes are left that only incidents keep off the ladder. */
export function isHeldBack(turn: Turn): boolean {
  const ladder = turn.state.case?.ladder
  const { pointless, ...outlook } = turn.outlook
  if (!ladder || !pointless?.size) return false
  return candidates(ladder, turn.facts, turn.pack, outlook).length > 0
}

/** The person wants to hear when the incident that they were told of is over. */
export function waitForEnd(turn: Turn): void {
  const { case: open } = turn.state
  if (!open?.incident) return
  turn.setCase({ incident: { ...open.incident, waits: true } })
  turn.effect({ effect: 'incident_wait', incident: open.incident.id, caseId: open.id })
}

/** Nobody waits for the end any more. */
export function cancelWait(turn: Turn): void {
  const told = turn.state.case?.incident
  if (!told?.waits) return
  const { waits: _cancelled, ...rest } = told
  turn.setCase({ incident: rest })
  turn.effect({ effect: 'incident_wait_cancelled', incident: told.id })
}

/** The effects without blame: that a fix failed while the cause lay elsewhere says nothing of the fix. */
export const withoutBlame = (turn: Turn): readonly Effect[] =>
  (turn.input.incidents ?? []).length === 0
    ? turn.effects
    : turn.effects.filter(
        (effect) =>
          effect.effect !== 'rung_ended' ||
          !['no_help', 'partly'].includes(effect.result) ||
          turn.incidentsOf(effect.symptom).length === 0,
      )
