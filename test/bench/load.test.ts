import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { findCeiling } from '../../bench/load/ceiling'
import { hold } from '../../bench/load/hold'
import { runOpenLoop } from '../../bench/load/open-loop'
import { loadRow } from '../../bench/load/tables'
import { randomFor } from '../../bench/match/random'
import { Refused } from '../../bench/post'

const plan = { rate: 500, seconds: 0.2, random: randomFor('moments') }

test('every message that is due is sent, and each is counted once', async () => {
  const people = Array.from({ length: 20 }, () => ({ turn: async () => ({ ackMs: 0 }) }))
  const heard = await runOpenLoop(people, plan)
  expect(heard.due).toBeGreaterThan(50)
  expect(heard.due).toBeLessThan(150)
  expect([heard.acks.length, heard.replies.length]).toEqual([heard.due, heard.due])
  expect(heard.errors).toEqual({})
})

test('a message for which nobody was free waits, and its waiting counts', async () => {
  let turns = 0
  const slow = {
    async turn() {
      turns += 1
      await new Promise((resolve) => setTimeout(resolve, 20))
      return { ackMs: 0 }
    },
  }
  const { due, replies, acks } = await runOpenLoop([slow], plan)
  expect([turns, replies.length]).toEqual([due, due])
  // One after another by one person: the last of them waited for all the others.
  expect(Math.max(...replies)).toBeGreaterThan(due * 20 - 1000 * plan.seconds)
  expect(Math.max(...acks)).toBeGreaterThan((due - 1) * 20 - 1000 * plan.seconds)
})

test('what goes wrong is counted by what it was, and whoever it befell says no more', async () => {
  const failing = (error: Error) => ({
    async turn(): Promise<void> {
      throw error
    },
  })
  const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
  const people = [
    failing(new Refused('/activities', 503, '')),
    failing(new Refused('/activities', 503, '')),
    failing(reset),
  ]
  const { due, replies, errors } = await runOpenLoop(people, plan)
  expect(replies).toEqual([])
  expect(errors).toEqual({ 503: 2, ECONNRESET: 1, 'nobody was free': due - 3 })
})

test('the ceiling is found from below and from above', async () => {
  const search = async (from: number, ceiling: number) => {
    const tried: number[] = []
    const found = await findCeiling(from, async (rate) => {
      tried.push(rate)
      return rate <= ceiling
    })
    return { found, tried }
  }
  for (const [from, ceiling] of [
    [200, 730],
    [2000, 730],
    [200, 200],
  ] as const) {
    const { found, tried } = await search(from, ceiling)
    expect(found).toBeLessThanOrEqual(ceiling)
    expect(found).toBeGreaterThan(ceiling * 0.94)
    expect(tried.length).toBeLessThan(12)
  }
  expect((await search(200, 0)).found).toBe(0)
})

test('a row names what went wrong', () => {
  const measured = {
    ...{ rate: 200, replies: 100, ackP50: 1, ackP99: 2, replyP50: 3, replyP99: 4, replyLongest: 5 },
    ...{ rssMb: 300, loopP99: 1, loopLongest: 2, cpuUsPerMessage: 1500, lateP99: 1 },
  }
  expect(loadRow('x', { ...measured, errors: { 503: 2, ECONNRESET: 1 } })).toMatch(
    /503: 2, ECONNRESET: 1$/,
  )
  expect(loadRow('x', { ...measured, errors: {} })).toMatch(/ 0$/)
})

test('a process is held to its share of a core, and let go', async () => {
  const busy = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })
  const cpuMs = () =>
    Number(readFileSync(`/proc/${busy.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  try {
    const letGo = hold(busy.pid ?? 0, 0.2)
    const [before, from] = [cpuMs(), performance.now()]
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const share = (cpuMs() - before) / (performance.now() - from)
    letGo()
    // One more period may have begun, and what it takes too much of the last one is never paid back.
    expect(share).toBeLessThan(0.4)
    const held = cpuMs()
    while (cpuMs() - held < 100) await new Promise((resolve) => setTimeout(resolve, 10))
  } finally {
    busy.kill('SIGKILL')
  }
})
