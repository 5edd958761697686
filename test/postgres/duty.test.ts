import { setTimeout as sleep } from 'node:timers/promises'
import { Duty } from '../../src/duty'
import { createLog } from '../../src/log'
import type { PostgresDatabase } from '../../src/storage/postgres/database'
import { openServers, type Servers } from './servers'

/** What one server does for all is done by one at a time. */

let servers: Servers
beforeEach(async () => {
  servers = await openServers()
})
afterEach(() => servers.close())

const dutyOf = (name: string, { peers }: PostgresDatabase, happened: string[]) =>
  new Duty({
    peers,
    log: createLog('silent'),
    parts: [
      {
        start: () => void happened.push(`${name} starts`),
        // What is under way takes its time to end.
        stop: async () => {
          await sleep(20)
          happened.push(`${name} stops`)
        },
      },
    ],
  })

test('goes from a server that ends to the other, and comes back', async () => {
  const happened: string[] = []
  const one = await servers.open()
  const first = dutyOf('one', one, happened)
  first.start()
  const other = await servers.open()
  const second = dutyOf('other', other, happened)
  second.start()
  await sleep(700)
  expect(happened).toEqual(['one starts'])

  await first.stop()
  await one.close()
  const until = async (count: number) => {
    for (let look = 0; happened.length < count && look < 400; look += 1) await sleep(10)
  }
  await until(3)
  expect(happened).toEqual(['one starts', 'one stops', 'other starts'])

  // Somebody else has it for a moment, as after a standstill of this process.
  await servers.client.query(
    `UPDATE leases SET holder = 'else', until = extract(epoch FROM clock_timestamp()) * 1000 + 1000 WHERE name = 'duty'`,
  )
  await until(5)
  expect(happened.slice(3)).toEqual(['other stops', 'other starts'])
  await second.stop()
  expect(happened.at(-1)).toBe('other stops')
})

test('a database that is away takes the duty away, too, before another server could have it', async () => {
  const one = await servers.open()
  expect(one.peers.hasDuty).toBe(true)
  await servers.client.query(`ALTER TABLE leases RENAME TO leases_away`)
  const begun = performance.now()
  while (one.peers.hasDuty) await sleep(5)
  expect(performance.now() - begun).toBeLessThan(2_000)
  for (let look = 0; one.peers.isReachable && look < 500; look += 1) await sleep(10)
  expect(one.peers.isReachable).toBe(false)
  await servers.client.query(`ALTER TABLE leases_away RENAME TO leases`)
  for (let look = 0; !one.peers.hasDuty && look < 400; look += 1) await sleep(10)
  expect([one.peers.hasDuty, one.peers.isReachable]).toEqual([true, true])
})
