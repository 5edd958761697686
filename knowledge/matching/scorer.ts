import {
  createClassifier,
  trainClassifier,
  type Classifier,
  type Sample,
  type Weights,
} from './classifier'
import { scaled, type Vector } from './features'
import { buildPostings, similarities, type Postings } from './nearest'

/**
 * What tells the labels apart, as plain data. Up to some hundred labels a linear classifier does; its table of weights
 * grows with features times labels, so a very large pack gets the mean of each label's phrases instead, which costs
 * one to four points of accuracy and stays small and quick.
 */
export type Scorer =
  | { readonly kind: 'linear'; readonly weights: Weights }
  | { readonly kind: 'means'; readonly labels: number; readonly means: Postings }

/** Numbers in the table of weights from which on it is no longer worth its memory (128 MB). */
const LARGEST_TABLE = 32_000_000

/** Trains the scorer that fits the size of the task. */
export function trainScorer(samples: readonly Sample[], labels: number, features: number): Scorer {
  if (labels * features <= LARGEST_TABLE)
    return { kind: 'linear', weights: trainClassifier(samples, labels, features) }
  return { kind: 'means', labels, means: buildPostings(meansOf(samples, labels), features) }
}

/** Probability of each label for a text. */
export function createScorer(scorer: Scorer): Classifier {
  if (scorer.kind === 'linear') return createClassifier(scorer.weights)
  return (vector) => {
    const scores = similarities(scorer.means, vector, scorer.labels)
    let sum = 0
    for (let label = 0; label < scores.length; label++) {
      sum += scores[label] = Math.exp(SHARPNESS * scores[label]!)
    }
    for (let label = 0; label < scores.length; label++) scores[label]! /= sum
    return scores
  }
}

/** Turns differences of cosine into odds; chosen so that chances are about as spread as the classifier's. */
const SHARPNESS = 25

function meansOf(samples: readonly Sample[], labels: number): Vector[] {
  const sums = Array.from({ length: labels }, () => new Map<number, number>())
  for (const { label, vector } of samples) {
    const sum = sums[label]!
    vector.ids.forEach((id, index) => sum.set(id, (sum.get(id) ?? 0) + vector.weights[index]!))
  }
  return sums.map((sum) => ({
    ids: Int32Array.from(sum.keys()),
    weights: scaled(Float32Array.from(sum.values()), 1),
    sense: new Float32Array(0),
  }))
}
