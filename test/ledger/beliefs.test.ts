import { authorsBeliefs, type Beliefs, type Pack } from '../../knowledge'
import { BeliefStore } from '../../src/ledger'
import { recordsOf, type AnswerEntry } from '../../src/ledger/answers'
import { createLog } from '../../src/log'
import { loadFirstPack } from '../first-pack'
import { id, message, openStage, type Stage } from '../conversations/stage'
import { closed, day, happen, minute, opened, reopened, result, shown, start } from './book'

/** What is believed of fixes, from the ledger of a real database. */

let stage: Stage
let store: BeliefStore
let pack: Pack
let now: number
beforeEach(async () => {
  stage = await openStage()
  pack = await loadFirstPack()
  now = start
  store = storeOf(30)
})
afterEach(() => stage.close())

const storeOf = (enough: number) =>
  new BeliefStore({
    storage: stage.database,
    pack: () => pack,
    enough,
    now: () => now,
    log: createLog('silent'),
  })

const symptom = 'stuck-updating-waiting'
const [first, second] = ['internet', 'low-power-mode'] as const

/** What the cases say of a fix, in short. */
function inShort(fix: string, device?: 'iphone' | 'mac', beliefs: Beliefs = store.current): string {
  const { helped, cases, from } = beliefs.of(symptom, fix, 0.5, device)
  return `${helped} of ${cases} (${from})`
}

test('without cases the author is believed', async () => {
  await store.refresh()
  expect(inShort(first)).toBe('0 of 0 (author)')
})

test('a cure counts for itself and against the fixes for other causes; silence and what was put off say nothing', async () => {
  await happen(stage, id, start, opened('cured'), shown(first, 'cured'))
  await happen(stage, id, start, result(first, 'helped', 'cured', 'iphone'))
  for (const [name, value] of Object.entries({ a: 'unconfirmed', b: 'skipped', c: 'parked' }))
    await happen(stage, id, start, opened(name), result(first, value, name, 'iphone'))
  await store.refresh()
  expect(inShort(first)).toBe('1 of 1 (all)')
  expect(inShort(second)).toBe('0 of 1 (all)')
})

test('a changed answer counts once, in one count or in two', async () => {
  await happen(stage, id, start, opened(), result(first, 'no_help', 'case', 'iphone'))
  await store.refresh()
  expect(inShort(first)).toBe('0 of 1 (all)')
  await happen(stage, id, start + minute, result(first, 'helped', 'case', 'iphone'))
  await store.refresh()
  expect(inShort(first)).toBe('1 of 1 (all)')
  const afresh = storeOf(30)
  await afresh.refresh()
  expect(inShort(first, undefined, afresh.current)).toBe('1 of 1 (all)')
})

test('a case that came back was not cured by what helped first', async () => {
  await happen(stage, id, start, opened(), result(first, 'helped'), closed('solved'))
  await store.refresh()
  expect(inShort(first)).toBe('1 of 1 (all)')
  await happen(stage, id, start + 3 * day, reopened(), result(second, 'helped'), closed('solved'))
  await store.refresh()
  expect(inShort(first)).toBe('0 of 1 (all)')
  expect(inShort(second)).toBe('1 of 1 (all)')
})

test('a kind of device is believed for itself once it has enough cases', async () => {
  store = storeOf(3)
  for (const name of ['a', 'b'])
    await happen(stage, id, start, opened(name), result(first, 'helped', name, 'mac'))
  await happen(stage, id, start, opened('c'), result(first, 'no_help', 'c', 'iphone'))
  await store.refresh()
  expect(inShort(first, 'mac')).toBe('2 of 3 (all)')
  await happen(stage, id, start, opened('d'), result(first, 'helped', 'd', 'mac'))
  await store.refresh()
  expect(inShort(first, 'mac')).toBe('3 of 3 (mac)')
  expect(inShort(first, 'iphone')).toBe('3 of 4 (all)')
})

test('beliefs that a turn holds do not change under it', async () => {
  await store.refresh()
  const held = store.current
  await happen(stage, id, start, opened(), result(first, 'helped'))
  await store.refresh()
  expect(inShort(first, undefined, held)).toBe('0 of 0 (author)')
  expect(store.current).not.toBe(held)
  const again = store.current
  await store.refresh()
  expect(store.current).toBe(again)
})

test('another pack is counted for from the beginning', async () => {
  await happen(stage, id, start, opened(), result(first, 'helped'))
  await store.refresh()
  pack = { ...pack, symptoms: new Map([...pack.symptoms].filter(([name]) => name !== symptom)) }
  await store.refresh()
  expect(inShort(first)).toBe('0 of 0 (author)')
  pack = await loadFirstPack()
  await store.refresh()
  expect(inShort(first)).toBe('1 of 1 (all)')
})

test('what was erased is forgotten within a day', async () => {
  await happen(stage, id, start, opened(), result(first, 'helped'))
  await store.refresh()
  await stage.database.write('forgetCases', { conversation: id })
  now = start + day
  await store.refresh()
  expect(inShort(first)).toBe('0 of 0 (author)')
})

test('an erased conversation is forgotten within ten minutes, also when a count fails then', async () => {
  await happen(stage, id, start, opened(), result(first, 'helped'))
  await store.refresh()
  await stage.conversations.forget(id, start + 60 * minute)
  now = start + 9 * minute
  await store.refresh()
  expect(inShort(first)).toBe('1 of 1 (all)')
  now = start + 10 * minute
  const failing = jest.spyOn(stage.database, 'read').mockImplementation(async (...given) => {
    failing.mockRestore()
    // The first read goes well, and no other.
    const found = await stage.database.read(...given)
    jest.spyOn(stage.database, 'read').mockRejectedValueOnce(new Error('The disk is gone.'))
    return found
  })
  await store.refresh()
  expect(inShort(first)).toBe('1 of 1 (all)')
  jest.restoreAllMocks()
  await store.refresh()
  expect(inShort(first)).toBe('0 of 0 (author)')
  const held = store.current
  now = start + 30 * minute
  await store.refresh()
  expect(store.current).toBe(held)
})

test('more entries than are counted at once are all counted, each case once', async () => {
  for (let turn = 0; turn < 4; turn += 1)
    await happen(
      stage,
      id,
      start,
      ...Array.from({ length: 400 }, (_none, index) => {
        const name = `case-${index}`
        return turn === 0 ? opened(name) : result(first, turn === 3 ? 'helped' : 'no_help', name)
      }),
    )
  await store.refresh()
  expect(inShort(first)).toBe('400 of 400 (all)')
})

test('a count that fails leaves the beliefs as they are', async () => {
  await happen(stage, id, start, opened(), result(first, 'helped'))
  await store.refresh()
  const failing = new BeliefStore({
    storage: { read: () => Promise.reject(new Error('The disk is gone.')) },
    pack: () => pack,
    enough: 30,
    now: () => now,
    log: createLog('silent'),
  })
  await failing.refresh()
  expect(inShort(first, undefined, failing.current)).toBe('0 of 0 (author)')
})

test('a start does not wait for a long count, which goes on', async () => {
  await happen(stage, id, start, opened(), result(first, 'helped'))
  let goOn = () => {}
  const held = new Promise<void>((resolve) => (goOn = resolve))
  const slow = new BeliefStore({
    storage: {
      read: async (query, parameters) => {
        await held
        return stage.database.read(query, parameters)
      },
    },
    pack: () => pack,
    enough: 30,
    now: () => now,
    log: createLog('silent'),
  })
  await slow.start()
  expect(inShort(first, undefined, slow.current)).toBe('0 of 0 (author)')
  goOn()
  // Whoever asks for a count while there is one gets that one.
  await slow.refresh()
  expect(inShort(first, undefined, slow.current)).toBe('1 of 1 (all)')
  await slow.stop()
})

test('turns rank by what is believed when they begin', async () => {
  await stage.turns.stop()
  await stage.close()
  const asked: string[] = []
  stage = await openStage(undefined, {
    beliefs: () => ({
      of: (name, fix, authored, device) => {
        asked.push(fix)
        // Whatever the author says, this one is nearly sure to help.
        return authorsBeliefs.of(name, fix, fix === second ? 0.99 : authored / 100, device)
      },
    }),
  })
  await stage.turns.start()
  for (const text of ['waiting for photos', 'iphone']) {
    await stage.conversations.append(id, message(text))
    await stage.turns.settled()
  }
  const rung = (await stage.rows())
    .map(({ body }) => body?.channelData?.fixladder)
    .find((reply) => reply?.kind === 'rung')
  expect(rung).toMatchObject({ title: pack.fixes.get(second)?.title })
  expect(asked).toContain(second)
})

describe('a case as records', () => {
  const entry = (fix: string, value: string, device: string | null = null): AnswerEntry => ({
    what: 'result',
    symptom,
    fix,
    device,
    result: value,
    outcome: null,
  })

  test('has the last result of each fix, at its place', () => {
    expect(recordsOf([entry('a', 'no_help'), entry('b', 'partly'), entry('a', 'helped')])).toEqual([
      {
        symptom,
        results: [
          { fix: 'b', result: 'partly' },
          { fix: 'a', result: 'helped' },
        ],
      },
    ])
  })

  test('forgets a result whose rung was shown again and left open', () => {
    expect(recordsOf([entry('a', 'no_help'), entry('a', 'unconfirmed')])).toEqual([
      { symptom, results: [] },
    ])
  })

  test('is one for each kind of device, and what came before the first belongs to it', () => {
    expect(
      recordsOf([
        entry('a', 'no_help'),
        entry('b', 'no_help', 'ipad'),
        entry('b', 'no_help', 'iphone'),
        entry('b', 'helped', 'mac'),
      ]),
    ).toEqual([
      {
        symptom,
        device: 'ipad',
        results: [
          { fix: 'a', result: 'no_help' },
          { fix: 'b', result: 'no_help' },
        ],
      },
      { symptom, device: 'mac', results: [{ fix: 'b', result: 'helped' }] },
    ])
  })
})
