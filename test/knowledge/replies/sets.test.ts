import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { learnReplies } from '../../../knowledge/replies/guess'
import { learntFile, loadLearnt, readLearnt, writeLearnt } from '../../../knowledge/replies/learnt'
import { lessonsOf } from '../../../knowledge/replies/lessons'
import { inPlain } from '../../../knowledge/replies/plain'
import { readSamples, readSets } from '../../../knowledge/replies/samples'
import { score } from '../../../knowledge/replies/score'
import { asReport } from '../../../scripts/replies-report'

/** Learning takes some seconds on a busy machine. */
jest.setTimeout(60_000)

const training = readSets(join(__dirname, 'training')).flatMap(({ samples }) => samples)
const unseen = readSamples(join(__dirname, 'unseen.jsonl'))

test('the table holds what the training replies teach; else run: npm run replies:learn', () => {
  const kept = loadLearnt()
  const made = readLearnt(writeLearnt(learnReplies(lessonsOf(training))))
  expect(made.features.table.hashes).toEqual(kept.features.table.hashes)
  expect(made.marks.hashes).toEqual(kept.marks.hashes)
  // The last digit of an exponential may differ between engines, and with it a weight by a step.
  const largest = (values: Float32Array) =>
    values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const differences = made.weights.features.map(
    (value, at) => value - (kept.weights.features[at] ?? Infinity),
  )
  const step = largest(kept.weights.features) / 127
  expect(largest(differences)).toBeLessThan(1.5 * step)
})

test('no two training replies are the same and mean something else', () => {
  const means = new Map<string, string>()
  const disagree = training.filter(({ text, kind, label }) => {
    const reply = `${kind}: ${inPlain(text)}${text.includes('?') ? '?' : ''}`
    const known = means.get(reply) ?? label
    means.set(reply, known)
    return known !== label
  })
  expect(disagree).toEqual([])
})

test('the unseen replies are understood, and wrong ones are doubted', () => {
  const result = score(unseen)
  // The report is the message when it fails; by itself: npm run understand -- --measure FILE
  expect(result.accuracy >= FLOOR ? 'good enough' : asReport(result, false)).toBe('good enough')
  const sure = result.replies.filter(({ confidence }) => confidence >= 0.9)
  expect(sure.filter(({ isRight }) => isRight).length / sure.length).toBeGreaterThan(0.95)
})

/** Somewhat below what was measured, so that a new rule may cost a reply of the set and still be right. */
const FLOOR = 0.95

test('another file is refused', () => {
  expect(() => readLearnt(Buffer.from('something else'))).toThrow('npm run replies:learn')
  expect(readFileSync(learntFile).toString('latin1', 0, 4)).toBe('FXRL')
})
