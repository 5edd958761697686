import fc from 'fast-check'
import { isOpen, nextOpening, parseHours } from '../../src/handoff/hours'

const zurich = 'Europe/Zurich'
const office = parseHours(
  'mo-fr 9:00-12:00 13:00-17:30; sa 10:00-14:00; fr 22:00-2:00; 2026-12-24 9:00-12:00; 2026-12-25 closed',
  zurich,
)
const at = (text: string) => Date.parse(text)
const open = (text: string) => isOpen(office, at(text))
const next = (text: string) => {
  const opening = nextOpening(office, at(text))
  return opening === undefined ? undefined : new Date(opening).toISOString()
}

test('several slots a day, by the clock of the zone', () => {
  expect(open('2026-11-26T08:59:00+01:00')).toBe(false)
  expect(open('2026-11-26T09:00:00+01:00')).toBe(true)
  expect(open('2026-11-26T12:00:00+01:00')).toBe(false)
  expect(open('2026-11-26T12:30:00+01:00')).toBe(false)
  expect(open('2026-11-26T17:29:00+01:00')).toBe(true)
  expect(open('2026-07-02T09:00:00+02:00')).toBe(true)
  expect(open('2026-11-29T11:00:00+01:00')).toBe(false)
})

test('over midnight', () => {
  expect(open('2026-11-27T23:59:00+01:00')).toBe(true)
  expect(open('2026-11-28T01:59:00+01:00')).toBe(true)
  expect(open('2026-11-28T02:00:00+01:00')).toBe(false)
})

test('a dated rule replaces the day, and the night before still ends in it', () => {
  expect(open('2026-12-24T14:00:00+01:00')).toBe(false)
  expect(open('2026-12-25T10:00:00+01:00')).toBe(false)
  const nights = parseHours('mo-su 20:00-4:00; 2026-12-25 closed', zurich)
  expect(isOpen(nights, at('2026-12-25T03:00:00+01:00'))).toBe(true)
  expect(isOpen(nights, at('2026-12-25T21:00:00+01:00'))).toBe(false)
})

test('the next opening is after now, also from within a slot', () => {
  expect(next('2026-11-26T08:00:00+01:00')).toBe('2026-11-26T08:00:00.000Z')
  expect(next('2026-11-26T10:00:00+01:00')).toBe('2026-11-26T12:00:00.000Z')
  // Over Christmas: Thursday noon to Saturday.
  expect(next('2026-12-24T12:30:00+01:00')).toBe('2026-12-26T09:00:00.000Z')
  expect(nextOpening(parseHours('2026-01-01 9:00-10:00', zurich), at('2026-11-26T00:00Z'))).toBe(
    undefined,
  )
})

test('days of the year on which clocks change have their hours too', () => {
  const early = parseHours('su 1:30-4:00', zurich)
  expect(isOpen(early, at('2026-03-29T03:30:00+02:00'))).toBe(true)
  expect(isOpen(early, at('2026-10-25T02:30:00+02:00'))).toBe(true)
  expect(isOpen(early, at('2026-10-25T02:30:00+01:00'))).toBe(true)
})

test('round the clock', () => {
  const always = parseHours('mo-su 0:00-24:00', zurich)
  fc.assert(fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (ms) => isOpen(always, ms)))
})

test('at the next opening people answer, and none lies between', () => {
  fc.assert(
    fc.property(fc.integer({ min: at('2026-01-01'), max: at('2027-01-01') }), (ms) => {
      const opening = nextOpening(office, ms)
      if (opening === undefined || !isOpen(office, opening)) return false
      if (isOpen(office, ms)) return true
      const between = ms + Math.floor((opening - ms) / 2)
      return !isOpen(office, between)
    }),
  )
})

test.each([
  ['monday-friday 9-5', 'span of the day'],
  ['mo-fr', 'must name times'],
  ['holidays 9:00-12:00', 'must begin with days'],
  ['mo 25:00-26:00', 'span of the day'],
  ['2026-02-30 9:00-12:00', 'a date that there is'],
])('"%s" is refused with what it must be', (text, message) => {
  expect(() => parseHours(text, zurich)).toThrow(message)
})
