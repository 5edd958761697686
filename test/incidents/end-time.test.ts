import { endTime } from '../../src/incidents/end-time'

/** A Thursday, 14:05 by the clock of this machine. */
const now = new Date(2026, 10, 26, 14, 5).getTime()
const minutes = (count: number) => now + count * 60_000

test.each([
  [{}, undefined],
  [{ for: '45m' }, minutes(45)],
  [{ for: '2h' }, minutes(120)],
  [{ for: '3 d' }, minutes(3 * 24 * 60)],
  [{ until: '18:00' }, minutes(235)],
  [{ until: '9:30' }, new Date(2026, 10, 27, 9, 30).getTime()],
  [{ until: '14:05' }, new Date(2026, 10, 27, 14, 5).getTime()],
  [{ until: new Date(minutes(10)).toISOString() }, minutes(10)],
])('%j is %s', (words, endsAt) => {
  expect(endTime(words, now)).toEqual(endsAt === undefined ? {} : { endsAt })
})

test.each([
  [{ for: '2h', until: '18:00' }, /not both/],
  [{ for: 'soon' }, /^"for" must be a length of time, .*\(given: "soon"\)\.$/],
  [{ for: '0m' }, /^"for" must be/],
  [{ for: '-2h' }, /^"for" must be/],
  [{ for: '31d' }, /within 30 days/],
  [{ until: '25:00' }, /^"until" must be a time, .*\(given: "25:00"\)\.$/],
  [{ until: 'Friday' }, /^"until" must be/],
  [{ until: '2026-13-99T00:00:00Z' }, /^"until" must be/],
  [{ until: '2020-01-01T00:00:00Z' }, /within 30 days/],
])('%j is none', (words, problem) => {
  expect(endTime(words, now)).toEqual({ problem: expect.stringMatching(problem) })
})
