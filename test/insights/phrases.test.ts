import { groupPhrases, type Occurrence } from '../../src/insights/phrases'

const minute = 60_000
const start = Date.UTC(2026, 10, 22, 14)

/** Occurrences a minute apart, in the order given. */
const typed = (...each: (string | Partial<Occurrence>)[]): Occurrence[] =>
  each.map((given, index) => ({
    text: 'x',
    why: 'unknown',
    offered: [],
    at: start + index * minute,
    ...(typeof given === 'string' ? { text: given } : given),
  }))

const inShort = (occurrences: Occurrence[], limit = 100) =>
  groupPhrases(occurrences, limit).map(({ text, count }) => `${count} ${text}`)

test('what differs only in capitals, accents, punctuation or contraction is one phrase', () => {
  expect(
    inShort(
      typed('Flurb grommets!', 'flurb  grommets', "can't flurb", 'cant flurb', 'CANNOT flurb.'),
    ),
  ).toEqual(["3 can't flurb", '2 Flurb grommets!'])
})

test('a phrase is shown as it was typed most often', () => {
  expect(inShort(typed('FLURB', 'flurb', 'flurb'))).toEqual(['3 flurb'])
})

test('the most frequent comes first, then the newest, and no more than asked for', () => {
  const occurrences = typed('one', 'two', 'three', 'two', 'four')
  expect(inShort(occurrences)).toEqual(['2 two', '1 four', '1 three', '1 one'])
  expect(inShort(occurrences.toReversed())).toEqual(['2 two', '1 four', '1 three', '1 one'])
  expect(inShort(occurrences, 2)).toEqual(['2 two', '1 four'])
})

test('reasons are counted, times are the first and the last, and the nearest are the most frequent', () => {
  const [phrase] = groupPhrases(
    typed(
      { text: 'flurb', nearest: 'c' },
      { text: 'flurb', why: 'none_of_these', offered: ['a', 'b'], nearest: 'a' },
      { text: 'flurb', why: 'none_of_these', offered: ['b', 'a'], nearest: 'b' },
      { text: 'Flurb', why: 'off_topic' },
    ),
    1,
  )
  expect(phrase).toEqual({
    text: 'flurb',
    count: 4,
    first_at: '2026-11-22T14:00:00.000Z',
    last_at: '2026-11-22T14:03:00.000Z',
    why: { unknown: 1, off_topic: 1, none_of_these: 2 },
    nearest: ['a', 'b', 'c'],
  })
})

test('what says nothing once normalised stays apart as it was typed', () => {
  expect(inShort(typed('???', '…', '???'))).toEqual(['2 ???', '1 …'])
})

test('names that objects have from birth are phrases like others', () => {
  expect(inShort(typed('constructor', '__proto__', 'constructor'))).toEqual([
    '2 constructor',
    '1 __proto__',
  ])
})
