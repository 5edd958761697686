import { createServer, type AddressInfo } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { check, tell, timesOf } from './checker/check'
import { examineFile, readStored } from './database'
import { DirectLine } from './direct-line'
import { Guest } from './guest'
import { createRandom } from './random'
import { readToEnd } from './read-to-end'
import { Record } from './record'
import { startServer } from './server'

/**
 * Everybody talks on while the server is told to end and started anew on its port, again and again.
 * `ROLLING_CLIENTS=1000 ROLLING_RESTARTS=10 npm run test:chaos -- chaos/rolling` is the long run.
 */
const clients = Number(process.env.ROLLING_CLIENTS ?? 200)
const restarts = Number(process.env.ROLLING_RESTARTS ?? 3)
const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000)
/** A server runs so many milliseconds before it is told to end, and everybody writes about once in that time. */
const lifeMs = Math.max(5_500, clients * 8)

test(`${clients} clients through ${restarts} restarts: nothing lost, and everybody comes back`, async () => {
  const random = createRandom(seed)
  const dataDir = mkdtempSync(join(tmpdir(), 'fixladder-rolling-'))
  const record = new Record()
  const settings = { PORT: String(await freePort(random)) }
  let newest = startServer(dataDir, settings)
  const isOver = { now: false }
  try {
    let server = await newest.ready
    const line = new DirectLine(server.port, { isPatient: true })
    const guests = Array.from(
      { length: clients },
      (_none, index) => new Guest({ name: `g${index}`, line, record, random }),
    )
    const living = Promise.all(guests.map((guest) => guest.live(lifeMs, () => isOver.now)))
    // Somebody who meets a wrong answer ends the test at once.
    const failed = living.then(() => undefined)
    const exits: (number | null)[] = []
    for (let restart = 0; restart < restarts; restart += 1) {
      await Promise.race([failed, sleep(lifeMs)])
      server.signal('SIGTERM')
      exits.push(await server.ended)
      newest = startServer(dataDir, settings)
      server = await newest.ready
    }
    await Promise.race([failed, sleep(lifeMs)])
    isOver.now = true
    await living
    for (const guest of guests) {
      await guest.finish()
      await readToEnd(line, record, guest)
    }
    line.close()
    server.signal('SIGTERM')
    exits.push(await server.ended)

    const report = check(record.with(readStored(dataDir)))
    const { counts, faults } = report
    const gaps = guests.flatMap((guest) => guest.gaps).toSorted((a, b) => a - b)
    const p99 = gaps[Math.floor(gaps.length * 0.99)] ?? 0
    process.stdout.write(
      `rolling restarts: ${clients} clients, ${restarts} restarts (KILL_SEED=${seed}), ${counts.acknowledged} acknowledged, ` +
        `${gaps.length} times back, p99 after ${(p99 / 1_000).toFixed(1)} s, ${timesOf(faults, 'I1')} lost, ` +
        `${timesOf(faults, 'I3')} doubled, ${timesOf(faults, 'I4')} out of order; ${tell(report)}\n`,
    )
    expect(faults).toEqual([])
    expect(exits).toEqual(Array.from({ length: restarts + 1 }, () => 0))
    // Nobody stayed away; who was asked to come back late may have missed one of several.
    expect(guests.filter(({ gaps: times }) => times.length === 0)).toEqual([])
    expect(examineFile(dataDir)).toMatchObject({ integrity: 'ok', withGaps: 0, answeredTwice: 0 })
  } finally {
    isOver.now = true
    await newest.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

/** Below those that the system gives to clients, so that none of them takes it while no server has it. */
async function freePort(random: () => number): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(random() * 10_000)
    const isFree = await new Promise<boolean>((resolve) => {
      const server = createServer()
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () =>
        server.close(() => resolve((server.address() as AddressInfo | null) === null)),
      )
    })
    if (isFree) return port
  }
}
