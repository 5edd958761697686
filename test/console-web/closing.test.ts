import type { Action } from '../../web/console/state/actions'
import { whatFixed } from '../../web/console/state/closing'
import type { CaseDetail } from '../../web/console/state/contract'
import { after, held, nine, queue, reset } from './sample'

/** A case that is being closed can be kept for five seconds. */

const closing: Action = {
  type: 'close',
  closing: { id: 'a', key: 'k', person: 'Anna', fixed: 'restart', since: nine, dueAt: nine + 5000 },
}

test('undoing keeps it', () => {
  expect(after(reset(held('a', 1)), closing).closing?.id).toBe('a')
  expect(after(reset(held('a', 1)), closing, { type: 'stop-closing' }).closing).toBeUndefined()
})

test('a person who writes again keeps it, and the agent is told', () => {
  const wrote = held('a', 1, { version: 2, awaitedSince: nine + 1000, person: 'Anna' })
  const state = after(reset(held('a', 1)), closing, queue(wrote))
  expect(state.closing).toBeUndefined()
  expect(state.view.notice?.text).toBe('Anna wrote again, so the case stays open.')
})

test('what was said before, or in another case, does not', () => {
  const before = held('a', 1, { version: 2, awaitedSince: nine - 1000 })
  const other = held('b', 1, { awaitedSince: nine + 1000 })
  expect(after(reset(held('a', 1)), closing, queue(before, other)).closing?.id).toBe('a')
})

test('the fix that helped, or is being tried, is offered first', () => {
  const rung = (fix: string, result?: 'no_help' | 'helped') => ({
    fix,
    title: fix,
    resultText: '',
    ...(result && { result }),
  })
  const ladder = (rungs: ReturnType<typeof rung>[]): CaseDetail => ({
    line: held('a', 1),
    brief: { alternatives: [] },
    ladder: { symptom: { id: 's', title: 's' }, rungs, next: [], ruledOut: [] },
    incidents: [],
    history: [],
  })
  const order = (...rungs: ReturnType<typeof rung>[]) =>
    whatFixed(ladder(rungs)).map(({ fix }) => fix)
  expect(order(rung('x', 'no_help'), rung('y', 'helped'), rung('z', 'no_help'))).toEqual([
    'y',
    'x',
    'z',
  ])
  expect(order(rung('x', 'no_help'), rung('y'))).toEqual(['y', 'x'])
  expect(order(rung('x', 'no_help'))).toEqual(['x'])
  expect(whatFixed(undefined)).toEqual([])
})
