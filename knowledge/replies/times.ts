/** Minutes until the time that a reply names, where that is simple to say: "in an hour", "20 mins", "tomorrow". */
export function minutesNamed(plain: string): number | undefined {
  const { amount, unit } = span.exec(plain)?.groups ?? {}
  if (amount !== undefined && unit !== undefined) {
    const minutes = (amounts[amount] ?? Number(amount)) * (units[unit[0] ?? ''] ?? 1)
    return minutes >= 1 && minutes <= LONGEST ? Math.round(minutes) : undefined
  }
  return named.find(({ pattern }) => pattern.test(plain))?.minutes
}

/** True when a reply names a time or puts it off: it wants to be asked then. */
export const putsOff = (plain: string): boolean =>
  !refused.test(plain) && (later.test(plain) || minutesNamed(plain) !== undefined)

const span =
  /\b(?<amount>\d{1,3}(?:\.\d)?|half an|an?|one|two|three|four|five|ten|fifteen|twenty|thirty|a couple of|a few) ?(?:more )?(?<unit>minutes?|mins?|m(?= |$)|hours?|hrs?|h(?= |$)|days?)\b/
const amounts: Readonly<Record<string, number>> = {
  'half an': 0.5,
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  'a couple of': 2,
  'a few': 3,
}
const units: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1_440 }
/** A month: whoever says more means "never". */
const LONGEST = 30 * 1_440

/** How late "tonight" is depends on when it is said, which is not known here. */
const named: readonly { pattern: RegExp; minutes: number }[] = [
  { pattern: /\b(?:tomorrow|tmrw|tmr|tomorow|tommorow)\b/, minutes: 1_440 },
  { pattern: /\b(?:tonight|this evening)\b/, minutes: 240 },
  { pattern: /\bnext week\b/, minutes: 7 * 1_440 },
]
const later =
  /\b(?:later(?: on| today)?|another time|some other time|after (?:work|lunch|dinner|school))\b/
const refused = /\b(?:not|never|no need|stop|no more|no)\b/

/** Words of time, to repair typing mistakes against and to be left alone themselves. */
export const timeWords: readonly string[] =
  'minute minutes mins hour hours days tomorrow tonight evening later thirty twenty fifteen couple'.split(
    ' ',
  )
