/** A time that somebody named, as they named it: resolved with `dueAt` once the hour and the place are known. */
export type When =
  /** "In an hour", "20 mins", "2 days". */
  | { readonly kind: 'span'; readonly minutes: number }
  /** "Tonight", "tomorrow at 6", "on Monday morning". Without a day it is the next time that the clock shows it. */
  | {
      readonly kind: 'moment'
      readonly day?: Day
      readonly part?: Part
      readonly clock?: Clock
    }

/** A day: so many from today, the next one of that name (1 is Monday), or the Monday of next week. */
export type Day = { readonly days: number } | { readonly weekday: number } | 'next_week'

/** A part of the day that has a usual hour. */
export type Part =
  | 'morning'
  | 'noon'
  | 'after_lunch'
  | 'afternoon'
  | 'after_school'
  | 'after_work'
  | 'evening'
  | 'after_dinner'
  | 'midnight'

/** A time of day. `isExact` is false for "6", which may be the one in the morning or the one in the evening. */
export interface Clock {
  readonly hour: number
  readonly minute: number
  readonly isExact: boolean
}

/** What a reply says about being asked later: when, or not at all. */
export type Again = When | 'never'

/** The longest that anybody is asked to wait, in days: a ladder is kept as long. */
export const longestDays = 30
const hourMinutes = 60
const dayMinutes = 24 * hourMinutes

/**
 * The time that a reply names, on normalised text (lower case, contractions written out, " , " for a colon); undefined
 * when it names none, or one that is more than 30 days away.
 */
export function whenNamed(text: string): When | undefined {
  const plain = withClocks(text)
  const clock = clockIn(plain)
  const part = partIn(plain)
  const spanned = spanIn(plain)
  // "In 2 days at 9" is a day with a time; "in 2 hours" is a span whatever else is said.
  const day = spanned && isWholeDays(spanned) ? { days: spanned / dayMinutes } : dayIn(plain)
  if (spanned !== undefined && !(isWholeDays(spanned) && (clock ?? part))) {
    const isPossible = spanned >= 1 && spanned <= longestDays * dayMinutes
    return isPossible ? { kind: 'span', minutes: Math.round(spanned) } : undefined
  }
  if (!clock && !part && !day) return undefined
  if (day && typeof day === 'object' && 'days' in day && day.days > longestDays) return undefined
  return {
    kind: 'moment',
    ...(day && { day }),
    ...(part && { part }),
    ...(clock && { clock: part ? inPart(clock, part) : clock }),
  }
}

/** What a reply to "shall I ask again?" says about it. A time that is refused ("not tomorrow") or past ("an hour ago") is none. */
export function againIn(plain: string): Again | undefined {
  const said = withClocks(plain)
  if (refusesAsking.test(said)) return 'never'
  // "I can't until Monday" refuses what comes before.
  if (/\bnot\b.*\b(?:until|till|before)\b/.test(said)) return whenNamed(said)
  if (past.test(said) && !wishesAsking.test(said)) return undefined
  return whenNamed(wanted(said))
}

/** The same at any other question, where only an outright wish counts ("ask me at 8"), or a message that is nothing but a time. */
export function againOutright(plain: string, mayBeBare: boolean): Again | undefined {
  const again = againIn(plain)
  if (again === 'never' || again === undefined) return again
  const said = withClocks(plain)
  return wishesAsking.test(said) || (mayBeBare && isOnlyTime(wanted(said))) ? again : undefined
}

/** True when a reply names a time or puts it off: it wants to be asked then. */
export function putsOff(plain: string): boolean {
  const again = againIn(plain)
  return again === undefined ? later.test(plain) && !refused.test(plain) : again !== 'never'
}

/** "14:20" came here as "14 , 20", like the end of a clause. */
const withClocks = (plain: string): string =>
  plain.replace(/\b(\d{1,2}) , ([0-5]\d)(?!\d)/g, '$1.$2')

/** What is left of a reply without the clauses that refuse: of "not tonight, tomorrow" the second. */
const wanted = (plain: string): string =>
  plain
    .replace(/^(?:no|nope|nah) (?!need|more|thanks|thank)/, '')
    .split(/ , | but | rather (?!not)/)
    .filter((clause) => !refused.test(clause))
    .join(' ')

const later =
  /\b(?:later(?: on| today)?|another time|some other time|in a (?:bit|while)|after (?:work|lunch|dinner|school))\b/
const refused = /\b(?:not|never|no need|stop|no more|no)\b/
/** Speaks of the time that went by, not of the time to come. */
const past = /\b(?:ago|waited|been|passed|took|already|since|still|yesterday|nothing)\b/

/** "Cancel the reminder", "don't ask again", "no need to ask", "stop asking me". */
const refusesAsking = new RegExp(
  [
    String.raw`\b(?:cancel|stop|delete|remove|forget|drop|scrap|undo|turn off|switch off|no|no more|without)(?: about)?(?: the| that| this| my| your| any| all)? (?:reminders?|timers?|alarms?)\b`,
    String.raw`\b(?:do not|not) (?:want|need)(?: a| any| the)? (?:reminders?|timers?|reminding)\b`,
    String.raw`\b(?:do not|no need to|no need for you to|never|stop|please do not|you do not (?:have|need) to|need not|rather not) (?:please |even |bother to )?(?:ask|asking|remind|reminding|check(?:ing)? (?:back|in|again)|ping|pinging)\b(?! (?:me |us )?(?:to|if|whether|why|about|for|him|her|them|my|the)\b)`,
  ].join('|'),
)

/** "Ask me tomorrow", "make it 8", "tonight instead"; not "I'll ask her tomorrow". */
const wishesAsking = new RegExp(
  [
    String.raw`\b(?:ask|remind|ping|nudge)(?: me| us)\b`,
    String.raw`^(?:(?:yes|no|ok|okay|please|just|can you|could you|would you|will you|maybe|and|but|then|actually|better|sorry|,) )*(?:ask|remind|check back|check in|check again|come back|try again)\b`,
    String.raw`\bmake (?:it|that)\b`,
    String.raw`\b(?:change|move|push|set) (?:it|that|the reminder|the timer|the time) (?:to|for)\b`,
    String.raw`\b(?:instead|rather)\b`,
  ].join('|'),
)

/** Whether nothing is left of a message once its time and the words around it are taken away. */
const isOnlyTime = (plain: string): boolean =>
  !ambiguous.test(plain) &&
  plain.split(' ').every((word) => /^[\d.,]+(?:am|pm|h|h\d\d)?$/.test(word) || timely.has(word))

/** "Morning", said alone, is as likely a greeting, and "18" a system. */
const ambiguous = /^(?:morning|afternoon|evening|night|\d+)$/

const hours = 'one two three four five six seven eight nine ten eleven twelve'.split(' ')
const weekdays = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ')
const timely = new Set([
  ...hours,
  ...weekdays,
  ...'at in on by around about this next the a an half quarter past to or so maybe please ok okay yes then actually later lunchtime arvo day after until till am pm oclock few couple of'.split(
    ' ',
  ),
  ...'minute minutes min mins hour hours hr hrs day days week weeks weekend today tonight tomorrow tmrw tmr tomorow tommorow morning noon midday midnight lunch afternoon evening night dinner work school fifteen twenty thirty'.split(
    ' ',
  ),
])

/** Words of time, to repair typing mistakes against and to be left alone themselves. */
export const timeWords: readonly string[] = [
  ...weekdays,
  ...'minute minutes mins hour hours days weeks weekend tomorrow tonight evening morning afternoon midnight noon lunch dinner later thirty twenty fifteen couple quarter reminder remind instead timer alarm cancel'.split(
    ' ',
  ),
]

/** The minutes of a span, however long. */
function spanIn(plain: string): number | undefined {
  if (hourAndAHalf.test(plain)) return 1.5 * hourMinutes
  const { amount, unit } = (spelled.exec(plain) ?? short.exec(plain))?.groups ?? {}
  if (amount !== undefined && unit !== undefined)
    return (
      (amounts[amount] ?? Number(amount)) * (units[unit.slice(0, 2)] ?? units[unit[0] ?? ''] ?? 1)
    )
  // "In 5", and nothing after it.
  const bare = /\bin (\d{1,2}|five|ten|fifteen|twenty|thirty)(?: please)?$/.exec(plain)?.[1]
  return bare === undefined ? undefined : (amounts[bare] ?? Number(bare))
}

const isWholeDays = (minutes: number): boolean =>
  minutes >= dayMinutes && minutes % dayMinutes === 0

const hourAndAHalf = /\b(?:(?:an|one|1) hour and a half|(?:one|1) and a half hours?)\b/
const spelled =
  /\b(?<amount>\d{1,4}(?:\.\d)?|half an|half a|an?|one|two|three|four|five|six|seven|ten|fifteen|twenty|thirty|a couple of|a couple|couple of|a few) (?:more )?(?<unit>minutes?|mins?|hours?|hrs?|days?|weeks?|months?)\b(?! (?:after tomorrow|past|to (?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)))/
const short =
  /\b(?<amount>\d{1,4}(?:\.\d)?) ?(?<unit>minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?)(?= |$)/
const amounts: Readonly<Record<string, number>> = {
  'half an': 0.5,
  'half a': 0.5,
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  'a couple of': 2,
  'a couple': 2,
  'couple of': 2,
  'a few': 3,
}
const units: Readonly<Record<string, number>> = {
  m: 1,
  h: hourMinutes,
  d: dayMinutes,
  w: 7 * dayMinutes,
  mo: longestDays * dayMinutes,
}

function dayIn(plain: string): Day | undefined {
  if (/\bday after tomorrow\b/.test(plain)) return { days: 2 }
  if (/\b(?:tomorrow|tmrw|tmr|tomorow|tommorow|tomoz|2moro|2morrow)\b/.test(plain))
    return { days: 1 }
  if (/\bnext week\b/.test(plain)) return 'next_week'
  if (/\bweekend\b/.test(plain)) return { weekday: 6 }
  const [, full, short] =
    /\b(?:(monday|tuesday|wednesday|thursday|friday|saturday|sunday)|(?:on|next|this|until|till) (mon|tue|wed|thu|fri|sat|sun)(?:s|rs|urs)?)\b/.exec(
      plain,
    ) ?? []
  const name = full ?? short
  if (name === undefined) return undefined
  return { weekday: weekdays.findIndex((weekday) => weekday.startsWith(name)) + 1 }
}

const parts: readonly (readonly [Part, RegExp])[] = [
  ['after_work', /\bafter (?:work|the office|i get (?:home|off)|hours)\b/],
  ['after_school', /\bafter school\b/],
  ['after_lunch', /\bafter lunch\b/],
  ['after_dinner', /\bafter (?:dinner|supper)\b/],
  ['noon', /\b(?:noon|midday|lunch ?time|at lunch)\b/],
  ['midnight', /\bmidnight\b/],
  ['morning', /\b(?:morning|first thing|breakfast)\b/],
  ['afternoon', /\b(?:afternoon|arvo)\b/],
  ['evening', /\b(?:tonight|evening|to night|at night)\b/],
]
const partIn = (plain: string): Part | undefined =>
  parts.find(([, pattern]) => pattern.test(plain))?.[0]

const hourWord = `\\d{1,2}|${hours.join('|')}`
const spoken = new RegExp(
  `\\b(?:(?<minutes>half|quarter|five|ten|twenty|\\d{1,2})(?: minutes?| mins?)? (?<side>past|after|to)|(?<bare>half)) (?<hour>${hourWord})\\b(?<half> ?[ap](?: ,)? ?m\\b)?`,
)
/** What stands before a number that is an hour: "at 6", "make it 8". */
const cue = '(?:at|by|around|about|before|after|until|till|make it|make that|say|to|for)'
const written = new RegExp(
  `(?:(?<cue>\\b${cue}|^)(?: (?:about|around|like))? ?)?\\b(?<hour>${hourWord})(?:(?:\\.|h)(?<minutes>[0-5]\\d)(?!\\d))?(?<half> ?[ap](?: ,)? ?m\\b)?(?<oclock> oclock| in the (?:morning|afternoon|evening)|ish)?(?=[ ,]|$)(?! ?(?:more |to \\d|\\.\\d)?(?:minutes?|mins?|m\\b|hours?|hrs?|h\\b|days?|weeks?|months?|years?|seconds?|secs?|percent|photos?|pictures?|pics?|videos?|items?|people|times?|devices?|gb|mb|of\\b|more\\b|albums?|past\\b|to\\b))`,
  'g',
)

/** The time of day in a reply, by the clock: "half past six", "6pm", "at 18.30". */
function clockIn(plain: string): Clock | undefined {
  const said = spoken.exec(plain)?.groups
  if (said?.['hour'] !== undefined) {
    const minutes = minutesOf(said['bare'] ?? said['minutes'] ?? '')
    const hour = hourOf(said['hour'])
    const isBefore = said['side'] === 'to'
    const shown = isBefore ? (hour === 1 ? 12 : hour - 1) : hour
    return clockOf(shown, isBefore ? 60 - minutes : minutes, said['half'], said['hour'])
  }
  for (const { groups, index, 0: all } of plain.matchAll(written)) {
    const { hour = '', minutes, half, oclock } = groups ?? {}
    const isWhole = index === 0 && all.length === plain.length
    const isCued = groups?.['cue'] !== undefined && groups['cue'] !== ''
    if (!isCued && !isWhole && !minutes && !half && !oclock) continue
    // At the beginning of a longer message a bare number is as likely a count.
    if (groups?.['cue'] === '' && !isWhole && !minutes && !half && !oclock) continue
    const clock = clockOf(hourOf(hour), Number(minutes ?? 0), half, hour)
    if (clock) return clock
  }
  return undefined
}

const hourOf = (word: string): number => (/^\d/.test(word) ? Number(word) : hours.indexOf(word) + 1)
const minutesOf = (word: string): number =>
  ({ half: 30, quarter: 15 })[word] ?? amounts[word] ?? Number(word)

function clockOf(
  hour: number,
  minute: number,
  half: string | undefined,
  written: string,
): Clock | undefined {
  if (hour > 23 || minute > 59) return undefined
  if (half === undefined)
    return { hour, minute, isExact: hour === 0 || hour > 12 || written.startsWith('0') }
  if (hour < 1 || hour > 12) return { hour, minute, isExact: true }
  return { hour: (hour % 12) + (half.includes('p') ? 12 : 0), minute, isExact: true }
}

/** "9 in the morning", "8 tonight": the part of the day says which of the two it is. */
function inPart(clock: Clock, part: Part): Clock {
  if (clock.isExact) return clock
  const { hour, minute } = clock
  if (part === 'morning') return { hour: hour % 12, minute, isExact: true }
  if (part === 'noon' || part === 'afternoon' || part.startsWith('after'))
    return { hour: (hour % 12) + 12, minute, isExact: true }
  return { hour: hour === 12 ? 0 : hour + 12, minute, isExact: true }
}
