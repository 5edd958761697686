import { reminderEvent, type Effect } from '../../dialogs'
import type { Happening } from '../ledger'
import type { Commit, NewHandoff, Rating, Timer, UnmatchedPhrase } from './commit'

/** A turn's effects as the part of a commit that writes them. */
export function changesOf(
  effects: readonly Effect[],
): Pick<
  Commit,
  | 'timers'
  | 'happenings'
  | 'unmatched'
  | 'waits'
  | 'handoff'
  | 'handoffAbout'
  | 'handoffEnds'
  | 'closingBrief'
  | 'ratings'
  | 'replyAddress'
> {
  const set: Timer[] = []
  const cancel: string[] = []
  const happenings: Happening[] = []
  const unmatched: UnmatchedPhrase[] = []
  const waits: { incident: string; caseId: string }[] = []
  const waitsCancelled: string[] = []
  let handoff: NewHandoff | undefined
  let handoffAbout: string | undefined
  let closingBrief: unknown
  let handoffEnds: Commit['handoffEnds']
  let replyAddress: string | undefined
  const ratings: Rating[] = []
  for (const effect of effects) {
    switch (effect.effect) {
      case 'case_opened': {
        const { effect: _name, id: caseId, ...opened } = effect
        happenings.push({ what: 'opened', caseId, ...opened })
        break
      }
      case 'case_reopened':
        happenings.push({ what: 'reopened', caseId: effect.id })
        break
      case 'case_closed':
        happenings.push({
          what: 'closed',
          caseId: effect.id,
          outcome: effect.outcome,
          ...(effect.incident && { incident: effect.incident }),
        })
        break
      case 'rung_shown': {
        const { effect: _name, ...shown } = effect
        happenings.push({ what: 'shown', ...shown })
        break
      }
      case 'rung_ended': {
        const { effect: _name, ...ended } = effect
        happenings.push({ what: 'result', ...ended })
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
      case 'handoff_about':
        handoffAbout = effect.caseId
        break
      case 'handoff_ended':
        closingBrief = effect.brief
        break
      case 'rated':
      case 'rating_words': {
        const { effect: _name, ...rating } = effect
        ratings.push(rating)
        break
      }
      case 'reply_address':
        replyAddress = effect.address
        break
      case 'moved':
        // Where it goes is known to the turn, not to the bot.
        break
      case 'note':
        // A row of the log, like what is said.
        break
      case 'queue_left':
        handoffEnds = effect.why
        break
    }
  }
  return {
    ...(set.length + cancel.length > 0 ? { timers: { set, cancel } } : {}),
    ...(happenings.length > 0 ? { happenings } : {}),
    ...(unmatched.length > 0 ? { unmatched } : {}),
    ...(waits.length + waitsCancelled.length > 0
      ? { waits: { set: waits, cancel: waitsCancelled } }
      : {}),
    ...(handoff ? { handoff } : {}),
    ...(handoffAbout === undefined ? {} : { handoffAbout }),
    ...(closingBrief === undefined ? {} : { closingBrief }),
    ...(handoffEnds ? { handoffEnds } : {}),
    ...(replyAddress === undefined ? {} : { replyAddress }),
    ...(ratings.length > 0 ? { ratings } : {}),
  }
}
