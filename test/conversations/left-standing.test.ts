import { LeftStanding } from '../../src/conversations/left-standing'

/** One server sees what another one has left standing. */

const behind = (id: string, runner: string | null, botCursor = 1) => ({ id, runner, botCursor })
const sees = (living: readonly string[] | undefined) =>
  new LeftStanding({ id: 'own', living: async () => living && new Set(living) })

test('what a dead server left is taken over once it has stood still, and its own and what moves on is not', async () => {
  const left = sees(['own'])
  const waiting = [
    behind('a', 'dead'),
    behind('b', 'own'),
    behind('c', null),
    behind('d', 'dead', 1),
  ]
  expect(await left.look(waiting, 0)).toEqual([])
  expect(await left.look(waiting, 1_499)).toEqual([])
  expect(await left.look([...waiting.slice(0, 3), behind('d', 'dead', 2)], 1_500)).toEqual([
    { id: 'a', of: 'dead' },
  ])
})

test('one that lives is helped only after long, without a death', async () => {
  const left = sees(['own', 'busy'])
  const waiting = [behind('a', 'busy')]
  await left.look(waiting, 0)
  expect(await left.look(waiting, 9_999)).toEqual([])
  expect(await left.look(waiting, 10_000)).toEqual([{ id: 'a' }])
})

test('while nobody can tell who lives nobody is taken for dead', async () => {
  const left = sees(undefined)
  const waiting = [behind('a', 'other')]
  await left.look(waiting, 0)
  expect(await left.look(waiting, 5_000)).toEqual([])
})

test('what was answered and waits again stands from then on', async () => {
  const left = sees(['own'])
  await left.look([behind('a', 'dead')], 0)
  await left.look([], 1_000)
  expect(await left.look([behind('a', 'dead')], 2_000)).toEqual([])
})
