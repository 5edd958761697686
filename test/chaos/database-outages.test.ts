import { setTimeout as sleep } from 'node:timers/promises'
import { check, tell, timesOf } from './checker/check'
import { DirectLine } from './direct-line'
import { Insistent, type Had } from './insistent'
import { readToEnd } from './read-to-end'
import { Record } from './record'
import { open } from './server'
import { openShared } from './shared-database'

/**
 * The database crashes and comes back, or loses all its connections, while people write through two servers. The long
 * run: `DATABASE_OUTAGES=100 npm run test:chaos -- chaos/database-outages`, half of them of each kind.
 */
const outages = Number(process.env.DATABASE_OUTAGES ?? 8)
const people = 8
/** Between two outages so many messages are acknowledged at least. */
const acksBetween = 20
/** So long after the database is back messages are acknowledged again, in milliseconds. */
const backMs = 3_000

test(`${outages} times the database is gone under load: no false acknowledgement, no server ends`, async () => {
  const shared = await openShared()
  try {
    const servers = await Promise.all([shared.start(open), shared.start(open)])
    const lines = servers.map(({ port }) => new DirectLine(port))
    let ended = 0
    for (const server of servers) void server.ended.then(() => (ended += 1))
    const record = new Record()
    const had: Had[] = []
    let acks = 0
    let isOver = false
    const talking = Array.from({ length: people }, async (_none, index) => {
      const person = new Insistent({ lines, record, name: `v${index}` })
      while (!isOver)
        had.push(
          await person.talk(
            () => (acks += 1),
            () => isOver,
          ),
        )
    })
    const failed = Promise.all(talking)
    const more = async (count: number) => {
      const goal = acks + count
      while (acks < goal) await Promise.race([sleep(5), failed])
    }
    const back: number[] = []
    for (let outage = 0; outage < outages; outage += 1) {
      await more(acksBetween)
      if (outage % 2) await shared.cutAll()
      else {
        await shared.cluster.end('SIGQUIT')
        await shared.cluster.begin()
      }
      const begun = performance.now()
      // Two: one may have been on its way.
      await more(2)
      back.push(performance.now() - begun)
    }
    isOver = true
    await failed
    await Promise.all(had.map((each) => readToEnd(lines[0] ?? fail(), record, each)))
    for (const line of lines) line.close()
    const report = check(record.with(await shared.stored()))
    const { faults, counts } = report
    const sorted = back.toSorted((a, b) => a - b)
    process.stdout.write(
      `database outages: ${Math.ceil(outages / 2)} crashes, ${Math.floor(outages / 2)} times all connections cut, ` +
        `${counts.acknowledged} acknowledged, ${timesOf(faults, 'I1')} falsely, ${timesOf(faults, 'I3')} doubled, ` +
        `${ended} servers ended, back after ${sorted.at(0)?.toFixed(0)} to ${sorted.at(-1)?.toFixed(0)} ms; ${tell(report)}\n`,
    )
    expect(faults).toEqual([])
    expect(ended).toBe(0)
    expect(await shared.apologies()).toBe(0)
    expect(Math.max(...back)).toBeLessThan(backMs)
  } finally {
    await shared.close()
  }
})

function fail(): never {
  throw new Error('There is no server.')
}
