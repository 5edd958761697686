import { isTimeZone, wallAt } from '../knowledge'

/** A time of day as the person's clock shows it ("14:20"), or undefined when their time zone is not known. */
export function clockTime(at: number, timeZone: string | undefined): string | undefined {
  if (!isTimeZone(timeZone)) return undefined
  const { hour, minute } = wallAt(at, timeZone)
  return [hour, minute].map((number) => String(number).padStart(2, '0')).join(':')
}

/** A time to come, as it is said: "at 14:20", "tomorrow at 09:00", "on Monday at 09:00"; without a zone "in 2 hours". */
export function timeToCome(at: number, now: number, timeZone: string | undefined): string {
  const clock = clockTime(at, timeZone)
  if (clock === undefined || !isTimeZone(timeZone)) return spanInWords(at - now)
  const days = wallAt(at, timeZone).day - wallAt(now, timeZone).day
  if (days === 0) return `at ${clock}`
  if (days === 1) return `tomorrow at ${clock}`
  return `on ${dayName(at, timeZone, days)} at ${clock}`
}

/** A day that has passed, as it is said: "Yesterday", "On Friday"; undefined for today, or when nobody knows. */
export function dayPassed(
  at: number,
  now: number,
  timeZone: string | undefined,
): string | undefined {
  if (!isTimeZone(timeZone)) return undefined
  const days = wallAt(now, timeZone).day - wallAt(at, timeZone).day
  if (days <= 0) return undefined
  return days === 1 ? 'Yesterday' : `On ${dayName(at, timeZone, days)}`
}

/** From so many days on a weekday alone could be taken for another one. */
const daysNamedAlone = 6

const dayName = (at: number, timeZone: string, days: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    ...(days > daysNamedAlone && { day: 'numeric', month: 'long' }),
  })
    .format(at)
    .replace(',', '')

function spanInWords(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  const hours = Math.round(minutes / 60)
  if (minutes < 90) return `in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
  return hours < 48 ? `in ${hours} hours` : `in ${Math.round(hours / 24)} days`
}
