import { instantsOf, wallAt } from '../../knowledge'

/**
 * When people answer: several slots a day, over midnight if need be, and single days that are different. Pure.
 *
 * > "mo-fr 9:00-12:00 13:00-17:30; sa 10:00-14:00; fr 22:00-2:00; 2026-12-24 9:00-12:00; 2026-12-25 closed"
 *
 * Rules stand between semicolons. Weekdays add up; a dated rule replaces what the weekdays say of that day. A slot whose
 * end is not after its start ends on the next day, and goes on into a day that is closed.
 */
export interface Hours {
  readonly timeZone: string
  /** Slots of each weekday, Monday first. */
  readonly weekly: readonly (readonly Slot[])[]
  /** Slots of single days, by the number of days since 1970. */
  readonly dated: ReadonlyMap<number, readonly Slot[]>
}

/** Minutes since midnight; `to` is beyond 1,440 when it ends on the next day. */
interface Slot {
  readonly from: number
  readonly to: number
}

/** Reads hours as they are written in a setting. Throws an Error that names the part that cannot be read. */
export function parseHours(text: string, timeZone: string): Hours {
  const weekly: Slot[][] = weekdays.map(() => [])
  const dated = new Map<number, Slot[]>()
  for (const rule of text.split(';').map((part) => part.trim().toLowerCase())) {
    if (rule === '') continue
    const [when = '', ...rest] = rule.split(/\s+/)
    const slots = slotsOf(rest, rule)
    const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(when)
    if (date) {
      const day = dayOf(date, rule)
      dated.set(day, [...(dated.get(day) ?? []), ...slots])
    } else {
      for (const weekday of weekdaysOf(when, rule)) weekly[weekday]!.push(...slots)
    }
  }
  return { timeZone, weekly, dated }
}

/** Whether people answer at this moment (milliseconds since 1970). */
export function isOpen(hours: Hours, at: number): boolean {
  const { day, hour, minute } = wallAt(at, hours.timeZone)
  const now = hour * 60 + minute
  return (
    slotsOn(hours, day).some(({ from, to }) => from <= now && now < to) ||
    slotsOn(hours, day - 1).some(({ to }) => now < to - dayMinutes)
  )
}

/** The next moment at which people begin to answer; undefined when there is none within a year. */
export function nextOpening(hours: Hours, at: number): number | undefined {
  const today = wallAt(at, hours.timeZone).day
  for (let day = today; day <= today + 366; day++) {
    const openings = slotsOn(hours, day)
      .flatMap(({ from }) =>
        instantsOf(day, { hour: Math.floor(from / 60), minute: from % 60 }, hours.timeZone),
      )
      .filter((opening) => opening > at)
    if (openings.length > 0) return Math.min(...openings)
  }
  return undefined
}

/** The slots that begin on a day. */
function slotsOn({ weekly, dated }: Hours, day: number): readonly Slot[] {
  // The first of January 1970 was a Thursday.
  const weekday = (((day + 3) % 7) + 7) % 7
  return dated.get(day) ?? weekly[weekday] ?? []
}

const weekdays = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']
const dayMinutes = 24 * 60

function weekdaysOf(text: string, rule: string): number[] {
  return text.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map((name) => weekdays.indexOf(name.slice(0, 2)))
    if (first === undefined || last === undefined || first < 0 || last < 0)
      throw new Error(`"${rule}" must begin with days (mo-fr, sa) or a date (2026-12-24)`)
    const count = ((last - first + 7) % 7) + 1
    return Array.from({ length: count }, (_, step) => (first + step) % 7)
  })
}

function slotsOf(texts: readonly string[], rule: string): Slot[] {
  if (texts.length === 1 && texts[0] === 'closed') return []
  if (texts.length === 0)
    throw new Error(`"${rule}" must name times (9:00-17:00) or say that it is closed`)
  return texts.map((text) => {
    const [, ...numbers] = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2}),?$/.exec(text) ?? []
    const [fromHour = 99, fromMinute = 0, toHour = 99, toMinute = 0] = numbers.map(Number)
    const from = fromHour * 60 + fromMinute
    const to = toHour * 60 + toMinute
    if (from >= dayMinutes || to > dayMinutes || fromMinute > 59 || toMinute > 59)
      throw new Error(`"${text}" must be a span of the day, for example 9:00-17:00`)
    return { from, to: to > from ? to : to + dayMinutes }
  })
}

function dayOf([, ...parts]: RegExpExecArray, rule: string): number {
  const [year = 0, month = 0, date = 0] = parts.map(Number)
  const midnight = Date.UTC(year, month - 1, date)
  if (new Date(midnight).toISOString().slice(0, 10) !== rule.slice(0, 10))
    throw new Error(`"${rule}" must name a date that there is`)
  return midnight / 86_400_000
}
