import { openRung } from '../knowledge'
import { clockTime } from './clock'
import type { Turn } from './turn'
import { buttons, questions, say } from './words'

/** Minutes until a look at a rung that worked in part, when its fix names no wait of its own. */
const usualWait = 20

/** Minutes that a reminder waits which came in the middle of something else. */
const putOff = 5

/** "Shall I ask again in 20 minutes?" */
export const askWhen = (turn: Turn, fix: string): string => questions.later(waitOf(turn, fix))

/** The person wants to be asked again: sets the timer and says when. */
export async function promise(turn: Turn, fix: string, minutes = waitOf(turn, fix)): Promise<void> {
  setReminder(turn, fix, minutes)
  const clock = clockTime(turn.input.now + minutes * 60_000, turn.state.timeZone)
  const isToday = minutes < mostMinutesByClock
  await turn.say(say.reminderSet(clock && isToday ? `at ${clock}` : inWords(minutes)))
  turn.listen('helped')
}

/** The timer that a waiting rung set is due. While something else is being talked about, it waits a little more. */
export async function remind(turn: Turn, fix: string, isOnTop: boolean): Promise<void> {
  const { case: open } = turn.state
  if (!open?.ladder || openRung(open.ladder) !== fix) return
  if (!isOnTop) {
    setReminder(turn, fix, putOff)
    return
  }
  turn.setCase({ reminder: undefined })
  const when = clockTime(turn.input.now, turn.state.timeZone)
  await turn.ask(
    'helped',
    when ? say.reminderDue(when) : say.reminderDueNoClock,
    buttons.stillThere,
  )
}

/** The rung has its result: nothing is asked again. */
export function cancelReminder(turn: Turn): void {
  const reminder = turn.state.case?.reminder
  if (!reminder) return
  turn.effect({ effect: 'timer_cancelled', id: reminder.id })
  turn.setCase({ reminder: undefined })
}

/** From here on a time of day alone would not say which day. */
const mostMinutesByClock = 12 * 60

const inWords = (minutes: number): string =>
  minutes < 90 ? `in ${minutes} minutes` : `in ${Math.round(minutes / 60)} hours`

const waitOf = (turn: Turn, fix: string): number => turn.pack.fixes.get(fix)?.wait ?? usualWait

/** Sets the timer that asks again, in place of one that is set already. */
function setReminder(turn: Turn, fix: string, minutes: number): void {
  const { case: open } = turn.state
  if (!open) return
  cancelReminder(turn)
  const id = turn.input.newId()
  const dueAt = turn.input.now + minutes * 60_000
  turn.effect({ effect: 'timer_set', id, dueAt, fix, caseId: open.id })
  turn.setCase({ reminder: { id, fix } })
}
