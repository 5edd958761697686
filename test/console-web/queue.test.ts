import type { Action } from '../../web/console/state/actions'
import type { CaseLine } from '../../web/console/state/contract'
import { rowBrief } from '../../web/console/state/row-brief'
import { countsOf, neighbour, sectionsOf, urgencyOf } from '../../web/console/state/queue'
import { reduce } from '../../web/console/state/reduce'
import type { State } from '../../web/console/state/state'
import { after, held, line, message, minute, nine, queue, reset } from './sample'

/** Who stands where in the queue. */

const shown = (state: State): string[] =>
  sectionsOf(state).flatMap(({ title, lines }) => [
    ...(title ? [`- ${title}`] : []),
    ...lines.map(({ id }) => id),
  ])
const tab = (name: 'mine' | 'waiting' | 'all'): Action => ({ type: 'tab', tab: name })

const omar = { id: 'a-omar', name: 'Omar' }
const morning = [
  line('short', 1),
  line('long', 7),
  line('night', 540, { replyTo: 'night@example.org', isHere: false }),
  held('answered', 30),
  held('asks', 20, { awaitedSince: nine - minute }),
  held('asks longer', 10, { awaitedSince: nine - 4 * minute }),
  held('his', 12, { agent: omar }),
  line('done', 50, { state: 'closed', endedAt: nine - 20 * minute }),
  line('done later', 50, { state: 'helped', endedAt: nine - 2 * minute }),
]

test('the longest wait comes first; who has gone and left an address comes after those who are here', () => {
  expect(shown(after(reset(...morning)))).toEqual(['long', 'short', '- elsewhere', 'night'])
})

test('of my cases those that need an answer come first, the longest wait before the others', () => {
  expect(shown(after(reset(...morning), tab('mine')))).toEqual(['asks longer', 'asks', 'answered'])
})

test('all cases stand under what they are', () => {
  expect(shown(after(reset(...morning), tab('all')))).toEqual([
    ...['- waiting', 'long', 'short'],
    ...['- held', 'asks longer', 'asks', 'answered', 'his'],
    ...['- elsewhere', 'night'],
    ...['- ended', 'done later', 'done'],
  ])
})

test('counts leave out what has ended', () => {
  expect(countsOf(after(reset(...morning)))).toEqual({ mine: 3, waiting: 3, all: 7 })
})

test.each([
  [1.9, 'calm'],
  [2, 'late'],
  [4.9, 'late'],
  [5, 'overdue'],
])('a wait of %d minutes is %s', (waited, urgency) => {
  expect(urgencyOf(line('a', waited), nine)).toBe(urgency)
  expect(urgencyOf(held('a', 60, { awaitedSince: nine - waited * minute }), nine)).toBe(urgency)
})

test('nobody is late who does not wait in the chat', () => {
  expect(urgencyOf(line('a', 60, { replyTo: '1', isHere: false }), nine)).toBe('calm')
  expect(urgencyOf(line('a', 60, { replyTo: '1', isHere: true }), nine)).toBe('overdue')
  expect(urgencyOf(held('a', 60), nine)).toBe('calm')
})

test('a search looks at names, devices, symptoms and last words, and adds what the server found', () => {
  const anna = line('anna', 3, { person: 'Anna Lind', device: 'iPhone' })
  const ben = line('ben', 4, { person: 'Ben', lastWords: 'like Anna said' })
  const old = line('old', 900, { person: 'Anna Old', state: 'closed', endedAt: nine - 800 })
  const search: Action = { type: 'search', search: 'anna' }
  const found: Action = { type: 'found', search: 'anna', cases: [old, { ...anna, endedAt: 1 }] }
  expect(shown(after(reset(anna, ben), search, found))).toEqual(['ben', 'anna', '- ended', 'old'])
  expect(shown(after(reset(anna, ben), { type: 'search', search: 'iphone lind' }))).toEqual([
    'anna',
  ])
  const late: Action = { type: 'found', search: 'ann', cases: [old] }
  expect(shown(after(reset(anna), search, late))).toEqual(['anna'])
})

test('an older line never overwrites a newer one; a vanished one goes', () => {
  const state = after(
    reset(line('a', 1, { version: 3 })),
    queue(line('a', 1, { version: 2, person: 'old' })),
  )
  expect(state.cases['a']?.person).toBe('a')
  const gone = reduce(state, message({ type: 'queue', cases: [], gone: ['a'] }))
  expect(gone.cases).toEqual({})
})

test('after a lost connection the queue is what the server says, and what was open stays open', () => {
  const state = after(
    reset(line('a', 1), line('b', 2)),
    { type: 'select', id: 'b' },
    { type: 'draft', id: 'b', mode: 'reply', text: 'Hello' },
    { type: 'connection', connection: 'lost' },
    reset(line('b', 2), line('c', 3)),
  )
  expect(Object.keys(state.cases)).toEqual(['b', 'c'])
  expect(state.view.selected).toBe('b')
  expect(state.drafts).toEqual({ 'reply b': 'Hello' })
})

describe('going on to the next case', () => {
  const three = reset(line('a', 9), line('b', 8), line('c', 7))
  const from = (id: string): State => after(three, { type: 'select', id })

  test('goes down and up, and stays at the ends', () => {
    expect(neighbour(from('b'), 1)).toBe('c')
    expect(neighbour(from('b'), -1)).toBe('a')
    expect(neighbour(from('c'), 1)).toBe('c')
    expect(neighbour(from('a'), -1)).toBe('a')
  })

  test('begins at the top', () => expect(neighbour(after(three), 1)).toBe('a'))

  test('from a case that has left the list, takes the one in its place', () => {
    const left = reduce(from('b'), queue(line('b', 8, { version: 2, state: 'closed' })))
    expect(neighbour(left, 1)).toBe('c')
    expect(neighbour(left, -1)).toBe('a')
  })

  test('in an empty list there is none', () => expect(neighbour(after(reset()), 1)).toBeUndefined())
})

test.each<[string, Partial<CaseLine>]>([
  ['Stuck on waiting · iPhone · “was off already”', { lastWords: 'was off already' }],
  ['Stuck on waiting · iPhone', { lastWords: 'iphone' }],
  ['Stuck on waiting · iPhone · anna@example.org', { replyTo: 'anna@example.org', isHere: false }],
  ['“my storage is full” · iPhone', { symptom: undefined, lastWords: 'my storage is full' }],
  ['asked for a person', { symptom: undefined, device: undefined }],
])('a row says first what tells it from the others: %s', (brief, more) => {
  const symptom = { id: 's', title: 'Photos are stuck', short: 'Stuck on waiting' }
  expect(rowBrief(line('anna', 1, { symptom, device: 'iPhone with iOS 18', ...more }))).toBe(brief)
})
