import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { examineFile } from './database'
import { DirectLine } from './direct-line'
import { examine, type Findings } from './examine'
import { createRandom } from './random'
import { startServer, type Running } from './server'
import { Visitor } from './visitor'

const rounds = Number(process.env.KILL_ROUNDS ?? 50)
/** `KILL_SEED=… npm run test:chaos` plays the same moments again, as far as a machine can. */
const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000)
const visitorsAtOnce = 12
/** A round ends after so many acknowledgements: the least, and how many more there may be. */
const acksAtLeast = 41
const acksMore = 60
/** And after so many milliseconds more at most, so that the end comes at any point of a turn. */
const mostDelayMs = 12
/** In this share of the rounds the next start is killed as well, some time in its first second. */
const killedStarts = 0.2

test(`${rounds} times kill -9 under load: nothing lost, nothing doubled`, async () => {
  const random = createRandom(seed)
  const dataDir = mkdtempSync(join(tmpdir(), 'fixladder-kill-'))
  const findings: Findings = { acknowledged: 0, lost: 0, doubled: 0, faults: [] }
  const readyMs: number[] = []
  const acks = createCounter()
  const visitors = Array.from(
    { length: visitorsAtOnce },
    (_none, index) => new Visitor(`v${index}`, acks.count),
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
      await examineFinished(server, visitors, findings, isLast)
    }
    await server.kill()

    const file = examineFile(dataDir)
    const { acknowledged, lost, doubled, faults } = findings
    const p95 = readyMs.toSorted((a, b) => a - b)[Math.floor(rounds * 0.95)]
    process.stdout.write(
      `kill -9: ${rounds} rounds (KILL_SEED=${seed}), ${acknowledged} acknowledged in ${file.conversations} conversations, ` +
        `${lost} lost, ${doubled} doubled, ${file.apologies} apologies, ready p95 ${p95?.toFixed(0)} ms\n`,
    )
    expect({ lost, doubled, faults }).toEqual({ lost: 0, doubled: 0, faults: [] })
    expect(file).toMatchObject({
      integrity: 'ok',
      withGaps: 0,
      rowsBeyondTheLast: 0,
      notReadByTheBot: 0,
      answeredTwice: 0,
    })
    expect(acknowledged).toBe(acks.total())
    expect(acknowledged).toBeGreaterThanOrEqual(rounds * acksAtLeast)
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

/** Looks at every conversation that is complete; in the end at all of them. */
async function examineFinished(
  server: Running,
  visitors: readonly Visitor[],
  findings: Findings,
  isLast: boolean,
): Promise<void> {
  const line = new DirectLine(server.port)
  if (isLast) await Promise.all(visitors.map((visitor) => visitor.finish(line)))
  const finished = visitors.flatMap((visitor) => visitor.finished.splice(0))
  await Promise.all(finished.map((conversation) => examine(line, conversation, findings)))
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
