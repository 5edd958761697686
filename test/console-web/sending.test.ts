import { say } from '../../dialogs/words'
import type { Action } from '../../web/console/state/actions'
import type { Agent } from '../../web/console/state/contract'
import { nextToSend, type Pending } from '../../web/console/state/outbox'
import { reduce } from '../../web/console/state/reduce'
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

describe('a fix that the bot does not send', () => {
  const title = 'Check the album settings'
  const fix = (key: string, more: Partial<Pending> = {}) =>
    pending(key, title, { kind: 'fix', fix: 'settings', status: 'accepted', ...more })
  const told = (seq: number, text: string) =>
    rowsOf('a', said(seq, 'note', text, { name: 'Fixladder' }))

  test.each([
    say.fixNeeds(title, 'album'),
    say.fixIsNotFor(title),
    say.fixWithoutLadder,
    'The bot could not answer here; the log of the server says why.',
  ])('is not sent, and says why: %s', (why) => {
    const state = after(...first, fix('k1'), told(2, why))
    expect(state.outbox['a']).toMatchObject([{ key: 'k1', status: 'failed', problem: why }])
  })

  test('stays unsent when the log is quicker than the answer to it', () => {
    const why = say.fixIsNotFor(title)
    const answered: Action = { type: 'accepted', id: 'a', key: 'k1' }
    const state = after(...first, fix('k1', { status: 'sending' }), told(2, why), answered)
    expect(onItsWay(state)).toEqual(['k1 failed'])
    const chosen = reduce(state, { type: 'select', id: 'a' })
    const open = reduce(chosen, { type: 'connection', connection: 'open' })
    expect(onItsWay(reduce(open, { type: 'shown', id: 'a', key: 'k1' }))).toEqual(['k1 failed'])
  })

  test('is the one that is named, and no other is touched', () => {
    const other = pending('k0', 'Restart', { kind: 'fix', fix: 'restart', status: 'accepted' })
    const state = after(...first, other, fix('k1'), told(2, say.fixIsNotFor(title)))
    expect(onItsWay(state)).toEqual(['k0 accepted', 'k1 failed'])
  })

  test.each([
    ['about a mark', told(2, say.notMarked)],
    ['from before', told(1, say.fixIsNotFor(title))],
    ['by a colleague', rowsOf('a', said(2, 'note', say.fixIsNotFor(title)))],
    [
      'by one who is called like the bot',
      rowsOf('a', said(2, 'note', 'not sent', { name: 'Fixladder', key: 'k9' })),
    ],
  ])('is none because of a note %s', (_what, note) => {
    expect(onItsWay(after(...first, fix('k1'), note))).toEqual(['k1 accepted'])
  })

  test('can be pressed again, and is there once', () => {
    const refused = [...first, fix('k1'), told(2, say.fixIsNotFor(title))]
    const again = after(...refused, fix('k2', { after: 2 }))
    expect(onItsWay(again)).toEqual(['k2 accepted'])
    const rung = { fix: 'settings', title, number: 1, minutes: 1, steps: [], question: '?' }
    expect(onItsWay(after(...refused, rowsOf('a', said(3, 'agent', title, { rung }))))).toEqual([])
  })
})
