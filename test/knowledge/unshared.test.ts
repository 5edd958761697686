import { findUnshared } from '../../knowledge/matching'
import { loadPack, type Pack } from '../../knowledge/pack'

let isUnshared: ReturnType<typeof findUnshared>
let real: Pack

/** The first pack with two small symptoms of its own phrases in place of all others. */
beforeAll(async () => {
  real = await loadPack('knowledge/packs/icloud-photo-sharing')
  const [one, other] = [...real.symptoms.values()]
  const lake = {
    ...one!,
    id: 'lake',
    title: 'The lake is frozen',
    choice: 'Frozen lake',
    phrases: ['skating photos uploading'],
    unlike: [{ text: 'a thawing bridge', means: 'hill' }, { text: 'a nameless rattle' }],
  }
  const hill = {
    ...other!,
    id: 'hill',
    title: 'The hill is steep',
    choice: 'Steep hill',
    phrases: ['climbing'],
    unlike: [],
  }
  const symptoms = new Map([lake, hill].map((symptom) => [symptom.id, symptom]))
  isUnshared = findUnshared({
    ...real,
    info: { ...real.info, synonyms: { photos: ['snaps'] } },
    symptoms,
  })
})

test.each([
  ['a rink of glass', 'lake', true],
  ['my skating', 'lake', false],
  // Endings do not make another word, nor do synonyms.
  ['it uploads', 'lake', false],
  ['my snaps', 'lake', false],
  // Titles and choices teach too.
  ['frozen solid', 'lake', false],
  ['so steep', 'hill', false],
  // Words of another symptom are not shared.
  ['skating up there', 'hill', true],
  // A phrase that sounds like one symptom and means another teaches the other.
  ['the bridge', 'hill', false],
  ['the bridge', 'lake', true],
  ['what a rattle', 'lake', true],
  // Small words and numbers say nothing.
  ['the is a', 'lake', true],
  ['17 is the 26', 'lake', true],
])('"%s" for %s: %s', (text, means, expected) => {
  expect(isUnshared({ text, means })).toBe(expected)
})

test('what means none of ours is never counted', () => {
  expect(isUnshared({ text: 'a rink of glass', means: 'none' })).toBe(false)
})

test('a third of the first pack’s test are such phrases', () => {
  const find = findUnshared(real)
  const ours = real.phrases.filter(({ means }) => means !== 'none')
  const share = ours.filter(find).length / ours.length
  expect(share).toBeGreaterThan(1 / 3)
  expect(share).toBeLessThan(0.5)
})
