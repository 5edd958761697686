import { Incidents } from '../../src/incidents'
import { createLog } from '../../src/log'
import { statement } from '../../src/storage'
import { id as conversation, message, openStage, saidIn, type Stage } from '../conversations/stage'

/** Incidents and those who wait for their end, on a real database with the real bot. */

let stage: Stage
let incidents: Incidents
let now: number
const log = createLog('silent')
const create = () => new Incidents({ ...stage, now: () => now, log })

beforeEach(async () => {
  now = Date.now()
  stage = await openStage()
  incidents = create()
  await incidents.look()
})
afterEach(async () => {
  await incidents.stop()
  await stage.close()
})

const outage = { name: 'icloud-photos', text: 'Apple is working on it.' }

/** Commits a turn that wants to hear the end, as the dialogs would. */
async function wait(incident: string, where = conversation, cancel: readonly string[] = []) {
  const known = await stage.conversations.get(where)
  const cursor = known?.botCursor ?? 0
  await stage.conversations.commit({
    conversation: where,
    cursor: { from: cursor, to: cursor },
    holderVersion: 0,
    at: now,
    rows: [],
    waits: { set: cancel.length > 0 ? [] : [{ incident, caseId: 'case-1' }], cancel },
  })
}

/** The rows that tell the bot of an end. */
const tellings = async (where = conversation) =>
  (await stage.conversations.read(where, { after: 0, audience: 'bot' })).filter(
    ({ body }) => body?.name === 'fixladder/incident-over',
  )

const casesOf = statement<{ conversation: string }>()((db, at) =>
  db
    .selectFrom('cases')
    .select(['outcome', 'incident'])
    .where('conversation', '=', at('conversation')),
)
const resultsOf = statement<{ conversation: string }>()((db, at) =>
  db
    .selectFrom('ledger')
    .select(['fix', 'result'])
    .where('what', '=', 'result')
    .where('conversation', '=', at('conversation')),
)

describe('declaring', () => {
  test('starts one of a name, and changes its text and end from then on', async () => {
    const first = await incidents.declare(outage)
    expect(first.isNew).toBe(true)
    const second = await incidents.declare({
      ...outage,
      text: 'It is mended.',
      endsAt: now + 9_000,
    })
    expect(second).toEqual({ id: first.id, isNew: false })
    await incidents.declare({ ...outage, text: 'Nearly.' })
    expect(incidents.running).toEqual([
      { ...outage, text: 'Nearly.', id: first.id, startedAt: now, endsAt: now + 9_000 },
    ])
  })

  test('twice at once is one incident', async () => {
    const both = await Promise.all([incidents.declare(outage), incidents.declare(outage)])
    expect(both.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(incidents.running).toHaveLength(1)
  })

  test('again after its time is a new one', async () => {
    const first = await incidents.declare({ ...outage, endsAt: now + 1_000 })
    now += 1_000
    const second = await incidents.declare(outage)
    expect([second.isNew, second.id === first.id]).toEqual([true, false])
  })

  test('is seen by whoever looks at the same table, and by a later process', async () => {
    const other = create()
    const { id } = await incidents.declare(outage)
    expect(other.running).toEqual([])
    await other.look()
    expect(other.running).toEqual(incidents.running)
    await other.end(id)
    await incidents.look()
    expect(incidents.running).toEqual([])
    await other.stop()
  })
})

test('its time ends it, to the millisecond for turns', async () => {
  await incidents.declare({ ...outage, endsAt: now + 1_000 })
  now += 999
  expect(incidents.running).toHaveLength(1)
  now += 1
  expect(incidents.running).toEqual([])
})

test('ending what has ended says so', async () => {
  const { id } = await incidents.declare(outage)
  expect(await incidents.end(id)).toBe(true)
  expect(await incidents.end(id)).toBe(false)
  expect(await incidents.end('none')).toBe(false)
})

describe('whoever waits', () => {
  test('is told once, however many look and however often', async () => {
    const { id } = await incidents.declare(outage)
    await wait(id)
    await wait(id)
    expect(await incidents.counted()).toMatchObject([{ id, waiting: 1 }])
    const others = [create(), create(), create()]
    await incidents.end(id)
    await Promise.all([...others, incidents, ...others].map((each) => each.look()))
    const [row, ...more] = await tellings()
    expect(more).toEqual([])
    expect(row).toMatchObject({
      kind: 'event',
      audience: ['bot'],
      body: { value: { incident: id, name: outage.name, caseId: 'case-1', byTime: false } },
    })
    await Promise.all(others.map((each) => each.stop()))
  })

  test('is not told before the end', async () => {
    const { id } = await incidents.declare(outage)
    await wait(id)
    await incidents.look()
    expect(
      await stage.database.write('tellWaiter', {
        incident: id,
        conversation,
        at: now,
        event: 'over',
      }),
    ).toBe(null)
    expect(await tellings()).toEqual([])
  })

  test('is told that only the time is up, when it ended by itself', async () => {
    const { id } = await incidents.declare({ ...outage, endsAt: now + 1_000 })
    await wait(id)
    now += 5_000
    await incidents.look()
    expect(await tellings()).toMatchObject([{ body: { value: { byTime: true } } }])
  })

  test('is told at the next look when it ended while the turn was running', async () => {
    const { id } = await incidents.declare(outage)
    await incidents.end(id)
    await wait(id)
    await incidents.look()
    expect(await tellings()).toHaveLength(1)
    // And anew when they ask anew.
    now += 1
    await wait(id)
    await incidents.look()
    await incidents.look()
    expect(await tellings()).toHaveLength(2)
  })

  test('and takes it back, or was erased, is not told', async () => {
    const { id } = await incidents.declare(outage)
    await wait(id)
    await wait(id, conversation, [id])
    await stage.conversations.create({ id: 'b', channel: 'direct-line', userId: 'dl_b' }, [])
    await wait(id, 'b')
    await stage.database.write('forgetWaits', { conversation: 'b' })
    await incidents.end(id)
    expect([await tellings(), await tellings('b')]).toEqual([[], []])
  })

  test('is told in hundreds of conversations', async () => {
    const { id } = await incidents.declare(outage)
    const ids = Array.from({ length: 250 }, (_none, index) => `many-${index}`)
    await Promise.all(
      ids.map(async (each) => {
        await stage.conversations.create(
          { id: each, channel: 'direct-line', userId: `dl_${each}` },
          [],
        )
        await wait(id, each)
      }),
    )
    await incidents.end(id)
    const told = await Promise.all(ids.map((each) => tellings(each)))
    expect(told.filter((rows) => rows.length === 1)).toHaveLength(250)
    expect(await incidents.counted()).toEqual([])
  })
})

/** The real bot under incidents that the stage itself does not know. */
async function say(...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await stage.conversations.append(conversation, message(text))
    await stage.turns.settled()
  }
}

test('what the end of an incident solved has no fix to its credit, and no fix to blame', async () => {
  await stage.close()
  stage = await openStage(undefined, { incidents: () => incidents.running })
  incidents = create()
  await stage.turns.start()
  await say('waiting for photos on my iphone')
  await incidents.look()
  const { id } = await incidents.declare(outage)
  await say('no', 'yes')
  await incidents.end(id)
  await stage.turns.settled()
  await say('yes, it works')
  expect((await stage.rows()).map(saidIn).at(-1)).toMatch(
    /^Good\. I've noted that it works again\./,
  )
  expect(await stage.database.read(casesOf, { conversation })).toEqual([
    { outcome: 'solved', incident: id },
  ])
  expect(await stage.database.read(resultsOf, { conversation })).toEqual([])
})
