import { createForeignNames } from '../../knowledge/matching/foreign-names'
import { normalise } from '../../knowledge/matching/normalise'

const foreign = createForeignNames([
  {
    kind: 'services',
    names: ['Google', 'Google Photos', 'Dropbox', 'Google Photos for TV'],
    hint: false,
  },
  { kind: 'ways', names: ['WhatsApp', 'Gmail', "Sam's Mail"], hint: true },
])
const namesIn = (text: string) => foreign.namesIn(normalise(text))
const without = (text: string) => foreign.without(normalise(text))

test.each([
  ['my google photos are gone', ['google photos']],
  ['google ate my photos', ['google']],
  ['google photos for tv', ['google photos for tv']],
  // As much of the longest name as is there.
  ['google photos for my tv', ['google photos']],
  ['google google photos', ['google', 'google photos']],
  ['DROPBOX or Dropbox', ['dropbox']],
  ['nothing of theirs', []],
  ['', []],
])('of names that begin alike, the longest counts: "%s"', (text, names) => {
  expect(namesIn(text)).toEqual({ names, hints: [] })
})

test('hints are told apart from names', () => {
  expect(namesIn('the gmail invite for my dropbox')).toEqual({
    names: ['dropbox'],
    hints: ['gmail'],
  })
})

test('a name is whole words only', () => {
  expect(namesIn('googles dropboxed whatsapper')).toEqual({ names: [], hints: [] })
})

test('a name ends where a clause does', () => {
  expect(namesIn('i left google, photos are gone').names).toEqual(['google'])
})

test('names are written as messages are: lower case, no apostrophes', () => {
  expect(namesIn('it came by SAM’S mail').hints).toEqual(['sams mail'])
})

test.each([
  ['my google photos are gone', 'my are gone'],
  ['it came by whatsapp', 'it came by'],
  ['whatsapp', ''],
  ['an album, and more', 'an album , and more'],
])('"%s" without them is "%s"', (text, rest) => {
  expect(without(text)).toBe(rest)
})

test('without any names, none is found and nothing is taken out', () => {
  const none = createForeignNames([])
  expect(none.namesIn('google photos')).toEqual({ names: [], hints: [] })
  expect(none.without('google photos')).toBe('google photos')
})
