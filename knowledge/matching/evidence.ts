import type { Evidence } from './calibration'
import type { Vector } from './features'
import type { Untried } from './model'
import { similarities } from './nearest'
import { createScorer } from './scorer'

/** What speaks for each entry, and what against all of them. */
export interface Weighed {
  readonly evidence: readonly Evidence[]
  /** For each entry the place of the phrase most like the text, or -1. */
  readonly phrases: Int32Array
  /** Chance that the text means nothing of ours, between 0 and 1. */
  readonly offTopic: number
  /** The phrase of something else that is most like the text, and how like (cosine). */
  readonly elsewhere: { readonly phrase: number; readonly likeness: number }
}

/** Gathers what speaks for each entry. */
export function createWeigher({ entries, scorer, phraseLabels, postings, senses }: Untried) {
  const score = createScorer(scorer)
  const dimensions = entries === 0 ? 0 : senses.length / entries
  return (vector: Vector, known: number): Weighed => {
    const chances = score(vector)
    const alike = similarities(postings, vector, phraseLabels.length)
    const phrases = new Int32Array(entries).fill(-1)
    const likeness = new Float32Array(entries)
    const elsewhere = { phrase: -1, likeness: 0 }
    for (let phrase = 0; phrase < alike.length; phrase++) {
      const label = phraseLabels[phrase]!
      const like = alike[phrase]!
      if (label >= entries) {
        if (like > elsewhere.likeness) Object.assign(elsewhere, { phrase, likeness: like })
      } else if (like > likeness[label]!) {
        likeness[label] = like
        phrases[label] = phrase
      }
    }
    const evidence = Array.from({ length: entries }, (_, entry): Evidence => {
      let sense = 0
      for (let at = 0; at < dimensions; at++)
        sense += vector.sense[at]! * senses[entry * dimensions + at]!
      return [chances[entry]!, likeness[entry]!, known, sense]
    })
    let offTopic = 0
    for (let label = entries; label < chances.length; label++) offTopic += chances[label]!
    return { evidence, phrases, offTopic, elsewhere }
  }
}

/** At most `most` places of the entries with the highest chances, best first. */
export function highest(evidence: readonly Evidence[], most: number): number[] {
  const best: number[] = []
  for (let entry = 0; entry < evidence.length; entry++) {
    const chance = evidence[entry]![0]
    let at = best.length
    while (at > 0 && evidence[best[at - 1]!]![0] < chance) at--
    if (at < most) best.splice(at, 0, entry)
    if (best.length > most) best.pop()
  }
  return best
}
