import {
  commonest,
  createBeliefs,
  createReader,
  find,
  type Found,
  type Pack,
  type Reader,
} from '../../knowledge'
import { loadFirstPack } from '../first-pack'

let pack: Pack
let reader: Reader
beforeAll(async () => {
  pack = await loadFirstPack()
  reader = createReader(pack)
})

const named = (found: readonly Found[]) =>
  found.map((each) => (each.kind === 'fix' ? `fix ${each.fix.id}` : each.symptom.id))
const found = (text: string) => named(find(text, { pack, reader }).found)

test.each([
  ['waiting for photos', 'stuck-updating-waiting'],
  ['cant uplod to shared albm', 'cannot-add-photos'],
  ['wait', 'stuck-updating-waiting'],
  ['wai', 'stuck-updating-waiting'],
  ['vpn', 'fix vpn-off'],
  ['turn of vpn', 'fix vpn-off'],
  ['vpn mac', 'fix vpn-off'],
  ['i turned off the vpn', 'fix vpn-off'],
  ['restrat the devise', 'fix restart'],
  ['reset network', 'fix reset-network-settings'],
  // Sure of what is wrong, whatever title is like it.
  ['low power', 'battery-low-power'],
  // A word that many titles have names none of them.
  ['photos', 'own-photos-not-syncing'],
])('"%s" finds %s first', (text, first) => {
  expect(found(text)[0]).toBe(first)
})

test('a sure symptom brings the first five fixes of its ladder', () => {
  expect(found('waiting for photos')).toEqual([
    'stuck-updating-waiting',
    'fix internet',
    'fix low-power-mode',
    'fix keep-photos-open',
    'fix check-system-status',
    'fix reopen-photos',
  ])
})

test('what cannot help at the moment is not among them', () => {
  const { found: left } = find('waiting for photos', { pack, reader }, () => ({
    pointless: new Set(['internet', 'reopen-photos']),
  }))
  expect(named(left)).not.toContain('fix internet')
  expect(left).toHaveLength(6)
})

test.each(['', 'mac', 'cat food recipes', 'outlook calendar', '???'])(
  '"%s" finds nothing',
  (text) => {
    expect(found(text)).toEqual([])
  },
)

test('nothing is found twice', () => {
  for (const text of ['album', 'photos', 'low power', 'how do i leave an album'])
    expect(new Set(found(text)).size).toBe(found(text).length)
})

test('the commonest symptoms are those with most cases, then the examples', () => {
  const ids = (symptoms: ReturnType<typeof commonest>) => symptoms.map(({ id }) => id)
  const examples = pack.info.examples.map((text) => reader.read(text).matches[0]?.id)
  expect(ids(commonest({ pack, reader })).slice(0, 3)).toEqual(examples)
  const beliefs = createBeliefs([
    {
      ...{ symptom: 'video-problem', fix: 'trim-video', family: 'ios' },
      ...{ helped: 3, failed: 1, open: 0, expected: 0 },
    },
  ])
  expect(ids(commonest({ pack, reader }, beliefs)).slice(0, 4)).toEqual([
    'video-problem',
    ...examples,
  ])
})
