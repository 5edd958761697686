import { type DialogContext } from 'botbuilder-dialogs'
import { dueAt, openRungs, type When } from '../knowledge'
import { dialogIds } from './base'
import { clockTime, dayPassed, timeToCome } from './clock'
import { takeUpAside } from './cases'
import type { Incoming } from './interpret'
import type { AsideCase } from './state'
import type { Turn } from './turn'
import { buttons, say } from './words'

/** Minutes until a look at a rung that worked in part, when its fix names no wait of its own. */
const usualWait = 20

/** Minutes that a reminder waits which came in the middle of something else. */
const putOff = 5

/** Minutes that it waits when it is about a trouble that was set aside for another one. */
const asidePutOff = 30

/** A reminder that comes so much later than promised says so (the server was down, or a person had the chat). */
const lateMs = 30 * 60_000

/** Minutes that a fix needs until a look at it says something. */
export const waitOf = (turn: Turn, fix: string): number =>
  turn.pack.fixes.get(fix)?.wait ?? usualWait

/** The person wants to be asked again: sets the timer, in place of one that is set already, and says when. */
export async function promise(turn: Turn, fix: string, when?: When): Promise<void> {
  const { now } = turn.input
  const { timeZone } = turn.state
  const due = dueAt(when ?? { kind: 'span', minutes: waitOf(turn, fix) }, now, timeZone)
  setReminder(turn, { fix, dueAt: due, setAt: now })
  await turn.say(say.reminderSet(timeToCome(due, now, timeZone)))
  turn.listen('helped')
}

/** The timer that a waiting rung set is due. While something else is being talked about, it waits a little more. */
export async function remind(
  dc: DialogContext,
  turn: Turn,
  { caseId, fix, reminder }: Extract<Incoming, { kind: 'reminder' }>,
): Promise<void> {
  const { case: open, aside } = turn.state
  const waiting = aside?.find(({ id }) => id === caseId)
  if (waiting) return remindOfAside(dc, turn, waiting)
  if (open?.id !== caseId || !open.ladder) return
  // It was changed or cancelled in the very moment in which it came due.
  if (reminder !== undefined && open.reminder?.id !== reminder) return
  const set = open.reminder
  const tried = openRungs(open.ladder)
  if (tried.length > 0 && !tried.includes(fix)) return
  if (dc.activeDialog?.id !== dialogIds.ladder) {
    const later = turn.input.now + putOff * 60_000
    setReminder(turn, { fix, dueAt: later, setAt: set?.setAt ?? turn.input.now })
    return
  }
  turn.setCase({ reminder: undefined })
  const clock = clockTime(turn.input.now, turn.state.timeZone)
  if (tried.length === 0) {
    // A new version of the pack no longer has the fix: the ladder goes on with what it has.
    turn.preface(clock && say.timeIs(clock))
    await dc.replaceDialog(dialogIds.ladder)
    return
  }
  turn.preface(opening(turn, fix, clock, set))
  await turn.ask('helped', say.hasItHelped, buttons.stillThere)
}

/** The reminder is about a trouble that was set aside: it is gone back to once nothing else is at hand. */
async function remindOfAside(dc: DialogContext, turn: Turn, waiting: AsideCase): Promise<void> {
  const { now, newId } = turn.input
  const { reminder } = waiting
  if (!reminder) return
  if (turn.state.case || dc.activeDialog?.id !== dialogIds.main) {
    const later = { ...reminder, id: newId(), dueAt: now + asidePutOff * 60_000 }
    const { id, fix, dueAt: due } = later
    turn.effect({ effect: 'timer_set', id, dueAt: due, fix, caseId: waiting.id })
    turn.set({
      aside: turn.state.aside?.map((each) =>
        each === waiting ? { ...each, reminder: later } : each,
      ),
    })
    return
  }
  takeUpAside(turn, waiting.symptom)
  turn.setCase({ reminder: undefined })
  const clock = clockTime(now, turn.state.timeZone)
  turn.preface(clock ? say.timeIs(clock) : say.timePassed)
  turn.preface(turn.pack.symptoms.get(waiting.symptom)?.says)
  await dc.beginDialog(dialogIds.ladder)
}

/** The rung has its result, or the person wants no asking: nothing is asked again. */
export function cancelReminder(turn: Turn): void {
  const reminder = turn.state.case?.reminder
  if (!reminder) return
  turn.effect({ effect: 'timer_cancelled', id: reminder.id })
  turn.setCase({ reminder: undefined })
}

type Reminder = NonNullable<NonNullable<Turn['state']['case']>['reminder']>

/** How a reminder begins: with the time, and with the fix where the person may not have it in mind any more. */
function opening(
  turn: Turn,
  fix: string,
  clock: string | undefined,
  set: Reminder | undefined,
): string {
  const { now } = turn.input
  const { timeZone } = turn.state
  const { ladder } = turn.state.case ?? {}
  const isOne = ladder === undefined || openRungs(ladder).length < 2
  const noun = isOne ? turn.pack.fixes.get(fix)?.noun : say.quickChecks
  const day = set?.setAt === undefined ? undefined : dayPassed(set.setAt, now, timeZone)
  const planned =
    set?.dueAt === undefined ? undefined : now - set.dueAt > lateMs ? set.dueAt : undefined
  const isOutOfMind =
    day !== undefined ||
    planned !== undefined ||
    turn.state.case?.handedOff === true ||
    turn.state.question?.topic === 'after_agent'
  const meant = planned === undefined ? undefined : clockTime(planned, timeZone)
  return [
    clock ? say.timeIs(clock, day === undefined ? meant : undefined) : say.timePassed,
    ...(isOutOfMind && noun ? [say.stoppedAt(noun, day)] : []),
  ].join(' ')
}

function setReminder(turn: Turn, { fix, dueAt: due, setAt }: Required<Omit<Reminder, 'id'>>): void {
  const { case: open } = turn.state
  if (!open) return
  cancelReminder(turn)
  const id = turn.input.newId()
  turn.effect({ effect: 'timer_set', id, dueAt: due, fix, caseId: open.id })
  turn.setCase({ reminder: { id, fix, setAt, dueAt: due } })
}
