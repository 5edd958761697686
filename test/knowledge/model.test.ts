import fc from 'fast-check'
import {
  calibrate,
  confidenceOf,
  usualCalibration,
  type Evidence,
  type HeldOut,
} from '../../knowledge/matching/calibration'
import { createFeatures, learnFeatures } from '../../knowledge/matching/features'
import { createRank } from '../../knowledge/matching/rank'
import { train, type Lesson } from '../../knowledge/matching/train'
import { createScorer, trainScorer } from '../../knowledge/matching/scorer'
import { verdictOf } from '../../knowledge/matching/verdict'
import { createRanker, loadEnglish, trainModel, type Example } from '../../knowledge/matching'

const english = loadEnglish()

/** Six things that may be the matter with a house, and what is none of them. */
const things = {
  door: 'door hinge handle lock key',
  lamp: 'lamp bulb socket switch dark',
  tap: 'tap sink drip water pipe',
  oven: 'oven heat bake stove burner',
  roof: 'roof tile leak rain gutter',
  garden: 'garden lawn weed hedge flower',
} as const
const none = 'football election guitar passport dentist'
const frames = [
  'the A is broken',
  'my A and B stopped',
  'A will not work',
  'something is wrong with the A',
  'please mend the B',
  'A makes a noise beside the B',
  'trouble with B and A',
  'how do i replace the A',
]

/** Ten phrases and more of each, made of its words by turns. */
const phrasesOf = (words: string): string[] => {
  const list = words.split(' ')
  return [...frames, ...frames].map((frame, at) =>
    frame.replace('A', list[at % list.length]!).replace('B', list[(at * 2 + 1) % list.length]!),
  )
}
const ours: readonly Required<Example>[] = Object.entries(things).flatMap(([label, words]) =>
  phrasesOf(words).map((text) => ({ text, label })),
)
const others: readonly Example[] = phrasesOf(none).map((text) => ({ text }))

const labels = Object.keys(things)
const lessons: readonly Lesson[] = [...ours, ...others].map((example) => ({
  words: example.text.split(' '),
  label: 'label' in example ? labels.indexOf(example.label as string) : labels.length,
}))
const task = { entries: labels.length, labels: labels.length + 1, english }

describe('a model of a small task', () => {
  const model = train(lessons, task)
  const rank = createRank(model, english)

  test('is the same whenever it is learnt from the same', () => {
    expect(train(lessons, task)).toEqual(model)
  })

  test('is plain data: a copy ranks the same', () => {
    const copy = createRank(structuredClone(model), english)
    for (const { words } of lessons) expect(copy(words)).toEqual(rank(words))
  })

  test('ranks the phrases it learnt first, and is sure of them', () => {
    for (const { words, label } of lessons.filter((lesson) => lesson.label < labels.length)) {
      const [first] = rank(words).candidates
      expect([words, first?.entry]).toEqual([words, label])
      expect(first?.confidence).toBeGreaterThanOrEqual(model.calibration.sure)
    }
  })

  test('names the phrase it goes by', () => {
    const [first] = rank(['mend', 'the', 'hinge']).candidates
    expect(lessons[first!.phrase]?.label).toBe(first!.entry)
    expect(lessons[first!.phrase]?.words).toContain('hinge')
  })

  test('understands words it never saw by their sense', () => {
    expect(rank(['my', 'shrubs', 'and', 'grass']).candidates[0]?.entry).toBe(5)
  })

  test('takes what is none of ours for off topic, and names its phrase', () => {
    const { offTopic, elsewhere } = rank(['trouble', 'with', 'the', 'guitar'])
    expect(offTopic).toBeGreaterThan(0.5)
    expect(lessons[elsewhere.phrase]?.words).toContain('guitar')
    expect(rank(['trouble', 'with', 'the', 'hinge']).offTopic).toBeLessThan(0.3)
  })

  test('gives at most five candidates, best first, with shares between 0 and 1', () => {
    const word = fc.constantFrom(
      ...new Set(lessons.flatMap(({ words }) => words)),
      'xyzzy',
      '',
      '#',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const { candidates, offTopic, known, elsewhere } = rank(words)
        expect(candidates).toHaveLength(5)
        expect(new Set(candidates.map(({ entry }) => entry)).size).toBe(5)
        for (const share of [offTopic, known, ...candidates.map(({ confidence }) => confidence)]) {
          expect(share).toBeGreaterThanOrEqual(0)
          expect(share).toBeLessThanOrEqual(1)
        }
        expect(elsewhere.likeness).toBeLessThanOrEqual(1.0001)
      }),
    )
  })
})

/** With a phrase that is held out also taught, every answer to it would be right, even where labels are drawn by lot. */
test('what is held out is never learnt from: of labels without a rule nothing is ever sure', () => {
  const random = lessons
    .filter(({ label }) => label < labels.length)
    .map(({ words }, at) => ({
      // Every text once, with a word of its own, and none of them tells the label.
      words: [...words.map((word) => (word.length > 3 ? 'thing' : word)), `number${at}`],
      label: (at * 7) % labels.length,
    }))
  const { calibration } = train(random, { ...task, labels: labels.length })
  expect(calibration.sure).toBe(0.95)
})

test('too few entries to leave any out are given the usual calibration', () => {
  const few = lessons.filter(({ label }) => label < 4)
  expect(train(few, { ...task, entries: 4, labels: 4 }).calibration).toEqual(usualCalibration)
})

describe('a task too large for a table of weights', () => {
  const texts = lessons.map(({ words }) => words)
  const features = createFeatures(learnFeatures(texts), english)
  const samples = lessons.map(({ words, label }) => ({ label, vector: features.vector(words) }))
  const huge = Math.ceil(32_000_001 / features.size)

  test('is scored by the mean of each label, and ranks right', () => {
    const scorer = trainScorer(samples, huge, features.size)
    expect(scorer.kind).toBe('means')
    expect(trainScorer(samples, labels.length + 1, features.size).kind).toBe('linear')
    const score = createScorer(scorer)
    for (const { vector, label } of samples) {
      const chances = score(vector)
      expect(chances.indexOf(Math.max(...chances))).toBe(label)
      expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 3)
    }
  })

  test('ranks the same after a copy', () => {
    const scorer = trainScorer(samples, huge, features.size)
    const copy = createScorer(structuredClone(scorer))
    for (const { vector } of samples.slice(0, 10))
      expect(copy(vector)).toEqual(createScorer(scorer)(vector))
  })
})

describe('confidence', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const cosine = fc.double({ min: -1, max: 1, noNaN: true })
  const evidence: fc.Arbitrary<Evidence> = fc.tuple(share, share, share, cosine)
  const heldOut: fc.Arbitrary<HeldOut> = fc.record({
    evidence,
    right: fc.boolean(),
    isLeftOut: fc.boolean(),
  })

  test('lies between 0 and 1 and grows with each part of the evidence', () => {
    fc.assert(
      fc.property(evidence, fc.nat(3), share, (some, part, more) => {
        const better = some.map((value, at) => (at === part ? value + (1 - value) * more : value))
        const [before, after] = [some, better as unknown as Evidence].map((each) =>
          confidenceOf(usualCalibration, each),
        )
        expect(before).toBeGreaterThan(0)
        expect(after).toBeLessThan(1)
        expect(after).toBeGreaterThanOrEqual(before!)
      }),
    )
  })

  test('is fitted to numbers, whatever was held out', () => {
    fc.assert(
      fc.property(fc.array(heldOut, { maxLength: 60 }), evidence, (cases, some) => {
        const { weights, sure, ask } = calibrate(cases)
        expect(weights.every(Number.isFinite)).toBe(true)
        expect(sure).toBeGreaterThanOrEqual(0.6)
        expect(sure).toBeLessThanOrEqual(0.95)
        expect(ask).toBeGreaterThanOrEqual(0)
        expect(ask).toBeLessThanOrEqual(0.3)
        expect(confidenceOf({ weights }, some)).toBeGreaterThanOrEqual(0)
        expect(confidenceOf({ weights }, some)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test.each([
    ['all right and strong', Array<HeldOut>(2_000).fill(held([1, 1, 1, 1], true))],
    ['all wrong and strong', Array<HeldOut>(2_000).fill(held([1, 1, 1, 1], false))],
    ['all wrong and weak', Array<HeldOut>(2_000).fill(held([0, 0, 0, -1], false))],
    ['all right and weak', Array<HeldOut>(2_000).fill(held([0, 0, 0, -1], true))],
    ['nothing', []],
  ])('is fitted to numbers: %s', (_, cases) => {
    expect(calibrate(cases).weights.every(Number.isFinite)).toBe(true)
  })

  test('where right and wrong are told apart well, less of it is enough', () => {
    const cases = [...spread(100, 0.8, 1, () => true), ...spread(100, 0, 0.1, () => false)]
    expect(calibrate(cases).sure).toBe(0.8)
  })

  test('where it tells nothing, none is enough', () => {
    const cases = spread(200, 0, 1, (at) => at % 2 === 0)
    expect(calibrate(cases).sure).toBe(0.95)
  })

  test('an entry that was left out counts less than a phrase that was read wrongly', () => {
    const good = spread(100, 0.5, 1, () => true)
    const wrong = spread(20, 0.5, 1, () => false)
    const leftOut = wrong.map((each) => ({ ...each, isLeftOut: true }))
    const sureOf = (cases: readonly HeldOut[]) => {
      const calibration = calibrate(cases)
      return good.filter(
        ({ evidence: some }) => confidenceOf(calibration, some) >= calibration.sure,
      ).length
    }
    expect(sureOf([...good, ...leftOut])).toBeGreaterThan(sureOf([...good, ...wrong]))
  })

  function held(some: Evidence, right: boolean): HeldOut {
    return { evidence: some, right, isLeftOut: false }
  }

  /** Cases whose evidence grows from one strength to another. */
  function spread(count: number, from: number, to: number, isRight: (at: number) => boolean) {
    return Array.from({ length: count }, (_, at) => {
      const strength = from + ((to - from) * at) / count
      return held([strength, strength, strength, strength], isRight(at))
    })
  }
})

describe('the verdict', () => {
  const calibration = { weights: [], sure: 0.8, ask: 0.2 }
  const judge = (confidences: readonly number[], offTopic = 0) =>
    verdictOf({ confidences, offTopic }, calibration)

  test.each([
    ['sure', [0.8, 0.5], 0],
    ['sure', [0.8], 0.9],
    ['unsure', [0.9, 0.8], 0],
    ['unsure', [0.79, 0.5], 0],
    ['unsure', [0.2], 0.54],
    ['none', [0.2], 0.6],
    ['none', [0.19], 0],
    ['none', [], 0],
  ] as const)('is %s for %j, off topic %d', (verdict, confidences, offTopic) => {
    expect(judge(confidences, offTopic)).toBe(verdict)
  })
})

describe('learning from examples', () => {
  const trained = trainModel([...ours, ...others], english)
  const guess = createRanker(trained, english)

  test('ranks what it learnt first', () => {
    for (const { text, label } of ours) expect(guess(text).matches[0]?.label).toBe(label)
  })

  test('turns down what is none of ours', () => {
    for (const { text } of others) expect(guess(text).verdict).toBe('none')
  })

  test('repairs typing mistakes', () => {
    expect(guess('the gaden hegde is brokne').matches[0]?.label).toBe('garden')
  })

  test('the name of a label is an example of it', () => {
    const named = [...ours, { text: 'unrelated words here', label: 'squeaky_bannister' }]
    const ask = createRanker(trainModel(named, english), english)
    expect(ask('my bannister is squeaky').matches[0]?.label).toBe('squeaky_bannister')
  })

  test('works without a table of English, and without what is none of ours', () => {
    const ask = createRanker(trainModel(ours))
    for (const { text, label } of ours) expect(ask(text).matches[0]?.label).toBe(label)
  })

  test('is plain data', () => {
    const copy = createRanker(structuredClone(trained), english)
    for (const { text } of [...ours, ...others]) expect(copy(text)).toEqual(guess(text))
  })

  test.each([
    ['an empty text', ''],
    ['spaces', ' \n\t '],
    ['emoji only', '🎈🎈🧨'],
    ['signs only', '?!… --- ,,,'],
    ['letters of another script', 'дверь сломана'],
    ['100,000 letters', 'x'.repeat(100_000)],
    ['100,000 letters of unknown words', 'xyzzy plugh '.repeat(8_334)],
  ])('%s starts nothing', (_, text) => {
    const { verdict, confidence, matches } = guess(text)
    expect(verdict).not.toBe('sure')
    expect(confidence).toBeGreaterThanOrEqual(0)
    expect(confidence).toBeLessThan(0.6)
    for (const match of matches) expect(match.confidence).not.toBeNaN()
  })

  test('a text of 100,000 letters keeps its sense', () => {
    expect(guess('the door hinge is broken '.repeat(4_000)).matches[0]?.label).toBe('door')
  })

  test.each([
    ['one label', [{ text: 'a door', label: 'door' }]],
    ['nothing of ours', [{ text: 'a guitar' }]],
    ['nothing at all', []],
    [
      'empty texts',
      [
        { text: '', label: 'door' },
        { text: '🎈', label: 'lamp' },
      ],
    ],
  ])('%s is a task too', (_, examples) => {
    const ask = createRanker(trainModel(examples, english), english)
    expect(ask('a broken door').confidence).not.toBeNaN()
    expect(ask('').confidence).not.toBeNaN()
  })
})
