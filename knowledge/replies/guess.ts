import { loadEnglish, type English } from '../matching'
import { createClassifier, trainClassifier, type Weights } from '../matching/classifier'
import { createFeatures, learnFeatures, type FeatureData, type Vector } from '../matching/features'
import { createHashTable, find, hashOf, put, type HashTable } from '../matching/hash'
import { familyOfLabel, type Signs } from './signs'
import type { Label } from './understood'

/** What a reply may mean, as far as can be told from its words; a device is told by the facts. */
export const meanings = [
  'yes',
  'no',
  'partly',
  'already_tried',
  'cant_do',
  'dont_understand',
  'go_back',
  'next',
  'human',
  'stop',
  'restart',
  'new_symptom',
  'chitchat',
  'device',
  // What says nothing that can be acted on: "seventeen", "well, the thing with the wheel".
  'unclear',
] as const satisfies readonly (Label | 'device')[]
export type Meaning = (typeof meanings)[number]

/** What was learnt from labelled replies; plain data. */
export interface Learnt {
  readonly features: FeatureData
  /** The place of each mark among the marks. */
  readonly marks: HashTable
  readonly weights: Weights
}

/** A reply with what it means. */
export interface Lesson {
  readonly signs: Signs
  readonly label: string
}

export type Guesser = (signs: Signs) => {
  /** How likely each meaning is, the likeliest first; together they are 1. */
  readonly guess: readonly { readonly meaning: Meaning; readonly chance: number }[]
  /** Most of its words, by weight, were never in an answer. */
  readonly isStrange: boolean
}

/** Learns from labelled replies, with the features and the classifier of the matching. */
export function learnReplies(lessons: readonly Lesson[], english: English = loadEnglish()): Learnt {
  const features = learnFeatures(lessons.map(({ signs }) => signs.words))
  const seen = new Map<number, number>()
  for (const { signs } of lessons) {
    for (const [mark] of signs.marks) seen.set(hashOf(mark), (seen.get(hashOf(mark)) ?? 0) + 1)
  }
  // A mark that one reply alone has can tell nothing of another.
  const known = [...seen].flatMap(([hash, count]) => (count > 1 ? hash : []))
  const marks = createHashTable(known.length)
  known.forEach((hash, place) => put(marks, hash, place))
  const vectorOf = createVectors({ features, marks }, english)
  const samples = lessons.map(({ signs, label }) => ({
    label: meanings.findIndex((meaning) => meaning === familyOfLabel(label)),
    vector: vectorOf(signs),
  }))
  const size = features.idf.length + known.length
  return {
    features,
    marks,
    weights: trainClassifier(samples, meanings.length, size, ROUNDS),
  }
}

/** Makes a judge of replies from what was learnt. */
export function createGuesser(learnt: Learnt, english: English = loadEnglish()): Guesser {
  const vectorOf = createVectors(learnt, english)
  const features = createFeatures(learnt.features, english)
  const classify = createClassifier(learnt.weights)
  return (signs) => ({
    guess: [...classify(vectorOf(signs))]
      .map((chance, place) => ({ meaning: meanings[place]!, chance }))
      .sort((a, b) => b.chance - a.chance),
    isStrange: features.known(signs.words) < MOSTLY_KNOWN,
  })
}

/** "Blue cheese" is half known, and yet no answer. */
const MOSTLY_KNOWN = 0.5

/** Replies are short, so they take more rounds than phrases do; chosen by cross-validation. */
const ROUNDS = 15

/** The words' features, and behind them the marks. */
function createVectors(
  { features: data, marks }: Pick<Learnt, 'features' | 'marks'>,
  english: English,
): (signs: Signs) => Vector {
  const features = createFeatures(data, english)
  return (signs) => {
    const { ids, weights, sense } = features.vector(signs.words)
    const seen = signs.marks.flatMap(([mark, weight]) => {
      const place = find(marks, hashOf(mark))
      return place < 0 ? [] : [{ id: features.size + place, weight }]
    })
    return {
      ids: Int32Array.from([...ids, ...seen.map(({ id }) => id)]),
      weights: Float32Array.from([...weights, ...seen.map(({ weight }) => weight)]),
      sense,
    }
  }
}
