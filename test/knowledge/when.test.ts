import fc from 'fast-check'
import { dueAt, isTimeZone, normalise, wallAt, whenNamed, type When } from '../../knowledge'

const named = (text: string) => whenNamed(normalise(text))
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** "Mon 09:00", as the wall shows it. */
const shown = (ms: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(ms)

describe('spans', () => {
  test.each([
    ['in an hour', 60],
    ['an hour', 60],
    ['half an hour', 30],
    ['20 mins', 20],
    ['in 20 minutes please', 20],
    ['20m', 20],
    ['in a couple of hours', 120],
    ['2 days', 2 * 1440],
    ['in three days', 3 * 1440],
    ['in a week', 7 * 1440],
    ['in 2 weeks', 14 * 1440],
    ['in 30 days', 30 * 1440],
    ['about 20 minutes', 20],
    ['an hour and a half', 90],
    ['1.5 hours', 90],
    ['in 5', 5],
    ['in ten please', 10],
    ['in a month', 30 * 1440],
    ['1h', 60],
  ])('%s', (text, minutes) => expect(named(text)).toEqual({ kind: 'span', minutes }))

  test.each(['in 31 days', 'in 5 weeks', 'in 0 minutes', '400 days'])('%s is none', (text) =>
    expect(named(text)).toBeUndefined(),
  )
})

test.each([
  'no',
  'ios 18',
  'ios 17.4',
  'it says 20 percent',
  'i see 6 photos',
  'for 3 albums',
  'it works',
  'it worked after restart',
  'second',
  'maybe',
  'part of it',
  'i am here',
  'when i am back',
  'for 5 years',
  'about 3 people',
])('"%s" names no time', (text) => expect(named(text)).toBeUndefined())

/** Monday, 23 November 2026, 14:00 in London, where the clocks are those of UTC. */
const monday = Date.UTC(2026, 10, 23, 14, 0)

describe('moments, said on a Monday at 14:00 in London', () => {
  test.each([
    ['tonight', 'Mon 19:00'],
    ['this evening', 'Mon 19:00'],
    ['tonight at 9', 'Mon 21:00'],
    ['8 in the evening', 'Mon 20:00'],
    ['this afternoon', 'Mon 15:00'],
    ['tomorrow', 'Tue 09:00'],
    ['tmrw', 'Tue 09:00'],
    ['tomorrow morning', 'Tue 09:00'],
    ['tomorrow morning at 8', 'Tue 08:00'],
    ['ask me tomorrow morning at 9', 'Tue 09:00'],
    ['tomorrow evening', 'Tue 19:00'],
    ['tomorrow at 6', 'Tue 18:00'],
    ['tomorrow at 8', 'Tue 08:00'],
    ['tomorrow 6am', 'Tue 06:00'],
    ['tomorrow at noon', 'Tue 12:00'],
    ['the day after tomorrow', 'Wed 09:00'],
    ['in 2 days at 10', 'Wed 10:00'],
    ['at 6', 'Mon 18:00'],
    ['at six', 'Mon 18:00'],
    ["at 6 o'clock", 'Mon 18:00'],
    ['6pm', 'Mon 18:00'],
    ['6 p.m.', 'Mon 18:00'],
    ['at 6:30pm', 'Mon 18:30'],
    ['at 2', 'Tue 14:00'],
    ['at 1', 'Tue 13:00'],
    ['at 3', 'Mon 15:00'],
    ['6am', 'Tue 06:00'],
    ['at 18:30', 'Mon 18:30'],
    ['18.30', 'Mon 18:30'],
    ['at 18h30', 'Mon 18:30'],
    ['at half past six', 'Mon 18:30'],
    ['half six', 'Mon 18:30'],
    ['quarter to seven', 'Mon 18:45'],
    ['ten past 6', 'Mon 18:10'],
    ['at 09:00', 'Tue 09:00'],
    ['around 5', 'Mon 17:00'],
    ['8ish', 'Mon 20:00'],
    ['i am at work until 5', 'Mon 17:00'],
    ['this arvo', 'Mon 15:00'],
    ['tomoz', 'Tue 09:00'],
    ['make it 8 instead', 'Mon 20:00'],
    ['8', 'Mon 20:00'],
    ['on monday', 'Mon 09:00'],
    ['on wednesday', 'Wed 09:00'],
    ['friday afternoon', 'Fri 15:00'],
    ['next tuesday at 4pm', 'Tue 16:00'],
    ['on sat', 'Sat 09:00'],
    ['at the weekend', 'Sat 09:00'],
    ['next week', 'Mon 09:00'],
    ['after work', 'Mon 18:00'],
    ['after lunch', 'Tue 14:00'],
    ['at noon', 'Tue 12:00'],
    ['midnight', 'Tue 00:00'],
    ['in the morning', 'Tue 09:00'],
    ['tomorrow after work', 'Tue 18:00'],
  ])('%s: %s', (text, when) => {
    const found = named(text)
    expect(found).toBeDefined()
    const due = dueAt(found!, monday, 'Europe/London')
    expect(shown(due, 'Europe/London').replace(',', '')).toBe(when)
    expect(due - monday).toBeLessThanOrEqual(7 * day)
  })
})

describe('what the hour of asking changes', () => {
  const at = (text: string, now: number, timeZone = 'Europe/London') =>
    shown(dueAt(named(text)!, now, timeZone), timeZone).replace(',', '')

  test('"tonight" is in two hours once 19:00 is near', () => {
    expect(at('tonight', monday + 4 * hour - minute)).toBe('Mon 19:00')
    expect(at('tonight', monday + 4 * hour)).toBe('Mon 20:00')
    expect(at('tonight', monday + 9 * hour)).toBe('Tue 01:00')
  })

  test('"at 6" is never in the dead of night, unless it is said then', () => {
    expect(at('at 6', monday - 9 * hour)).toBe('Mon 06:00')
    expect(at('at 6', monday - 7 * hour)).toBe('Mon 18:00')
    expect(at('at 6', monday + 6 * hour)).toBe('Tue 06:00')
    expect(at('at 3', monday + 6 * hour)).toBe('Tue 15:00')
    expect(at('at 3', monday - 12 * hour)).toBe('Mon 03:00')
  })

  test('after midnight, "tomorrow" is after the night', () => {
    expect(at('tomorrow', monday - 12.5 * hour)).toBe('Mon 09:00')
    expect(at('tomorrow', monday - 8 * hour)).toBe('Tue 09:00')
  })

  test("the person's clock counts, not the server's", () => {
    expect(at('tonight', monday, 'America/New_York')).toBe('Mon 19:00')
    expect(at('tomorrow', monday, 'Pacific/Auckland')).toBe('Tue 09:00')
    expect(dueAt(named('tomorrow')!, monday, 'Pacific/Auckland') - monday).toBeLessThan(
      6 * hour + 1,
    )
    expect(at('at 18:30', monday, 'Asia/Kolkata')).toBe('Tue 18:30')
  })

  test('without a zone, or with a wrong one, days and a few hours', () => {
    for (const zone of [undefined, '', 'Mars/Olympus']) {
      expect(dueAt(named('in an hour')!, monday, zone)).toBe(monday + hour)
      expect(dueAt(named('tonight')!, monday, zone)).toBe(monday + 4 * hour)
      expect(dueAt(named('tomorrow')!, monday, zone)).toBe(monday + day)
      expect(dueAt(named('on thursday')!, monday, zone)).toBe(monday + 3 * day)
      expect(dueAt(named('next week')!, monday, zone)).toBe(monday + 7 * day)
    }
  })

  test('the clocks change: a skipped time is later, a doubled one the first', () => {
    const spring = Date.UTC(2027, 2, 27, 12)
    expect(at('tomorrow at 01:30', spring)).toBe('Sun 02:30')
    expect(at('tomorrow', spring)).toBe('Sun 09:00')
    const autumn = Date.UTC(2026, 9, 24, 12)
    expect(dueAt(named('tomorrow at 01:30')!, autumn, 'Europe/London')).toBe(
      Date.UTC(2026, 9, 25, 0, 30),
    )
    expect(dueAt(named('tomorrow')!, autumn, 'Europe/London') - autumn).toBe(21 * hour)
  })
})

describe('in any zone, at any moment', () => {
  const zones = [
    'Europe/London',
    'America/New_York',
    'America/St_Johns',
    'America/Sao_Paulo',
    'Asia/Kolkata',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Pacific/Auckland',
    'Pacific/Apia',
    'UTC',
  ]
  const zone = fc.constantFrom(...zones)
  /** Days on which clocks change come as often as all others together. */
  const changes = [
    Date.UTC(2026, 2, 8),
    Date.UTC(2026, 2, 29),
    Date.UTC(2026, 3, 5),
    Date.UTC(2026, 8, 27),
    Date.UTC(2026, 9, 4),
    Date.UTC(2026, 9, 25),
    Date.UTC(2026, 10, 1),
  ]
  const moment = fc.oneof(
    fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2032, 0, 1) }),
    fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -2 * day, max: 2 * day }))
      .map(([change, away]) => change + away),
  )
  const exact = fc.record({
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
    isExact: fc.constant(true),
  })
  const bare = fc.record({
    hour: fc.integer({ min: 1, max: 12 }),
    minute: fc.integer({ min: 0, max: 59 }),
    isExact: fc.constant(false),
  })
  const someDay = fc.oneof(
    fc.integer({ min: 1, max: 30 }).map((days) => ({ days })),
    fc.integer({ min: 1, max: 7 }).map((weekday) => ({ weekday })),
    fc.constant('next_week' as const),
  )
  const part = fc.constantFrom('morning', 'noon', 'after_work', 'evening', 'midnight' as const)
  const anyWhen = fc.oneof(
    fc.integer({ min: 1, max: 43_200 }).map((minutes) => ({ kind: 'span', minutes })),
    fc
      .record({ day: someDay, part, clock: fc.oneof(exact, bare) }, { requiredKeys: [] })
      .filter((parts) => Object.keys(parts).length > 0)
      .map((parts) => ({ kind: 'moment', ...parts })),
  ) as fc.Arbitrary<When>

  test('it is to come, and within 30 days', () => {
    fc.assert(
      fc.property(anyWhen, moment, fc.option(zone, { nil: undefined }), (when, now, timeZone) => {
        const due = dueAt(when, now, timeZone)
        expect(due).toBeGreaterThanOrEqual(now + minute)
        expect(due).toBeLessThanOrEqual(now + 30 * day)
      }),
    )
  })

  test('a span is that long, whatever the clocks do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 43_200 }), moment, zone, (minutes, now, timeZone) => {
        expect(dueAt({ kind: 'span', minutes }, now, timeZone)).toBe(now + minutes * minute)
      }),
    )
  })

  test('a time of day is the first moment to come at which the wall shows it, unless the clocks skip it', () => {
    fc.assert(
      fc.property(exact, moment, zone, (clock, now, timeZone) => {
        const due = dueAt({ kind: 'moment', clock }, now, timeZone)
        // What is less than a minute away is put off to a full one.
        fc.pre(due > now + minute)
        const isSkipped = !shows(due, clock, timeZone)
        const [first] = minutesFrom(now + minute, 25 * 60).filter((ms) =>
          shows(ms, clock, timeZone),
        )
        expect(isSkipped ? undefined : due).toBe(isSkipped ? undefined : first)
        const around = minutesFrom(due - 3 * hour, 6 * 60)
        expect(around.some((ms) => shows(ms, clock, timeZone))).toBe(!isSkipped)
      }),
    )
  })

  test('a bare hour is one of its two, and not at night unless it is night', () => {
    fc.assert(
      fc.property(bare, moment, zone, (clock, now, timeZone) => {
        const due = dueAt({ kind: 'moment', clock }, now, timeZone)
        const { hour: shownHour } = wallAt(due, timeZone)
        // A minute after 5:59 it is 6:00; a skipped time is an hour later.
        const isNight = wallAt(now, timeZone).hour < 6
        expect(shownHour >= 6 || isNight).toBe(true)
        expect(due - now).toBeLessThanOrEqual(25 * hour)
      }),
    )
  })

  test('"tomorrow" is at nine, on the day that the person calls so', () => {
    fc.assert(
      fc.property(moment, zone, (now, timeZone) => {
        const due = dueAt({ kind: 'moment', day: { days: 1 } }, now, timeZone)
        const [wall, today] = [wallAt(due, timeZone), wallAt(now, timeZone)]
        expect([wall.hour, wall.minute]).toEqual([9, 0])
        expect(wall.day - today.day).toBe(today.hour < 5 ? 0 : 1)
      }),
    )
  })

  test('a weekday is one to seven days away, and is that day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), moment, zone, (weekday, now, timeZone) => {
        const due = dueAt({ kind: 'moment', day: { weekday } }, now, timeZone)
        const wall = wallAt(due, timeZone)
        expect(wall.weekday).toBe(weekday)
        const away = wall.day - wallAt(now, timeZone).day
        expect(away).toBeGreaterThanOrEqual(1)
        expect(away).toBeLessThanOrEqual(7)
      }),
    )
  })
})

const shows = (ms: number, clock: { hour: number; minute: number }, timeZone: string): boolean => {
  const wall = wallAt(ms, timeZone)
  return wall.hour === clock.hour && wall.minute === clock.minute
}

/** So many full minutes, from the first that is not before this. */
const minutesFrom = (ms: number, count: number): number[] =>
  Array.from({ length: count }, (_none, index) => (Math.ceil(ms / minute) + index) * minute)

test('zones are known by name', () => {
  expect(['Europe/London', 'UTC', 'Asia/Kolkata'].every(isTimeZone)).toBe(true)
  expect([undefined, '', 'London time', 'x'.repeat(100)].some(isTimeZone)).toBe(false)
})
