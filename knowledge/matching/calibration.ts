/**
 * What speaks for a match: the classifier's chance, likeness to the nearest phrase, the share of known words, and how
 * near the sense of the message is to the entry's. The chance alone is sure of itself on texts it knows nothing about.
 */
export type Evidence = readonly [chance: number, likeness: number, known: number, sense: number]

/** How evidence becomes a confidence, and what is done from which confidence on; plain data. */
export interface Calibration {
  /** Offset, then a weight for each part of the evidence. */
  readonly weights: readonly number[]
  /** From here on the ladder starts. */
  readonly sure: number
  /** From here on a question is worth asking. */
  readonly ask: number
}

/** The case of one phrase that was held out of the training. */
export interface HeldOut {
  readonly evidence: Evidence
  /** The match was right. Off-topic phrases never are. */
  readonly right: boolean
  /** A phrase of an entry that was left out of the training entirely: ours by its words, and yet never right. */
  readonly isLeftOut: boolean
}

/** The estimated chance, between 0 and 1, that a match with this evidence is right. */
export function confidenceOf(
  { weights }: Pick<Calibration, 'weights'>,
  evidence: Evidence,
): number {
  return sigmoid(dot(weights, inputsOf(evidence)))
}

/**
 * Fits the confidence on held-out phrases by logistic regression (Platt, 1999), held to the usual weights as far as few
 * phrases cannot say better, and picks the confidence from which matches are right often enough.
 */
export function calibrate(cases: readonly HeldOut[]): Calibration {
  const weights = fit(cases)
  const judged = cases
    .map((held) => ({ ...held, confidence: confidenceOf({ weights }, held.evidence) }))
    .sort((a, b) => b.confidence - a.confidence)
  let all = 0
  let wrong = 0
  let sure = HIGHEST_SURE
  for (const { confidence, right, isLeftOut } of judged) {
    const weight = isLeftOut ? LEFT_OUT_WEIGHT : 1
    all += weight
    if (!right) wrong += weight
    if (wrong / all <= WRONG_WHEN_SURE) sure = confidence
  }
  const ours = judged.filter(({ right }) => right)
  return {
    weights,
    sure: Math.min(HIGHEST_SURE, Math.max(LOWEST_SURE, sure)),
    ask: Math.min(
      HIGHEST_ASK,
      Math.max(LOWEST_ASK, ours[Math.floor(ours.length * (1 - GIVEN_UP))]?.confidence ?? 1),
    ),
  }
}

/** The usual weights: fitted on the first pack and on three public intent sets, which gave much the same. */
export const usualCalibration: Calibration = {
  weights: [2.2, 1.6, 0.1, 0.6, 0.7],
  sure: 0.8,
  ask: 0.1,
}

/** A ladder that starts wrongly costs the person minutes, a question seconds: so at most this share may be wrong. */
const WRONG_WHEN_SURE = 0.04
/** This share of the phrases that are matched rightly may be turned down, for the sake of those that mean nothing of ours. */
const GIVEN_UP = 0.04
const LOWEST_ASK = 0.05
const HIGHEST_ASK = 0.3
const LOWEST_SURE = 0.8
const HIGHEST_SURE = 0.95
/** One phrase in eight is left out; among real questions those that no entry covers are rarer. */
const LEFT_OUT_WEIGHT = 0.1
const LONGEST_STEP = 1
/** How many cases the usual weights count as. */
const TRUST = 3

const inputsOf = ([chance, likeness, known, sense]: Evidence): number[] => [
  1,
  Math.log(chance + 1e-4),
  Math.log(likeness + 1e-2),
  Math.log(known + 1e-2),
  sense,
]

/** Newton's method with steps of limited length; five unknowns, so some rounds are plenty. */
function fit(cases: readonly HeldOut[]): number[] {
  const usual = usualCalibration.weights
  let weights = [...usual]
  for (let round = 0; round < 25; round++) {
    const slope = weights.map((weight, at) => TRUST * (usual[at]! - weight))
    const bend = weights.map((_, row) => weights.map((__, column) => (row === column ? TRUST : 0)))
    for (const { evidence, right, isLeftOut } of cases) {
      const worth = isLeftOut ? LEFT_OUT_WEIGHT : 1
      const inputs = inputsOf(evidence)
      const chance = sigmoid(dot(weights, inputs))
      inputs.forEach((input, row) => {
        slope[row]! += worth * (Number(right) - chance) * input
        inputs.forEach((other, column) => {
          bend[row]![column]! += worth * chance * (1 - chance) * input * other
        })
      })
    }
    const step = solve(bend, slope)
    const length = Math.hypot(...step)
    const scale = length > LONGEST_STEP ? LONGEST_STEP / length : 1
    weights = weights.map((weight, at) => weight + scale * step[at]!)
  }
  return weights
}

/** Solves a small linear system by elimination; the matrix is positive definite. */
function solve(matrix: number[][], right: number[]): number[] {
  const size = right.length
  const rows = matrix.map((row, at) => [...row, right[at]!])
  for (let pivot = 0; pivot < size; pivot++) {
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue
      const factor = rows[row]![pivot]! / rows[pivot]![pivot]!
      for (let column = pivot; column <= size; column++) {
        rows[row]![column]! -= factor * rows[pivot]![column]!
      }
    }
  }
  return rows.map((row, at) => row[size]! / row[at]!)
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value))
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + value * b[at]!, 0)
