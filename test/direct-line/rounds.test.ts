import { setTimeout } from 'node:timers/promises'
import { createRounds, type RoundsOptions } from '../../src/channels/direct-line/rounds'
import { askedTogether } from '../../src/conversations'

const everyMs = 5
let stop: () => void | Promise<void> = () => {}
afterEach(() => void stop())

/** Rounds of so many conversations, with what they did. */
function go(count: number, newest: RoundsOptions['conversations']['newest']) {
  const done = { tended: 0, looked: [] as [string, number | undefined][], faults: [] as unknown[] }
  const rounds = createRounds({
    conversations: { newest },
    everyMs,
    open: () => Array.from({ length: count }, (_none, at) => `c${at}`),
    tend: () => (done.tended += 1),
    look: (...seen) => done.looked.push(seen),
    onFault: (error) => done.faults.push(error),
  })
  stop = () => rounds.stop()
  return done
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setTimeout(1)
}

test('many conversations are asked for at once, and each is looked at', async () => {
  const asked: number[] = []
  const done = go(askedTogether * 2 + 1, async (ids) => {
    asked.push(ids.length)
    return new Map(ids.filter((id) => id !== 'c7').map((id) => [id, Number(id.slice(1))]))
  })
  await until(() => done.looked.length > askedTogether * 2)
  void stop()
  expect(asked.slice(0, 3)).toEqual([askedTogether, askedTogether, 1])
  expect(done.looked.slice(6, 9)).toEqual([
    ['c6', 6],
    ['c7', undefined],
    ['c8', 8],
  ])
})

test('a round that waits for its answer is not overtaken, and streams are tended all the same', async () => {
  let asked = 0
  const done = go(1, () => {
    asked += 1
    return new Promise(() => {})
  })
  await until(() => done.tended > 3)
  expect(asked).toBe(1)
})

test('after a round that failed comes the next', async () => {
  let asked = 0
  const done = go(1, async () => {
    asked += 1
    if (asked === 1) throw new Error('no answer')
    return new Map([['c0', 1]])
  })
  await until(() => done.looked.length > 0)
  expect(done.faults).toEqual([new Error('no answer')])
})

test('stopping waits for what was asked, and asks nothing more', async () => {
  let asked = 0
  let answer = () => {}
  const done = go(askedTogether + 1, () => {
    asked += 1
    return new Promise((resolve) => {
      answer = () => resolve(new Map())
    })
  })
  await until(() => asked === 1)
  let isStopped = false
  const stopping = Promise.resolve(stop()).then(() => (isStopped = true))
  await setTimeout(20)
  expect(isStopped).toBe(false)
  answer()
  await stopping
  expect([asked, done.looked.length]).toEqual([1, askedTogether])
})
