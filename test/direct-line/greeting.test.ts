import { listenForGreeting } from '../../src/channels/direct-line/greeting'

/** A log that says by hand that rows were appended. */
function createLog() {
  const listeners = new Set<(lastSeq: number) => void>()
  return {
    listeners,
    appended: (lastSeq: number) => listeners.forEach((listener) => listener(lastSeq)),
    watch(_conversation: string, listener: (lastSeq: number) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

test('is heard with the second row, and not with the first', async () => {
  const log = createLog()
  const { heard } = listenForGreeting(log, 'c1')
  let isHeard = false
  void heard.then(() => (isHeard = true))
  log.appended(1)
  await Promise.resolve()
  expect(isHeard).toBe(false)
  log.appended(2)
  await heard
  expect(log.listeners.size).toBe(0)
})

test('is given up after a moment, and nothing is left of it', async () => {
  const log = createLog()
  const { heard } = listenForGreeting(log, 'c1')
  jest.advanceTimersByTime(1000)
  await heard
  expect([log.listeners.size, jest.getTimerCount()]).toEqual([0, 0])
})
