import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseSync } from '@photostructure/sqlite'
import { check, tell } from './checker/check'
import { examineFile, readStored } from './database'
import { DirectLine } from './direct-line'
import { Guest } from './guest'
import { createRandom } from './random'
import { readToEnd } from './read-to-end'
import { Record } from './record'
import { armed, startServer, type Running } from './server'

/**
 * The disk has no room while people write, and then it has again. `DISK_ROUNDS=20 npm run test:chaos -- chaos/disk` does it
 * more often.
 */
const rounds = Number(process.env.DISK_ROUNDS ?? 3)
const seed = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000)
const guests = 12
/** Everybody writes about every so many milliseconds. */
const everyMs = 300
/** So many messages are turned away before there is room again. */
const turnedAway = 20

interface Disk {
  readonly fill: (server: Running, dataDir: string) => void
  readonly free: (server: Running, dataDir: string) => void
}

/** The database may have no page more, as SQLite itself limits it. */
const pages: Disk = {
  fill: (_server, dataDir) => limitPages(dataDir, pagesIn(dataDir) + 2),
  free: (_server, dataDir) => limitPages(dataDir, 1_000_000_000),
}

/** Nothing may be written behind the first pages of a file, as `ulimit -f` limits it. */
const fileSize: Disk = {
  fill: ({ pid }) => limitFiles(pid, '16384'),
  free: ({ pid }) => limitFiles(pid, 'unlimited'),
}

const limitPages = (dataDir: string, most: number) =>
  writeFileSync(join(dataDir, 'max-pages'), String(most))

const limitFiles = (pid: number, bytes: string) =>
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`])

test.each([
  ['max_page_count', pages],
  ['ulimit -f', fileSize],
] as const)(
  'a full disk (%s): nothing is acknowledged that is not kept, reading goes on, and it recovers by itself',
  async (name, disk) => {
    const random = createRandom(seed)
    const dataDir = mkdtempSync(join(tmpdir(), 'fixladder-disk-'))
    const record = new Record()
    const newest = startServer(dataDir, {}, armed)
    const isOver = { now: false }
    try {
      const server = await newest.ready
      const line = new DirectLine(server.port, { isPatient: true })
      let refusals = 0
      let reads = 0
      const makeGuests = (round: number) =>
        Array.from(
          { length: guests },
          (_none, index) =>
            new Guest({
              ...{ name: `${round}-${index}`, line, record, random },
              onRefused: () => (refusals += 1),
            }),
        )
      const everybody: Guest[] = []
      for (let round = 0; round < rounds; round += 1) {
        isOver.now = false
        const here = makeGuests(round)
        everybody.push(...here)
        const living = Promise.all(here.map((guest) => guest.live(everyMs, () => isOver.now)))
        await Promise.race([living, until(() => here.every((guest) => guest.messages.length > 0))])
        disk.fill(server, dataDir)
        const before = refusals
        await Promise.race([living, until(() => refusals >= before + turnedAway)])
        // What is there can be read meanwhile.
        for (const guest of here) {
          await guest.look()
          reads += 1
        }
        disk.free(server, dataDir)
        await Promise.race([living, until(() => here.every((guest) => guest.isSure))])
        isOver.now = true
        await living
      }
      for (const guest of everybody) {
        await guest.finish()
        await readToEnd(line, record, guest)
      }
      line.close()
      server.signal('SIGTERM')
      expect(await server.ended).toBe(0)

      const report = check(record.with(readStored(dataDir)))
      const { integrity, apologies } = examineFile(dataDir)
      process.stdout.write(
        `disk full (${name}): ${rounds} times (KILL_SEED=${seed}), ${report.counts.acknowledged} acknowledged, ${refusals} turned away, ` +
          `${reads} read meanwhile, back without a restart, ${apologies} apologies; ${tell(report)}\n`,
      )
      expect(report.faults).toEqual([])
      expect(integrity).toBe('ok')
      expect(refusals).toBeGreaterThanOrEqual(rounds * turnedAway)
    } finally {
      isOver.now = true
      await newest.kill()
      rmSync(dataDir, { recursive: true, force: true })
    }
  },
)

function pagesIn(dataDir: string): number {
  const database = new DatabaseSync(join(dataDir, 'fixladder.db'), { readOnly: true })
  const { page_count: count } = database.prepare('PRAGMA page_count').get() as {
    page_count: number
  }
  database.close()
  return count
}

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 60_000
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${isSo.toString()}`)
    await sleep(20)
  }
}
