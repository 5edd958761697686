import fc from 'fast-check'
import type { Ranked } from '../../bench/match/matcher'
import {
  auroc,
  bestThreshold,
  metricsOf,
  rejectedWhenKeeping,
  withThreshold,
  type Answer,
} from '../../bench/match/metrics'

/** What was wanted (a dot for nothing of ours), the verdict, the confidence and the labels as they rank. */
function answer(
  label: string,
  verdict: Ranked['verdict'],
  confidence: number,
  ...ranked: string[]
): Answer {
  const matches = ranked.map((each, at) => ({ label: each, confidence: confidence / (at + 1) }))
  return {
    wanted: { text: '', ...(label !== '.' && { label }) },
    ranked: { verdict, confidence, matches },
  }
}

const answers = [
  answer('a', 'sure', 0.9, 'a', 'b'),
  answer('a', 'unsure', 0.5, 'b', 'c', 'a'),
  answer('b', 'none', 0.1, 'b'),
  answer('b', 'sure', 0.8, 'c', 'a', 'd', 'b'),
  answer('.', 'sure', 0.85, 'a'),
  answer('.', 'none', 0.05),
]

test('counts what is right, asked and turned down', () => {
  expect(metricsOf(answers)).toEqual({
    top1: 2 / 4,
    top3: 3 / 4,
    auroc: 5 / 8,
    precisionWhenSure: 1 / 3,
    askRate: 1 / 4,
    oosSure: 1 / 2,
    oosNone: 1 / 2,
    oosRecallAt95: 1 / 2,
  })
})

test('says nothing about what there was not', () => {
  const ours = metricsOf(answers.filter(({ wanted }) => wanted.label !== undefined))
  expect(ours).toMatchObject({ top1: 0.5, auroc: null, oosSure: null, oosRecallAt95: null })
  const others = metricsOf(answers.filter(({ wanted }) => wanted.label === undefined))
  expect(others).toMatchObject({ top1: null, auroc: null, precisionWhenSure: 0, oosNone: 0.5 })
  expect(metricsOf([])).toMatchObject({ top1: null, precisionWhenSure: null })
})

/** Few different values, so that there are draws. */
const confidences = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 })

test('AUROC is the share of pairs in the right order, draws counting half', () => {
  fc.assert(
    fc.property(confidences, confidences, (ours, others) => {
      const pairs = ours.flatMap((our) => others.map((other) => Math.sign(our - other)))
      const won = pairs.reduce((sum: number, sign) => sum + (sign + 1) / 2, 0)
      expect(auroc(ours, others)).toBeCloseTo(won / pairs.length, 12)
    }),
  )
})

test('the threshold that keeps 95 % of ours rejects what is below it', () => {
  const ours = Array.from({ length: 20 }, (_, index) => index + 1)
  // Nineteen of twenty are kept from 2 on.
  expect(rejectedWhenKeeping(0.95, ours, [0, 1, 1.9, 2, 30])).toBe(3 / 5)
  expect(rejectedWhenKeeping(0.95, [0.5, 0.5], [0.5, 0.4])).toBe(1 / 2)
})

test('the threshold of the paper gets the most texts right, "none" being one more label', () => {
  const told = [
    answer('a', 'none', 0.2, 'a'),
    answer('a', 'none', 0.4, 'b'),
    answer('a', 'none', 0.7, 'a'),
    answer('b', 'none', 0.9, 'b'),
    answer('.', 'none', 0.3, 'a'),
    answer('.', 'none', 0.5, 'a'),
    answer('.', 'none', 0.8, 'a'),
  ]
  const threshold = bestThreshold(told)
  expect(threshold).toBeCloseTo(0.6)
  expect(withThreshold(told, threshold)).toEqual({ inScopeAccuracy: 2 / 4, oosRecall: 2 / 3 })
})

test('the threshold is the best there is', () => {
  const some = fc.array(
    fc.record({
      label: fc.constantFrom('a', '.'),
      first: fc.constantFrom('a', 'b'),
      at: fc.nat(9),
    }),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(some, (texts) => {
      const told = texts.map(({ label, first, at }) => answer(label, 'none', at, first))
      const right = (threshold: number) =>
        told.filter(({ wanted, ranked }) =>
          wanted.label === undefined
            ? ranked.confidence < threshold
            : ranked.confidence >= threshold && ranked.matches[0]?.label === wanted.label,
        ).length
      const best = Math.max(...Array.from({ length: 11 }, (_, threshold) => right(threshold)))
      expect(right(bestThreshold(told))).toBe(best)
    }),
  )
})
