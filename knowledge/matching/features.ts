import type { English } from './english'
import { createHashTable, find, hashOf, hashOfPair, put, type HashTable } from './hash'
import { stemOf } from './stem'

/** A text as numbers. */
export interface Vector {
  /** The features it has, and their weights, together of length 1. */
  readonly ids: Int32Array
  readonly weights: Float32Array
  /** What its words mean together, of length 1; all zeros when none of them is known to English. */
  readonly sense: Float32Array
}

/** What was learnt of the features of a pack's texts; plain data. */
export interface FeatureData {
  readonly table: HashTable
  /** Inverse document frequency of each feature. */
  readonly idf: Float32Array
  /** The same for a word that no text had. */
  readonly unseen: number
}

/** Turns the words of a text into numbers, with the weights learnt from the texts of a pack. */
export interface Features {
  readonly size: number
  readonly dimensions: number
  vector(words: readonly string[]): Vector
  /** How much of the text, by weight of words, is made of words seen before; between 0 and 1. */
  known(words: readonly string[]): number
}

/** Counts the features of the texts of a pack, each a list of words. */
export function learnFeatures(texts: readonly (readonly string[])[]): FeatureData {
  const counts = new Map<number, number>()
  const always = new Set<number>()
  for (const words of texts) {
    for (const { hashes, keepsRare } of blocksOf(words)) {
      for (const hash of new Set(hashes)) {
        counts.set(hash, (counts.get(hash) ?? 0) + 1)
        if (keepsRare) always.add(hash)
      }
    }
  }
  for (const [hash, count] of counts) {
    if (count === 1 && !always.has(hash)) counts.delete(hash)
  }
  const table = createHashTable(counts.size)
  const idf = new Float32Array(counts.size)
  let id = 0
  for (const [feature, count] of counts) {
    put(table, feature, id)
    idf[id++] = Math.log(1 + texts.length / count)
  }
  return { table, idf, unseen: Math.log(1 + texts.length) }
}

/**
 * Words, neighbouring words and pieces of three and four letters, rare ones weighing more (inverse document frequency),
 * and the mean of the words' vectors. The pieces let "uploading" meet "upload" without a stemmer; the vectors let
 * "snaps" meet "photos" without a list of synonyms.
 */
export function createFeatures({ table, idf, unseen }: FeatureData, english?: English): Features {
  const dimensions = english?.dimensions ?? 0
  const weightOf = (word: string) => idf[find(table, hashOf(word, WORD))] ?? unseen

  function senseOf(words: readonly string[]): Float32Array {
    const sense = new Float32Array(dimensions)
    if (!english) return sense
    for (const word of words) {
      const row = english.rowOf(word)
      // Squared: "the" and "my" should hardly bend what the rare words mean.
      if (row >= 0) english.add(row, weightOf(word) ** 2, sense)
    }
    return scaled(sense, 1)
  }

  return {
    size: idf.length,
    dimensions,
    vector(words) {
      const ids: number[] = []
      const weights: number[] = []
      for (const { hashes, share } of blocksOf(words)) {
        const first = ids.length
        let square = 0
        for (const hash of hashes) {
          const id = find(table, hash)
          // A word that is said twice is not twice as important.
          if (id < 0 || ids.includes(id, first)) continue
          ids.push(id)
          weights.push(idf[id]!)
          square += idf[id]! ** 2
        }
        const scale = share / (Math.sqrt(square) || 1)
        for (let at = first; at < weights.length; at++) weights[at]! *= scale
      }
      return {
        ids: Int32Array.from(ids),
        weights: scaled(Float32Array.from(weights), 1),
        sense: senseOf(words),
      }
    },
    known(words) {
      let total = 0
      let seen = 0
      for (const word of words) {
        const id = find(table, hashOf(word, WORD))
        total += idf[id] ?? unseen
        seen += idf[id] ?? 0
      }
      return total === 0 ? 0 : seen / total
    },
  }
}

/** Scales a vector in place to a length; one of zeros stays. */
export function scaled(vector: Float32Array, length: number): Float32Array {
  let square = 0
  for (const value of vector) square += value * value
  if (square === 0) return vector
  const scale = length / Math.sqrt(square)
  for (let at = 0; at < vector.length; at++) vector[at]! *= scale
  return vector
}

/** Kinds of features that are counted, weighed and brought to length apart from one another. */
interface Block {
  readonly hashes: number[]
  readonly share: number
  /** A piece or a pair that one text alone has can tell nothing of another; leaving it out halves the table. */
  readonly keepsRare: boolean
}

/** Chosen on the validation parts of three public intent sets: pieces and pairs weigh less than words. */
const WORD_SHARE = 1
const PIECE_SHARE = 0.8
const PAIR_SHARE = 0.5

const WORD = 1
const DENIED = 2
const PAIR = 3
const PIECE = 4
const EDGE = 5

function blocksOf(words: readonly string[]): Block[] {
  const singles: number[] = []
  const pairs: number[] = []
  const pieces: number[] = []
  let before = EDGE
  words.forEach((word, at) => {
    const hash = hashOf(word, WORD)
    singles.push(hash)
    // What is denied counts as one: "won't update" and "is not updating" are the same complaint.
    if (words[at - 1] === 'not') singles.push(hashOf(stemOf(word), DENIED))
    pairs.push(hashOfPair(before, hash, PAIR))
    before = hash
    const framed = `#${word}#`
    for (let start = 0; start + 3 <= framed.length; start++) {
      pieces.push(hashOf(framed, PIECE, start, start + 3))
      if (start + 4 <= framed.length) pieces.push(hashOf(framed, PIECE, start, start + 4))
    }
  })
  if (words.length > 0) pairs.push(hashOfPair(before, EDGE, PAIR))
  return [
    { hashes: singles, share: WORD_SHARE, keepsRare: true },
    { hashes: pieces, share: PIECE_SHARE, keepsRare: false },
    { hashes: pairs, share: PAIR_SHARE, keepsRare: false },
  ]
}
