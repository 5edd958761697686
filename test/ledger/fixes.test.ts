import type { Pack } from '../../knowledge'
import { BeliefStore, listFixes } from '../../src/ledger'
import { createLog } from '../../src/log'
import { loadFirstPack } from '../first-pack'
import { id, openStage, type Stage } from '../conversations/stage'
import { closed, day, happen, minute, opened, reopened, result, shown, start } from './book'

/** What the ledger of a real database says of each fix. */

let stage: Stage
let pack: Pack
beforeEach(async () => {
  stage = await openStage()
  pack = await loadFirstPack()
})
afterEach(() => stage.close())

const symptom = 'stuck-updating-waiting'
const [first, second] = ['internet', 'low-power-mode'] as const

/** What is listed of one fix. */
async function listed(fix: string, since = 0, enough = 30) {
  const store = new BeliefStore({
    storage: stage.database,
    pack: () => pack,
    enough,
    now: () => start,
    log: createLog('silent'),
  })
  await store.refresh()
  const fixes = await listFixes(stage.database, { pack, beliefs: store.current, since, symptom })
  return fixes.find((each) => each.fix === fix)
}

test('without cases every fix of every ladder is listed, with the chance of its author', async () => {
  const store = new BeliefStore({
    storage: stage.database,
    pack: () => pack,
    enough: 30,
    now: () => start,
    log: createLog('silent'),
  })
  const fixes = await listFixes(stage.database, { pack, beliefs: store.current, since: 0 })
  const ladders = [...pack.symptoms.values()].flatMap((each) =>
    each.kind === 'ladder' ? each.fixes.map(({ fix }) => `${each.id} ${fix}`) : [],
  )
  expect(fixes.map((each) => `${each.symptom} ${each.fix}`)).toEqual(ladders)
  const entry = fixes.find((each) => each.symptom === symptom && each.fix === first)
  const authored = entry?.authored
  expect(entry).toEqual({
    symptom,
    fix: first,
    shown: 0,
    tried: 0,
    helped: 0,
    found: 0,
    unconfirmed: 0,
    minutes: null,
    authored: { chance: expect.any(Number), minutes: pack.fixes.get(first)?.minutes },
    belief: {
      chance: authored?.chance,
      low: expect.any(Number),
      high: expect.any(Number),
      cases: 0,
      from: 'author',
    },
    families: {},
  })
})

test('a fix is counted once for each case, by its last result there, with its median minutes', async () => {
  // Each tells what it answers and after how many minutes.
  const answers = {
    a: ['helped', 2],
    b: ['no_help', 4],
    c: ['partly', 9],
    d: ['skipped', 1],
  } as const
  for (const [name, [value, minutes]] of Object.entries(answers)) {
    await happen(stage, id, start, opened(name), shown(first, name), shown(first, name))
    await happen(stage, id, start + minutes * minute, result(first, value, name, 'iphone'))
  }
  await happen(stage, id, start + day, shown(first, 'b'))
  await happen(stage, id, start + day + 6 * minute, result(first, 'helped', 'b', 'iphone'))
  await happen(stage, id, start, opened('e'), result(first, 'unconfirmed', 'e'))
  await happen(stage, id, start, opened('f'), result(first, 'found', 'f'))
  expect(await listed(first)).toMatchObject({
    shown: 4,
    tried: 3,
    helped: 2,
    found: 1,
    unconfirmed: 1,
    minutes: 6,
    belief: { cases: 4, from: 'all' },
  })
})

test('what helped before a case came back did not help', async () => {
  await happen(stage, id, start, opened(), shown(first), result(first, 'helped'), closed('solved'))
  await happen(stage, id, start + day, reopened(), shown(second), result(second, 'helped'))
  expect(await listed(first)).toMatchObject({ tried: 1, helped: 0 })
  expect(await listed(second)).toMatchObject({ tried: 1, helped: 1 })
})

test('a time counts what happened since, and beliefs come from all cases all the same', async () => {
  await happen(stage, id, start, opened('old'), shown(first, 'old'), result(first, 'helped', 'old'))
  await happen(stage, id, start + day, opened('new'), shown(first, 'new'))
  expect(await listed(first, start + 1)).toMatchObject({
    shown: 1,
    tried: 0,
    helped: 0,
    belief: { cases: 1 },
  })
})

test('a kind of device with enough cases is told apart', async () => {
  for (const name of ['a', 'b'])
    await happen(stage, id, start, opened(name), result(first, 'helped', name, 'mac'))
  await happen(stage, id, start, opened('c'), result(first, 'no_help', 'c', 'ipad'))
  expect((await listed(first, 0, 2))?.families).toEqual({
    mac: expect.objectContaining({ cases: 2, from: 'mac' }),
  })
})

test('cases are whole however they lie on the pages', async () => {
  for (let turn = 0; turn < 3; turn += 1)
    await happen(
      stage,
      id,
      start,
      ...Array.from({ length: 700 }, (_none, index) => {
        const name = `case-${index}`
        if (turn === 0) return opened(name)
        return turn === 1 ? shown(first, name) : result(first, 'helped', name)
      }),
    )
  expect(await listed(first)).toMatchObject({ shown: 700, tried: 700, helped: 700 })
})
