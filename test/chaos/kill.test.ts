import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { check, tell, timesOf } from './checker/check'
import { examineFile, readStored } from './database'
import { DirectLine } from './direct-line'
import { createRandom } from './random'
import { readToEnd } from './read-to-end'
import { Record } from './record'
import { startServer, type Running } from './server'
import { Visitor } from './visitor'

/**
 * The long run: `KILL_ROUNDS=200 KILL_ACKS=100000 npm run test:chaos -- chaos/kill`. That many acknowledgements at least,
 * spread over the rounds.
 */
const rounds = Number(process.env.KILL_ROUNDS ?? 50)
const acksInAll = Number(process.env.KILL_ACKS ?? 0)
/** Within so many milliseconds it is ready again, in 95 of 100 rounds; in the short run what a busy machine makes of it is told only. */
const readyWithinMs = acksInAll > 0 ? 2_000 : Infinity
/** `KILL_SEED=… npm run test:chaos` plays the same moments again, as far as a machine can. */
const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000)
const visitorsAtOnce = acksInAll > 0 ? 48 : 12
/** A round ends after so many acknowledgements: the least, and how many more there may be. */
const acksAtLeast = Math.max(41, Math.ceil(acksInAll / rounds))
const acksMore = 60
/** And after so many milliseconds more at most, so that the end comes at any point of a turn. */
const mostDelayMs = 12
/** In this share of the rounds the next start is killed as well, some time in its first second. */
const killedStarts = 0.2

test(`${rounds} times kill -9 under load: nothing lost, nothing doubled`, async () => {
  const random = createRandom(seed)
  const dataDir = mkdtempSync(join(tmpdir(), 'fixladder-kill-'))
  const record = new Record()
  const readyMs: number[] = []
  const acks = createCounter()
  const visitors = Array.from(
    { length: visitorsAtOnce },
    (_none, index) =>
      new Visitor({ name: `v${index}`, record, hasStream: index % 2 === 0, onAck: acks.count }),
  )
  let newest = startServer(dataDir)
  try {
    let server = await newest.ready
    for (let round = 0; round < rounds; round += 1) {
      const moment = acksAtLeast + Math.floor(random() * acksMore)
      await writeUntil(server, visitors, acks.after(moment), Math.floor(random() * mostDelayMs))
      if (random() < killedStarts) {
        newest = startServer(dataDir)
        await sleep(random() * 1000)
        await newest.kill()
      }
      newest = startServer(dataDir)
      server = await newest.ready
      readyMs.push(server.readyMs)
      const isLast = round === rounds - 1
      await readFinished(server, visitors, record, isLast)
    }
    await server.kill()

    const file = examineFile(dataDir)
    const report = check(record.with(readStored(dataDir)))
    const { faults, counts } = report
    const p95 = readyMs.toSorted((a, b) => a - b)[Math.floor(rounds * 0.95)] ?? 0
    process.stdout.write(
      `kill -9: ${rounds} rounds (KILL_SEED=${seed}), ${counts.acknowledged} acknowledged in ${counts.conversations} conversations, ` +
        `${counts.seen} rows seen by ${counts.views} readers, ${timesOf(faults, 'I1')} lost, ${timesOf(faults, 'I3')} doubled, ` +
        `${timesOf(faults, 'I4')} out of order, ${file.apologies} apologies, ready p95 ${p95.toFixed(0)} ms; ${tell(report)}\n`,
    )
    expect(faults).toEqual([])
    expect(file).toMatchObject({
      integrity: 'ok',
      withGaps: 0,
      rowsBeyondTheLast: 0,
      notReadByTheBot: 0,
      answeredTwice: 0,
    })
    expect(counts.acknowledged).toBe(acks.total())
    expect(counts.acknowledged).toBeGreaterThanOrEqual(rounds * acksAtLeast)
    expect(p95).toBeLessThanOrEqual(readyWithinMs)
  } finally {
    await newest.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

/** Everybody writes until the moment has come and a little more; then the server is killed. */
async function writeUntil(
  server: Running,
  visitors: readonly Visitor[],
  moment: Promise<void>,
  delayMs: number,
): Promise<void> {
  const line = new DirectLine(server.port)
  const writing = Promise.all(visitors.map((visitor) => visitor.write(line)))
  // A visitor who meets a wrong answer ends the test at once.
  await Promise.race([moment, writing])
  await sleep(delayMs)
  await server.kill()
  await writing
  line.close()
}

/** Reads every conversation that is complete from its beginning; in the end all of them. */
async function readFinished(
  server: Running,
  visitors: readonly Visitor[],
  record: Record,
  isLast: boolean,
): Promise<void> {
  const line = new DirectLine(server.port)
  if (isLast) await Promise.all(visitors.map((visitor) => visitor.finish(line)))
  const finished = visitors.flatMap((visitor) => visitor.finished.splice(0))
  await Promise.all(finished.map((conversation) => readToEnd(line, record, conversation)))
  line.close()
}

/** Counts acknowledgements, and tells when there are so many more. */
function createCounter() {
  let total = 0
  let goal = Infinity
  let reached: () => void = () => undefined
  return {
    total: () => total,
    count: () => {
      total += 1
      if (total >= goal) reached()
    },
    after(more: number): Promise<void> {
      goal = total + more
      return new Promise((resolve) => {
        reached = resolve
      })
    },
  }
}
