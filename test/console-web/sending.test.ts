import type { Action } from '../../web/console/state/actions'
import type { Agent } from '../../web/console/state/contract'
import { nextToSend, type Pending } from '../../web/console/state/outbox'
import { canSend, start, type State } from '../../web/console/state/state'
import { after, held, maria, message, nine, reset, rowsOf, said } from './sample'

/** What an agent sends is there at once, and is the log's once the log shows it. */

const pending = (key: string, text: string, more: Partial<Pending> = {}): Action => ({
  type: 'send',
  id: 'a',
  pending: { key, kind: 'answer', text, at: 0, after: 1, status: 'sending', ...more },
})
const draft: Action = { type: 'draft', id: 'a', mode: 'reply', text: 'half a sen' }
const greeting = (agent: Agent): Action =>
  message({
    type: 'hello',
    now: nine,
    agent,
    desk: {},
    pack: { title: '', version: '' },
    canned: [],
    symptoms: [],
  })
const first = [reset(held('a', 1)), rowsOf('a', said(1, 'person', 'ok'))]
const onItsWay = (state: State): string[] =>
  (state.outbox['a'] ?? []).map(({ key, status }) => `${key} ${status}`)

test('it waits until the log shows it, whichever of answer and log comes first', () => {
  const sent = [...first, pending('k1', 'Hello')]
  const accepted: Action = { type: 'accepted', id: 'a', key: 'k1' }
  const shown = rowsOf('a', said(2, 'agent', 'Hello'))
  expect(onItsWay(after(...sent))).toEqual(['k1 sending'])
  expect(onItsWay(after(...sent, accepted))).toEqual(['k1 accepted'])
  expect(onItsWay(after(...sent, accepted, shown))).toEqual([])
  expect(onItsWay(after(...sent, shown, accepted))).toEqual([])
})

test('the same words twice are two lines', () => {
  const twice = [...first, pending('k1', 'ok'), pending('k2', 'ok')]
  const state = after(...twice, rowsOf('a', said(2, 'agent', 'ok')))
  expect(onItsWay(state)).toEqual(['k2 sending'])
  expect(onItsWay(after(...twice, rowsOf('a', said(2, 'agent', 'ok', { key: 'k2' }))))).toEqual([
    'k1 sending',
  ])
})

test('neither words of the person, of a colleague, nor earlier ones of ours are taken for it', () => {
  const state = after(
    ...first,
    pending('k1', 'ok'),
    rowsOf('a', said(1, 'agent', 'ok')),
    rowsOf('a', said(2, 'person', 'ok'), said(3, 'agent', 'ok', { name: 'Omar' })),
    rowsOf('a', said(4, 'note', 'ok')),
  )
  expect(onItsWay(state)).toEqual(['k1 sending'])
})

test('a note is settled by the note, a fix by its card', () => {
  const card = { fix: 'restart', title: 'Restart', number: 1, minutes: 3, steps: [], question: '?' }
  const state = after(
    ...first,
    pending('k1', 'look', { kind: 'note' }),
    pending('k2', 'Restart', { kind: 'fix', fix: 'restart' }),
    rowsOf('a', said(2, 'note', 'look'), said(3, 'bot', 'Restart …', { rung: card })),
  )
  expect(onItsWay(state)).toEqual([])
})

test('a refused line stays with its reason, lets the next one pass, and can go again under its key', () => {
  const refused: Action = { type: 'refused', id: 'a', key: 'k1', message: 'Omar has this case.' }
  const state = after(...first, pending('k1', 'one'), pending('k2', 'two'), refused)
  expect(onItsWay(state)).toEqual(['k1 failed', 'k2 sending'])
  expect(state.outbox['a']?.[0]?.problem).toBe('Omar has this case.')
  expect(nextToSend(state.outbox, 'a')?.key).toBe('k2')
  const again = after(...first, pending('k1', 'one'), refused, {
    type: 'again',
    id: 'a',
    key: 'k1',
  })
  expect(nextToSend(again.outbox, 'a')?.key).toBe('k1')
  const gone = after(...first, pending('k1', 'one'), refused, {
    type: 'discard',
    id: 'a',
    key: 'k1',
  })
  expect(gone.outbox).toEqual({})
})

test('nothing goes out before the connection has said as whom, nor while it is lost', () => {
  const lost: Action = { type: 'connection', connection: 'lost' }
  expect(canSend(after())).toBe(false)
  expect(canSend(after(greeting(maria)))).toBe(true)
  expect(canSend(after(greeting(maria), lost))).toBe(false)
})

test('a connection that greets another agent leaves nothing of the one before', () => {
  const sent = [...first, pending('k1', 'one'), draft]
  expect(onItsWay(after(...sent, greeting(maria)))).toEqual(['k1 sending'])
  const other = after(...sent, greeting({ ...maria, id: 'a-omar', name: 'Omar' }))
  expect(other).toEqual(start(nine))
})

test('signing out on purpose leaves nothing', () => {
  expect(after(...first, pending('k1', 'one'), draft, { type: 'forget' })).toEqual(start(nine))
})

test('lines go one after another', () => {
  const state = after(...first, pending('k1', 'one'), pending('k2', 'two'))
  expect(nextToSend(state.outbox, 'a')?.key).toBe('k1')
})

test('what is on its way outlives a lost connection and a new sign-in of the same person, not of another', () => {
  const signIn = { kind: 'password' } as const
  const again = (name: string, isSame: boolean): Action => ({
    type: 'signed-in',
    agent: { id: name, name, role: 'agent' },
    signIn,
    isSame,
  })
  const out: Action = { type: 'session', session: { kind: 'out', signIn, hasAgents: true } }
  const sent = [...first, pending('k1', 'one'), out]
  expect(onItsWay(after(...sent, again('Maria', true)))).toEqual(['k1 sending'])
  const other = after(...sent, again('Omar', false))
  expect(other.outbox).toEqual({})
  expect(other.threads).toEqual({})
})
