import type { Vector } from './features'

/** Which phrases have which features, as plain data: the phrases of feature f stand from starts[f] to starts[f + 1]. */
export interface Postings {
  readonly starts: Uint32Array
  readonly phrases: Uint32Array
  readonly weights: Float32Array
}

/** Lists the phrases of every feature. */
export function buildPostings(vectors: readonly Vector[], features: number): Postings {
  const starts = new Uint32Array(features + 1)
  for (const { ids } of vectors) for (const id of ids) starts[id + 1]!++
  for (let id = 0; id < features; id++) starts[id + 1]! += starts[id]!
  const next = starts.slice()
  const phrases = new Uint32Array(starts[features] ?? 0)
  const weights = new Float32Array(phrases.length)
  vectors.forEach((vector, phrase) =>
    vector.ids.forEach((id, index) => {
      const at = next[id]!++
      phrases[at] = phrase
      weights[at] = vector.weights[index]!
    }),
  )
  return { starts, phrases, weights }
}

/** Cosine similarity of a text to each of `count` phrases, over the features they share. */
export function similarities(postings: Postings, vector: Vector, count: number): Float32Array {
  const { starts, phrases, weights } = postings
  const scores = new Float32Array(count)
  for (let index = 0; index < vector.ids.length; index++) {
    const id = vector.ids[index]!
    const value = vector.weights[index]!
    const end = starts[id + 1]!
    for (let at = starts[id]!; at < end; at++) scores[phrases[at]!]! += value * weights[at]!
  }
  return scores
}
