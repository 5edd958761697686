import { setTimeout as sleep } from 'node:timers/promises'
import { audienceBits } from '../../src/conversations/writes'
import { Conversations, type NewRow } from '../../src/conversations'
import type { PostgresDatabase } from '../../src/storage/postgres/database'
import { statement } from '../../src/storage'
import { openServers, type Servers } from './servers'

/** What PostgreSQL alone has to hold: several servers write at once, and the database goes away and comes back. */

let servers: Servers
let one: PostgresDatabase
let other: PostgresDatabase
beforeEach(async () => {
  servers = await openServers()
  ;[one, other] = await Promise.all([servers.open(), servers.open()])
})
afterEach(() => servers.close())

const row = (text: string, more: Partial<NewRow> = {}): NewRow => ({
  at: 1,
  kind: 'activity',
  audience: ['person', 'agents'],
  body: { type: 'message', text, from: { id: 'p', role: 'user' } },
  ...more,
})
const create = (id: string) =>
  new Conversations(one).create({ id, channel: 'direct-line', userId: 'dl_p' }, [])
const textsOf = async (id: string) =>
  (await new Conversations(other).read(id, { after: 0, audience: 'agents' })).map(
    ({ seq, body }) => `${seq} ${body?.text}`,
  )
const both = () => [new Conversations(one), new Conversations(other)] as const

test('rows that two servers append at once have one number each, without a gap', async () => {
  await create('hammered')
  const appended = await Promise.all(
    both().flatMap((conversations, server) =>
      Array.from({ length: 200 }, (_, index) =>
        conversations.append('hammered', row(`${server}-${index}`)),
      ),
    ),
  )
  const numbers = appended.map(({ seq }) => seq).toSorted((a, b) => a - b)
  expect(numbers).toEqual(Array.from({ length: 400 }, (_, index) => index + 1))
  expect(await textsOf('hammered')).toHaveLength(400)
  // Of one server they keep the order in which they were given.
  const order = (await textsOf('hammered'))
    .map((text) => text.split(' ')[1] ?? '')
    .filter((text) => text.startsWith('1-'))
  expect(order).toEqual(Array.from({ length: 200 }, (_, index) => `1-${index}`))
})

test('one key is one row, however many servers append it at once', async () => {
  await create('keyed')
  const keys = Array.from({ length: 60 }, (_, index) => `key-${index % 20}`)
  const appended = await Promise.all(
    both().flatMap((conversations) =>
      keys.map((key) => conversations.append('keyed', row(key, { key }))),
    ),
  )
  expect(appended.filter(({ duplicate }) => !duplicate)).toHaveLength(20)
  expect(await textsOf('keyed')).toHaveLength(20)
})

test('a conversation that is begun on two servers at once begins once', async () => {
  const begun = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      [one, other].map((database) =>
        new Conversations(database).create(
          { id: `new-${index}`, channel: 'direct-line', userId: 'dl_p' },
          [row('hello')],
        ),
      ),
    ).flat(),
  )
  expect(begun.filter(({ created }) => created)).toHaveLength(20)
  expect(await textsOf('new-7')).toEqual(['1 hello'])
})

test('what is refused takes nothing of its neighbours with it', async () => {
  await create('there')
  const outcomes = await Promise.allSettled([
    new Conversations(one).append('there', row('before')),
    new Conversations(one).append('nowhere', row('x')),
    new Conversations(one).append('there', row('after')),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(outcomes[1]).toMatchObject({ reason: { code: 'conversation_unknown' } })
  expect(await textsOf('there')).toEqual(['1 before', '2 after'])
})

test('a value that the database does not take is refused, and its neighbours are kept', async () => {
  await create('there')
  const outcomes = await Promise.allSettled([
    new Conversations(one).append('there', row('x', { key: 'a\0b' })),
    new Conversations(one).append('there', row('kept')),
  ])
  expect(outcomes).toMatchObject([
    { status: 'rejected', reason: { code: 'storage_failed' } },
    { status: 'fulfilled' },
  ])
  expect(await textsOf('there')).toEqual(['1 kept'])
})

test('a write that breaks for itself is no outage, and its neighbours are kept', async () => {
  await create('there')
  const outcomes = await Promise.allSettled([
    new Conversations(one).append('there', row('kept')),
    one.write('append', { conversation: 'there', row: null as never }),
  ])
  expect(outcomes).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { code: 'storage_failed' } },
  ])
  expect(await textsOf('there')).toEqual(['1 kept'])
})

test('who runs what waits runs what comes behind it, too, whoever appends that', async () => {
  await create('waits')
  const forBot = row('x', { audience: ['bot'] })
  const runnerNow = async () => (await new Conversations(one).get('waits'))?.runner
  await new Conversations(one).append('waits', forBot)
  await new Conversations(other).append('waits', forBot)
  expect(await runnerNow()).toBe(one.peers.id)
  const commit = { conversation: 'waits', holderVersion: 0, at: 1, rows: [] }
  await one.write('commit', { ...commit, cursor: { from: 0, to: 2 } })
  await new Conversations(other).append('waits', forBot)
  expect(await runnerNow()).toBe(other.peers.id)
})

test('commits that write to each other, from both servers, never wait for each other for ever', async () => {
  await Promise.all(['left', 'right'].map(create))
  const commit = (database: PostgresDatabase, from: string, to: string, index: number) =>
    database
      .write('commit', {
        conversation: from,
        cursor: { from: 0, to: 0 },
        holderVersion: 0,
        at: 1,
        rows: [],
        moved: { to, row: row(`${from} ${index}`) },
      })
      .catch((error: { code: string }) => error.code)
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, (_, index) => [
      commit(one, 'left', 'right', index),
      commit(other, 'right', 'left', index),
    ]).flat(),
  )
  expect(new Set(outcomes.map((each) => (typeof each === 'string' ? each : 'kept')))).toEqual(
    new Set(['kept', 'commit_lost']),
  )
})

test('an entry of the ledger counts only once none before it can still turn up', async () => {
  const settled = async () => (await one.read(selectSettled, {})).map(({ fix }) => fix)
  // Whatever else is under way holds it up for a moment.
  const untilSettled = async () => {
    for (let look = 0; look < 100 && (await settled()).length < 3; look += 1) await sleep(20)
    return settled()
  }
  const insert = `INSERT INTO ledger (at, conversation, case_id, what, symptom, fix, pack_version)
    VALUES (1, 'c', 'k', 'result', 's', $1, '1')`
  await servers.client.query('BEGIN')
  await servers.client.query(insert, ['slow'])
  const quick = await servers.open()
  await create('c')
  await quick.write('commit', {
    conversation: 'c',
    cursor: { from: 0, to: 0 },
    holderVersion: 0,
    at: 1,
    rows: [],
    happenings: [
      { what: 'opened', caseId: 'k2', symptom: 's', confidence: 1, packVersion: '1' },
      {
        what: 'result',
        caseId: 'k2',
        symptom: 's',
        fix: 'quick',
        result: 'helped',
        packVersion: '1',
      },
    ],
  } as never)
  expect(await settled()).toEqual([])
  await servers.client.query('COMMIT')
  expect(await untilSettled()).toEqual(['slow', null, 'quick'])
  // As after a dump of a database that had lived longer.
  await servers.client.query(`UPDATE ledger SET xact = '900000000000' WHERE fix = 'slow'`)
  expect(await untilSettled()).toEqual(['slow', null, 'quick'])
})

test('a hint is taken for nothing but a hint, whatever it names', async () => {
  const conversations = new Conversations(other)
  const heard: string[] = []
  conversations.watchAll((id) => heard.push(id))
  for (let tries = 0; heard.length === 0 && tries < 100; tries += 1) {
    await servers.client.query(`SELECT pg_notify('fixladder', $1)`, [
      '{"from":"x","signals":[{"appended":"error","seq":1}]}',
    ])
    await sleep(20)
  }
  expect(new Set(heard)).toEqual(new Set(['error']))
})

test('while the database is away nothing is told to be kept, and within three seconds it goes on', async () => {
  await create('cut')
  const conversations = new Conversations(one)
  const kept: string[] = []
  let isOver = false
  const writing = (async () => {
    for (let index = 0; !isOver; index += 1) {
      const text = `m${index}`
      await conversations.append('cut', row(text, { key: text })).then(
        () => kept.push(text),
        (error: { code: string }) => expect(error.code).toBe('storage_unavailable'),
      )
    }
  })()
  let slowest = 0
  for (let cut = 0; cut < 10; cut += 1) {
    await sleep(40)
    await servers.cutAll()
    const begun = performance.now()
    const before = kept.length
    while (kept.length <= before + 1) await sleep(5)
    slowest = Math.max(slowest, performance.now() - begun)
  }
  isOver = true
  await writing
  expect(slowest).toBeLessThan(3_000)
  const there = new Set((await textsOf('cut')).map((text) => text.split(' ')[1]))
  expect(kept.filter((text) => !there.has(text))).toEqual([])
})

test('hints reach the other server, and do so again after its connection was cut', async () => {
  const heard: unknown[] = []
  other.peers.onTold((signal) => heard.push(signal))
  one.peers.onTold(() => heard.push('its own'))
  const tell = async (seq: number) => {
    for (let tries = 0; tries < 100; tries += 1) {
      one.peers.tell({ appended: `c-${'x'.repeat(100)}`, seq })
      await sleep(30)
      if (heard.length > 0) return heard.splice(0)
    }
    return heard
  }
  expect((await tell(1)).at(-1)).toEqual({ appended: `c-${'x'.repeat(100)}`, seq: 1 })
  await servers.cutAll()
  heard.length = 0
  expect((await tell(2)).at(-1)).toEqual({ appended: `c-${'x'.repeat(100)}`, seq: 2 })
})

test('more hints than fit into one notification all arrive, and what is no hint is passed over', async () => {
  const heard = new Set<string>()
  other.peers.onTold((signal) => heard.add('appended' in signal ? signal.appended : ''))
  await sleep(100)
  for (const text of ['', 'x', '{"from":"y"}', '{"from":"y","signals":[{"appended":1}]}'])
    await servers.client.query(`SELECT pg_notify('fixladder', $1)`, [text])
  for (let index = 0; index < 500; index += 1)
    one.peers.tell({ appended: `conversation-with-a-long-name-${index}`, seq: 1 })
  const end = Date.now() + 5_000
  while (heard.size < 500 && Date.now() < end) await sleep(10)
  expect(heard.size).toBe(500)
})

test('one server has the duty; another one takes it at once when that one ends, and within three seconds when it dies', async () => {
  const third = await servers.open()
  const holders = () => [one, other, third].filter(({ peers }) => peers.hasDuty)
  const untilHeld = async () => {
    const begun = performance.now()
    while (holders().length === 0) await sleep(5)
    return performance.now() - begun
  }
  const [first] = holders()
  expect(holders()).toHaveLength(1)
  await first?.close()
  expect(await untilHeld()).toBeLessThan(1_500)
  expect(holders()).not.toContain(first)
  let living = await third.peers.living()
  while (!living) {
    await sleep(50)
    living = await third.peers.living()
  }
  const isThere = [first, third].map((each) => living.has(each?.peers.id ?? ''))
  expect(isThere).toEqual([false, true])

  // One that has just died held it until a moment ago.
  await servers.client.query(
    `UPDATE leases SET holder = 'dead', until = extract(epoch FROM clock_timestamp()) * 1000 + 2000 WHERE name = 'duty'`,
  )
  while (holders().length > 0) await sleep(5)
  expect(await untilHeld()).toBeLessThan(3_000)
  expect(holders()).toHaveLength(1)
})

test('the number of an audience is the same in both engines', async () => {
  await create('read')
  await new Conversations(one).append('read', row('x', { audience: ['bot'] }))
  expect(await new Conversations(one).read('read', { after: 0, audience: 'person' })).toEqual([])
  expect(audienceBits(['bot'])).toBe(4)
})

const selectSettled = statement<Record<string, never>>()((db) =>
  db.selectFrom('settled_ledger').select('fix').orderBy('entry'),
)
