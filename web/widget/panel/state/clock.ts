/** Dates and numbers as people of one place write them. */
export interface Clock {
  /** "14:20" */
  readonly time: (at: number) => string
  /** "14:20" today, "Tue 09:00" on another day. */
  readonly moment: (at: number) => string
  readonly isToday: (at: number) => boolean
  /** "Today", "Yesterday", "Tuesday, 3 March". */
  readonly day: (at: number) => string
  /** All of it, for who points at a time. */
  readonly full: (at: number) => string
  readonly number: (value: number) => string
}

/** Makes a clock for a locale; `now` decides what today is. */
export function createClock(locale: string, now: () => number): Clock {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const made = late(() => new Intl.DateTimeFormat(locale, options))
    return (at: number) => made().format(at)
  }
  const time = format({ hour: '2-digit', minute: '2-digit' })
  const onDay = format({ weekday: 'short', hour: '2-digit', minute: '2-digit' })
  const thisYear = format({ weekday: 'long', day: 'numeric', month: 'long' })
  const anyYear = format({ day: 'numeric', month: 'long', year: 'numeric' })
  const relative = late(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))
  const isToday = (at: number) => daysBetween(at, now()) === 0
  const number = late(() => new Intl.NumberFormat(locale))
  return {
    time,
    isToday,
    moment: (at) => (isToday(at) ? time(at) : onDay(at)),
    day(at) {
      const days = daysBetween(now(), at)
      if (days === 0 || days === -1) return capitalised(relative().format(days, 'day'), locale)
      return new Date(at).getFullYear() === new Date(now()).getFullYear()
        ? thisYear(at)
        : anyYear(at)
    },
    full: format({ dateStyle: 'full', timeStyle: 'short' }),
    number: (value) => number().format(value),
  }
}

/** Makes it when it is first asked for: on a slow phone each of these takes some milliseconds of the panel's first. */
function late<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/** Days of the calendar; one with a clock set back is a day too. */
function daysBetween(from: number, to: number): number {
  const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0)
  return Math.round((midnight(to) - midnight(from)) / 86_400_000)
}

const capitalised = (text: string, locale: string) =>
  text.slice(0, 1).toLocaleUpperCase(locale) + text.slice(1)
