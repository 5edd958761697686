import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { createReader, trainReader, type Trained } from '../../knowledge/matching'
import { loadPack, type Pack } from '../../knowledge/pack'
import { writeSmallPack } from '../house/small-pack'

let folder: string
let pack: Pack
let real: Pack
let trained: Trained

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fixladder-trained-'))
  pack = await loadPack(writeSmallPack(folder))
  real = await loadPack('knowledge/packs/icloud-photo-sharing')
  trained = trainReader(pack)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A hundred labelled phrases, spread over those of all symptoms and of none. */
const phrases = () => {
  const every = Math.floor(real.phrases.length / 100)
  return real.phrases.filter((_, at) => at % every === 0).slice(0, 100)
}

test.each([
  ['handed over by a worker', (each: Trained) => structuredClone(each)],
  ['kept in a file', (each: Trained) => deserialize(serialize(each)) as Trained],
])('what was learnt reads the same when it was %s', (_, copied) => {
  const before = createReader(pack, trained)
  const after = createReader(structuredClone(pack), copied(trained))
  expect(phrases()).toHaveLength(100)
  for (const { text } of phrases()) expect(after.read(text)).toEqual(before.read(text))
  // They are worth comparing: some mean something of the small pack, and some nothing of it.
  expect(new Set(phrases().map(({ text }) => before.read(text).kind)).size).toBeGreaterThan(2)
})

test('the same pack gives the same, however often it is learnt', () => {
  expect(trainReader(pack)).toEqual(trained)
})

test('every phrase of the pack teaches, and none that tests it', () => {
  const taught = new Set(trained.phrases.map(({ text }) => text))
  for (const { title, choice, phrases: own, unlike } of pack.symptoms.values())
    for (const text of [title, choice, ...own, ...unlike.map((each) => each.text)])
      expect(taught).toContain(text)
  for (const { phrases: own } of pack.offTopic.topics)
    for (const text of own) expect(taught).toContain(text)
  const tests = [...pack.phrases, ...pack.development].filter(({ text }) => taught.has(text))
  expect(tests).toEqual([])
})

test('reading changes nothing of what was learnt', () => {
  const before = structuredClone(trained)
  const reader = createReader(pack, trained)
  for (const { text } of phrases()) reader.read(text)
  expect(trained).toEqual(before)
})
