import { affects, pointlessDuring, type Pack } from '../../knowledge'
import { ladderPack } from './ladder-pack'

/** A ladder of three fixes, and what incidents make of it. */
const plain = ladderPack([
  { id: 'restart', chance: 0.3 },
  { id: 'reopen', chance: 0.2 },
  { id: 'elsewhere', chance: 0.3, workaround: true },
])
const packWith = (incidents: Pack['info']['incidents']): Pack => ({
  ...plain,
  info: { ...plain.info, incidents },
})
const trouble = plain.symptoms.get('trouble')
const pack = packWith({
  outage: { title: 'it all', helps: ['elsewhere'] },
  named: { title: 'this', symptoms: ['trouble'], helps: ['reopen', 'elsewhere'] },
  other: { title: 'something else', symptoms: ['another'], helps: [] },
})

test('a pack without incidents has none', () => {
  expect(plain.info.incidents).toEqual({})
  expect(affects('outage', trouble, plain)).toBe(false)
  expect(pointlessDuring(['outage'], trouble, plain)).toEqual(new Set())
})

test.each([
  ['outage', true],
  ['named', true],
  ['other', false],
  ['unknown', false],
  ['constructor', false],
])('%s explains the trouble: %s', (name, isAffected) => {
  expect(affects(name, trouble, pack)).toBe(isAffected)
})

test('an answer is explained only by an incident that names it', () => {
  const answer = { ...trouble, id: 'answer', kind: 'answer' } as unknown as typeof trouble
  expect(affects('outage', answer, pack)).toBe(false)
  const naming = packWith({ outage: { title: 'it all', symptoms: ['answer'], helps: [] } })
  expect(affects('outage', answer, naming)).toBe(true)
  expect(pointlessDuring(['outage'], answer, naming)).toEqual(new Set())
})

test('only what every running incident lets through is left', () => {
  expect(pointlessDuring([], trouble, pack)).toEqual(new Set())
  expect(pointlessDuring(['other'], trouble, pack)).toEqual(new Set())
  expect(pointlessDuring(['named'], trouble, pack)).toEqual(new Set(['restart']))
  expect(pointlessDuring(['named', 'outage'], trouble, pack)).toEqual(
    new Set(['restart', 'reopen']),
  )
})
