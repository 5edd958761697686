import { limitsInAll, limitsOfThread, Pace } from '../../src/channels/teams/sending/pace'

const start = 1_700_000_000_000

/** Calls as fast as they may be made, in one thread; when each of them was. */
function callsUntil(end: number, pace = new Pace(limitsOfThread)): readonly number[] {
  const at: number[] = []
  for (let now = start; now < start + end;) {
    const wait = pace.take('a', now)
    if (wait === 0) at.push(now - start)
    else now += wait
  }
  return at
}

const mostWithin = (calls: readonly number[], ms: number): number =>
  Math.max(...calls.map((from) => calls.filter((each) => each >= from && each < from + ms).length))

test('seven at once, an eighth after a second, and never more than Teams takes', () => {
  const calls = callsUntil(120_000)
  expect(calls.slice(0, 9)).toEqual([0, 0, 0, 0, 0, 0, 0, 1_000, 2_000])
  for (const { most, withinMs } of limitsOfThread)
    expect(mostWithin(calls, withinMs)).toBeLessThanOrEqual(most)
  expect(mostWithin(calls, 30_000)).toBe(60)
})

test('1,800 in an hour', () => {
  const calls = callsUntil(4_000_000)
  expect(mostWithin(calls, 3_600_000)).toBe(1_800)
})

test('threads have nothing to do with each other, all calls together have', () => {
  const threads = new Pace(limitsOfThread)
  const all = new Pace(limitsInAll)
  const waits = Array.from({ length: 60 }, (_each, index) => [
    threads.take(`thread ${index}`, start),
    all.take('all', start + index),
  ])
  expect(waits.filter(([thread]) => thread !== 0)).toEqual([])
  expect(waits.filter(([, inAll]) => inAll === 0)).toHaveLength(50)
  expect(waits.at(-1)?.[1]).toBe(1_000 - 59)
})

test('a clock that is set back does not stop anybody', () => {
  const pace = new Pace(limitsOfThread)
  for (let times = 0; times < 7; times += 1) pace.take('a', start)
  expect(pace.take('a', start - 86_400_000)).toBe(0)
})

test('asking how long to wait counts as no call', () => {
  const pace = new Pace(limitsOfThread)
  for (let times = 0; times < 20; times += 1) expect(pace.wait('a', start)).toBe(0)
  for (let times = 0; times < 7; times += 1) expect(pace.take('a', start)).toBe(0)
  expect([pace.wait('a', start), pace.take('a', start)]).toEqual([1_000, 1_000])
  expect(pace.wait('b', start)).toBe(0)
})

test('threads that have been quiet for an hour are forgotten', () => {
  const pace = new Pace(limitsOfThread)
  for (let index = 0; index < 5_000; index += 1) pace.take(`thread ${index}`, start + index * 3_600)
  expect(pace.size).toBeLessThan(2_500)
})
