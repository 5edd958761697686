import fc from 'fast-check'
import { createRandom } from '../random'
import { check, invariants, tell } from './check'
import { planted } from './planted'
import { makeHistory } from './planted/make-history'
import type { Draft } from './planted/renumber'

test('a history in which all is well has no faults', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const report = check(makeHistory(createRandom(seed)))
    expect({ seed, faults: report.faults }).toEqual({ seed, faults: [] })
    expect(tell(report)).toBe('checker: I1 to I10 hold')
  }
})

test('an empty history has none either, and counts nothing', () => {
  const outbox = { cursors: [], postings: [] }
  const empty = { sent: [], views: [], log: [], talks: [], spans: [], tickets: [], outbox }
  const { faults: found, counts } = check(empty)
  expect(found).toEqual([])
  expect(new Set(Object.values(counts))).toEqual(new Set([0]))
})

test('each invariant has faults to be found', () => {
  expect(new Set(planted.map(({ breaks }) => breaks))).toEqual(new Set(invariants))
})

test.each(planted)(
  'it finds: $name, which breaks $breaks and nothing else',
  ({ breaks, plant }) => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = createRandom(seed)
        const history = makeHistory(random) as Draft
        plant(history, random)
        const report = check(history)
        expect(new Set(report.faults.map(({ invariant }) => invariant))).toEqual(new Set([breaks]))
        expect(tell(report)).toMatch(new RegExp(`^checker: ${breaks} \\d+$`))
      }),
      { numRuns: 60 },
    )
  },
)

test('any one fault in any history is found by its invariant alone', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(...planted), (seed, { breaks, plant }) => {
      const random = createRandom(seed)
      const history = makeHistory(random) as Draft
      plant(history, random)
      expect([...new Set(check(history).faults.map(({ invariant }) => invariant))]).toEqual([
        breaks,
      ])
    }),
    { numRuns: 300 },
  )
})

test('what it counts is what was there', () => {
  const history = makeHistory(createRandom(7))
  expect(check(history).counts).toEqual({
    conversations: history.talks.length,
    sent: history.sent.length,
    acknowledged: history.sent.filter(({ acks }) => acks.length > 0).length,
    rows: history.log.length,
    views: history.views.length,
    seen: history.views.flatMap(({ pages }) => pages.flatMap(({ seen }) => seen)).length,
    tickets: history.tickets.length,
    postings: history.outbox.postings.length,
  })
})
