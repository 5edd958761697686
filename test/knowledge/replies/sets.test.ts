import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { learnReplies } from '../../../knowledge/replies/guess'
import { learntFile, printIn, readLearnt, writeLearnt } from '../../../knowledge/replies/learnt'
import { lessonsOf } from '../../../knowledge/replies/lessons'
import { inPlain } from '../../../knowledge/replies/plain'
import { readSamples, readSets } from '../../../knowledge/replies/samples'
import { score } from '../../../knowledge/replies/score'
import { printOf } from '../../../scripts/replies-print'
import { asReport } from '../../../scripts/replies-report'

/** Learning takes some seconds on a busy machine. */
jest.setTimeout(60_000)

const training = readSets(join(__dirname, 'training')).flatMap(({ samples }) => samples)
const unseen = readSamples(join(__dirname, 'unseen.jsonl'))

test('the table was learnt from the training replies as they are; else run: npm run replies:learn', () => {
  const made = printOf(lessonsOf(training), join(__dirname, '../../..'))
  expect(printIn(readFileSync(learntFile)).toString('hex')).toBe(made.toString('hex'))
})

test('what was learnt is read from a file as it was written', () => {
  const learnt = learnReplies(lessonsOf(training.slice(0, 50)))
  const print = Buffer.alloc(32, 7)
  const bytes = writeLearnt(learnt, print)
  const read = readLearnt(bytes)
  expect(printIn(bytes)).toEqual(print)
  expect(read.features.table.hashes).toEqual(learnt.features.table.hashes)
  expect(read.features.idf).toEqual(learnt.features.idf)
  expect(read.marks.hashes).toEqual(learnt.marks.hashes)
  expect(read.weights.senses).toEqual(learnt.weights.senses)
  // Weights are kept in steps.
  const largest = (values: Float32Array) =>
    values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const differences = learnt.weights.features.map(
    (value, at) => value - (read.weights.features[at] ?? Infinity),
  )
  expect(largest(differences)).toBeLessThanOrEqual(largest(learnt.weights.features) / 254 + 1e-6)
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
