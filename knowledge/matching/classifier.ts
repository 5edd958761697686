import type { Vector } from './features'

/** A labelled text for training; `label` counts from 0. */
export interface Sample {
  readonly label: number
  readonly vector: Vector
}

/** Probability of each label for a text; they add up to 1. */
export type Classifier = (vector: Vector) => Float32Array

/**
 * Multinomial logistic regression, trained by AdaGrad (Duchi, Hazan and Singer, 2011).
 * It learns which words tell neighbours apart, which similarity to phrases alone cannot.
 * Always the same weights for the same samples: the order is shuffled by a fixed rule.
 */
export function trainClassifier(
  samples: readonly Sample[],
  labels: number,
  features: number,
): Classifier {
  // One row of weights per feature, so that a text touches few cache lines.
  const weights = new Float32Array(features * labels)
  const squares = new Float32Array(features * labels).fill(1e-6)
  const scores = new Float32Array(labels)

  function predict(vector: Vector, into: Float32Array): Float32Array {
    into.fill(0)
    vector.ids.forEach((id, index) => {
      const value = vector.weights[index] ?? 0
      const row = id * labels
      for (let label = 0; label < labels; label++) into[label]! += value * weights[row + label]!
    })
    return softmax(into)
  }

  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const sample of shuffled(samples, epoch)) {
      const chances = predict(sample.vector, scores)
      chances[sample.label]! -= 1
      sample.vector.ids.forEach((id, index) => {
        const value = sample.vector.weights[index] ?? 0
        const row = id * labels
        for (let label = 0; label < labels; label++) {
          const gradient = chances[label]! * value
          // Skipping tiny gradients halves the time and changes nothing that can be measured.
          if (gradient < SMALLEST && gradient > -SMALLEST) continue
          const sum = (squares[row + label]! += gradient * gradient)
          weights[row + label]! -= (RATE * gradient) / Math.sqrt(sum)
        }
      })
    }
  }
  return (vector) => predict(vector, new Float32Array(labels))
}

const EPOCHS = 6
const RATE = 0.3
const SMALLEST = 1e-3

function softmax(scores: Float32Array): Float32Array {
  const highest = scores.reduce((a, b) => Math.max(a, b), -Infinity)
  let sum = 0
  for (let label = 0; label < scores.length; label++)
    sum += scores[label] = Math.exp(scores[label]! - highest)
  for (let label = 0; label < scores.length; label++) scores[label]! /= sum
  return scores
}

/** Fisher-Yates with a small linear congruential generator (constants of Numerical Recipes). */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const order = [...items]
  let state = seed + 1
  for (let last = order.length - 1; last > 0; last--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const pick = state % (last + 1)
    ;[order[last], order[pick]] = [order[pick]!, order[last]!]
  }
  return order
}
