import { reminderEvent, type Effect } from '../../dialogs'
import type {
  CaseChange,
  Commit,
  NewHandoff,
  RungResultRow,
  Timer,
  UnmatchedPhrase,
} from './commit'

/** A turn's effects as the part of a commit that writes them. */
export function changesOf(
  effects: readonly Effect[],
): Pick<Commit, 'timers' | 'cases' | 'rungResults' | 'unmatched' | 'waits' | 'handoff'> {
  const set: Timer[] = []
  const cancel: string[] = []
  const cases: CaseChange[] = []
  const rungResults: RungResultRow[] = []
  const unmatched: UnmatchedPhrase[] = []
  const waits: { incident: string; caseId: string }[] = []
  const waitsCancelled: string[] = []
  let handoff: NewHandoff | undefined
  for (const effect of effects) {
    switch (effect.effect) {
      case 'case_opened': {
        const { effect: _name, ...opened } = effect
        cases.push({ change: 'open', ...opened })
        break
      }
      case 'case_reopened':
        cases.push({ change: 'reopen', id: effect.id })
        break
      case 'case_closed':
        cases.push({
          change: 'close',
          id: effect.id,
          outcome: effect.outcome,
          ...(effect.incident && { incident: effect.incident }),
        })
        break
      case 'rung_shown':
        break
      case 'rung_ended': {
        const { effect: _name, ...ended } = effect
        rungResults.push(ended)
        break
      }
      case 'timer_set':
        set.push({
          id: effect.id,
          dueAt: effect.dueAt,
          name: reminderEvent,
          value: { caseId: effect.caseId, fix: effect.fix, reminder: effect.id },
        })
        break
      case 'timer_cancelled':
        cancel.push(effect.id)
        break
      case 'incident_wait':
        waits.push({ incident: effect.incident, caseId: effect.caseId })
        break
      case 'incident_wait_cancelled':
        waitsCancelled.push(effect.incident)
        break
      case 'unmatched': {
        const { effect: _name, ...phrase } = effect
        unmatched.push(phrase)
        break
      }
      case 'handed_off': {
        const { effect: _name, ...opened } = effect
        handoff = opened
        break
      }
    }
  }
  return {
    ...(set.length + cancel.length > 0 ? { timers: { set, cancel } } : {}),
    ...(cases.length > 0 ? { cases } : {}),
    ...(rungResults.length > 0 ? { rungResults } : {}),
    ...(unmatched.length > 0 ? { unmatched } : {}),
    ...(waits.length + waitsCancelled.length > 0
      ? { waits: { set: waits, cancel: waitsCancelled } }
      : {}),
    ...(handoff ? { handoff } : {}),
  }
}
