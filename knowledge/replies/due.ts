import { longestDays, type Clock, type Day, type Part, type When } from './when'

/** The hours that a part of the day stands for, by the person's clock. */
export const usualHours: Readonly<Record<Part, number>> = {
  morning: 9,
  noon: 12,
  after_lunch: 14,
  afternoon: 15,
  after_school: 16,
  after_work: 18,
  evening: 19,
  after_dinner: 20,
  midnight: 0,
}

/** Said after this hour, "tonight" is `tonightLater` hours away, since 19:00 would be now or has passed. */
const tonightUntil = 18
const tonightLater = 2
/** Until this hour the day before has not ended: "tomorrow", said at 1:30, is after the night. */
const nightEnds = 5
/** A bare hour is never one of these, between midnight and 6:00, unless it is said then. */
const asleepUntil = 6
/** On another day a bare hour from here on is in the morning, and a smaller one in the afternoon: "tomorrow at 6". */
const firstMorningHour = 7

/** Without a time zone nobody knows how late it is: "tonight" and any time of day are then so many hours away. */
const hoursWithoutZone = 4

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/**
 * When a named time is due, in milliseconds since 1970, for somebody in this time zone (an IANA name).
 *
 * - A span counts from now, whatever the clocks do meanwhile.
 * - A time of day is the next one by the person's clock: passed today means tomorrow.
 * - "Tonight" is 19:00, or in two hours when it is later than 18:00. "Tomorrow", a weekday and next week are at 9:00.
 * - A bare hour ("at 6") is the next of the two that is not between 0:00 and 6:00: said at 14:00 it is 18:00, said at
 *   20:00 it is 6:00. On another day ("tomorrow at 6") 7 to 11 are in the morning, 12 to 6 in the afternoon.
 * - "Tomorrow", said before 5:00, is after the night: the day that has begun by the calendar.
 * - A weekday is the next of that name after today; next week is its Monday.
 * - A time that the clocks skip is as much later; of one that comes twice it is the first.
 * - It is at least a minute and at most 30 days away.
 * - Without a zone (or with one that nobody knows) days count 24 hours, and a time of day is 4 hours away.
 */
export function dueAt(when: When, now: number, timeZone?: string): number {
  const due =
    when.kind === 'span'
      ? now + when.minutes * minuteMs
      : isTimeZone(timeZone)
        ? momentAt(when, now, timeZone)
        : now + withoutZone(when, now)
  return Math.min(Math.max(due, now + minuteMs), now + longestDays * dayMs)
}

/** Whether this is the name of a time zone. Clients send what their browser says. */
export function isTimeZone(name: string | undefined): name is string {
  if (name === undefined || name === '') return false
  try {
    return formatFor(name) !== undefined
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** What a clock on the wall shows. `day` counts days since 1970, as a calendar does; `weekday` 1 is Monday. */
export interface Wall {
  readonly day: number
  readonly weekday: number
  readonly hour: number
  readonly minute: number
}

/** What the clock on the wall shows in a zone that is known to be one. */
export function wallAt(ms: number, timeZone: string): Wall {
  const shown = ms + offsetAt(ms, timeZone)
  const day = Math.floor(shown / dayMs)
  return {
    day,
    // The first of January 1970 was a Thursday.
    weekday: ((((day + 3) % 7) + 7) % 7) + 1,
    hour: Math.floor((shown - day * dayMs) / hourMs),
    minute: Math.floor((shown % hourMs) / minuteMs),
  }
}

type Moment = Extract<When, { kind: 'moment' }>
export type TimeOfDay = Pick<Clock, 'hour' | 'minute'>

function momentAt({ day, part, clock }: Moment, now: number, timeZone: string): number {
  const wall = wallAt(now, timeZone)
  /** The first of these times that is still to come, on this day or the next. */
  const first = (days: number, times: readonly TimeOfDay[]) =>
    Math.min(
      ...[days, days + 1]
        .flatMap((each) => times.flatMap((time) => instantsOf(wall.day + each, time, timeZone)))
        .filter((ms) => ms > now),
    )
  if (day === undefined) {
    if (clock) return first(0, readingsOf(clock, wall))
    if (part === 'evening' && wall.hour >= tonightUntil) return now + tonightLater * hourMs
    return first(0, [{ hour: usualHours[part ?? 'evening'], minute: 0 }])
  }
  const time = clock ? onAnotherDay(clock) : { hour: usualHours[part ?? 'morning'], minute: 0 }
  // The midnight of a day, or of its evening, is the one at its end.
  const isAtTheEnd = time.hour === 0 && part !== undefined && part !== 'morning'
  return first(daysUntil(day, wall) + (isAtTheEnd ? 1 : 0), [time])
}

/** What a time of day may be, when no day was named. */
function readingsOf({ hour, minute, isExact }: Clock, wall: Wall): readonly TimeOfDay[] {
  if (isExact) return [{ hour, minute }]
  return [hour % 12, (hour % 12) + 12]
    .filter((reading) => reading >= asleepUntil || wall.hour < asleepUntil)
    .map((reading) => ({ hour: reading, minute }))
}

function onAnotherDay({ hour, minute, isExact }: Clock): TimeOfDay {
  const isMorning = isExact || hour >= firstMorningHour
  return { hour: isMorning ? hour : hour + 12, minute }
}

function daysUntil(day: Day, wall: Wall): number {
  if (day === 'next_week') return 8 - wall.weekday
  if ('weekday' in day) return (day.weekday - wall.weekday + 7) % 7 || 7
  return day.days === 1 && wall.hour < nightEnds ? 0 : day.days
}

function withoutZone({ day }: Moment, now: number): number {
  if (day === undefined) return hoursWithoutZone * hourMs
  return (
    (day === 'next_week' ? 7 : 'days' in day ? day.days : daysUntil(day, wallAt(now, 'UTC'))) *
    dayMs
  )
}

/** The moments at which the clocks of a zone show this, on a day counted from 1970: one, or two in the hour that comes twice. */
export function instantsOf(day: number, { hour, minute }: TimeOfDay, timeZone: string): number[] {
  const shown = day * dayMs + hour * hourMs + minute * minuteMs
  const before = shown - offsetAt(shown - dayMs, timeZone)
  const after = shown - offsetAt(shown + dayMs, timeZone)
  const found = [before, after].filter((ms) => ms + offsetAt(ms, timeZone) === shown)
  // In the hour that is skipped in spring, the clock that was not put forward yet counts.
  return found.length > 0 ? found : [before]
}

/** By how many milliseconds the clocks of a zone are ahead of UTC, to the minute. */
function offsetAt(ms: number, timeZone: string): number {
  const parts = Object.fromEntries(
    formatFor(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0 } = parts
  // oxlint-disable-next-line no-restricted-globals -- reads no clock
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(ms / minuteMs) * minuteMs
}

/** To make one takes a hundred times as long as to use it. There are some 600 zones. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  formats.set(timeZone, format)
  return format
}
