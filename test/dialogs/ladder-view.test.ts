import { caseView, freshState, type BotState } from '../../dialogs'
import { createReader, type Pack } from '../../knowledge'
import { loadFirstPack } from '../first-pack'

/** The case as an agent sees it, from the bot's state alone. */

let pack: Pack
beforeAll(async () => {
  pack = await loadFirstPack()
  createReader(pack)
})

const view = (state: BotState, incidents: Parameters<typeof caseView>[2]['incidents'] = []) =>
  caseView(state, pack, { incidents })

const withCase = (change: Partial<BotState> = {}): BotState => ({
  ...freshState,
  case: {
    id: 'c',
    symptom: 'cannot-add-photos',
    confidence: 0.9,
    alternatives: [
      { symptom: 'cannot-invite-people', confidence: 0.04 },
      { symptom: 'long-gone', confidence: 0.02 },
    ],
    ladder: {
      symptom: 'cannot-add-photos',
      packVersion: pack.info.version,
      rungs: [{ fix: 'subscribers-can-post', result: 'no_help' }, { fix: 'shared-albums-on' }],
      consents: [],
    },
  },
  facts: { device: 'iphone', system: '18', role: 'member', tried: ['restart'] },
  ...change,
})

test('nothing is known of somebody who asked for a person at once', () => {
  expect(view(freshState)).toEqual({ alternatives: [], incidents: [] })
})

test('rungs stand in their order with results, what was tried before comes first, and what is left is ranked', () => {
  const { symptom, alternatives, device, role, ladder } = view(withCase())
  expect(symptom).toMatchObject({ id: 'cannot-add-photos', confidence: 0.9 })
  // An entry that the pack no longer has is not shown by its id.
  expect(alternatives.map(({ id }) => id)).toEqual(['cannot-invite-people'])
  expect([device, role]).toEqual(['iPhone with iOS 18', 'member'])
  expect(ladder?.rungs.map(({ fix, resultText }) => [fix, resultText])).toEqual([
    ['restart', 'tried before'],
    ['subscribers-can-post', 'no help'],
    ['shared-albums-on', 'not answered'],
  ])
  const next = ladder?.next.map(({ fix }) => fix) ?? []
  expect(next.length).toBeGreaterThan(2)
  for (const shown of ['restart', 'subscribers-can-post', 'shared-albums-on'])
    expect(next).not.toContain(shown)
})

test('what known facts rule out is named with the reason, and is not among what may be sent', () => {
  const { ladder } = view(withCase({ facts: { device: 'windows', role: 'member' } }))
  const out = new Map(ladder?.ruledOut.map(({ fix, why }) => [fix, why]))
  expect(out.get('low-power-mode') ?? out.get('check-screen-time')).toMatch(/device/)
  for (const { fix } of ladder?.next ?? []) expect(out.has(fix)).toBe(false)
})

test('an incident that explains the trouble is told, and what cannot help meanwhile is ruled out by it', () => {
  const incident = { id: 'i', name: 'icloud-photos', text: 'Apple works on it.', startedAt: 5 }
  const { incidents, ladder } = view(withCase(), [incident])
  expect(incidents).toEqual([{ title: 'iCloud Photos', text: 'Apple works on it.', since: 5 }])
  expect(ladder?.ruledOut.map(({ why }) => why)).toContain("can't help while the incident lasts")
  expect(ladder?.next.map(({ fix }) => fix)).toContain('share-another-way')
  const other = { ...incident, name: 'nobody-knows' }
  expect(view(withCase(), [other]).incidents).toEqual([])
  expect(view(freshState, [incident]).incidents).toHaveLength(1)
})

test('a case that was closed is still seen, until there is another', () => {
  const { case: open, ...rest } = withCase()
  if (!open) throw new Error('no case')
  const closed = { ...open, closedAt: 1, outcome: 'solved' as const }
  expect(view({ ...rest, closed }).symptom?.id).toBe('cannot-add-photos')
})
