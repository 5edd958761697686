import type { Pack } from '../pack'
import { createFeatures, type Vector } from './features'
import { trainClassifier } from './classifier'
import type { Lexicon, Worded } from './lexicon'
import { normalise } from './normalise'
import type { Match } from './reading'

/** What the matcher makes of a text: the symptoms it may mean, and how likely it means none of them. */
export interface Ranking {
  readonly matches: readonly Match[]
  /** Chance that the text is off topic, between 0 and 1. */
  readonly offTopic: number
  /** The off-topic phrase most like the text, if one is much alike. */
  readonly offTopicPhrase?: string
  /** Share of the text that is made of words of the pack, between 0 and 1. */
  readonly known: number
  /** The message speaks of several symptoms. */
  readonly several?: boolean
}

/** Ranks the symptoms of a pack for a text in the pack's words. */
export type Matcher = (text: Worded) => Ranking

/** A phrase that people use, and what it means; without an id it means nothing of ours. */
export interface Phrase {
  readonly text: string
  readonly id?: string
}

/** Every phrase of a pack that teaches: phrases, titles and choices of symptoms, phrases that sound alike, off-topic ones. */
export function phrasesOf(pack: Pack): Phrase[] {
  const symptoms = [...pack.symptoms.values()]
  return [
    ...symptoms.flatMap(({ id, title, choice, phrases }) =>
      [...phrases, title, choice].map((text) => ({ id, text })),
    ),
    ...symptoms.flatMap(({ unlike }) =>
      unlike.map(({ text, means }) => ({ text, ...(means && { id: means }) })),
    ),
    ...pack.info.offTopic.map(({ text }) => ({ text })),
  ]
}

/** Trains a matcher on phrases; `ids` are the symptoms it may answer with. */
export function createMatcher(
  phrases: readonly Phrase[],
  ids: readonly string[],
  lexicon: Lexicon,
): Matcher {
  const worded = phrases.map(({ text }) => lexicon.word(normalise(text)).words)
  const features = createFeatures(worded)
  const labels = new Map(ids.map((id, label) => [id, label]))
  const offTopic = ids.length
  const samples = phrases.map(({ id }, index) => ({
    label: (id === undefined ? undefined : labels.get(id)) ?? offTopic,
    vector: features.vector(worded[index] ?? []),
  }))
  const classify = trainClassifier(samples, ids.length + 1, features.size)
  const similarity = createSimilarity(samples.map(({ vector }) => vector))

  return ({ words, repaired }) => {
    const vector = features.vector(words)
    const chances = classify(vector)
    const known = features.known(words)
    const alike = similarity(vector)
    const best = ids.map(() => ({ score: 0, phrase: -1 }))
    let offPhrase = { score: 0, phrase: -1 }
    alike.forEach((score, phrase) => {
      const label = samples[phrase]?.label ?? offTopic
      if (label === offTopic) {
        if (score > offPhrase.score) offPhrase = { score, phrase }
      } else if (score > (best[label]?.score ?? 0)) best[label] = { score, phrase }
    })
    const notes = repaired.map(({ typed, read }) => `${typed} read as ${read}`)
    const matches = ids
      .map((id, label) => {
        const near = best[label] ?? { score: 0, phrase: -1 }
        const like = phrases[near.phrase]?.text
        return {
          id,
          confidence: confidenceOf(chances[label] ?? 0, near.score, known),
          why: [...(like ? [`like "${like}"`] : []), ...notes].join('; '),
        }
      })
      .sort((a, b) => b.confidence - a.confidence)
    const phrase = offPhrase.score >= MUCH_ALIKE ? phrases[offPhrase.phrase]?.text : undefined
    return {
      matches: matches.slice(0, 5),
      offTopic: chances[offTopic] ?? 0,
      known,
      ...(phrase && { offTopicPhrase: phrase }),
    }
  }
}

/** Cosine similarity from which a pointer written for one off-topic phrase fits another; estimated. */
const MUCH_ALIKE = 0.45

/**
 * How likely it is that the match is right: logistic in the logarithms of the classifier's chance, of the likeness to
 * the nearest phrase and of the share of known words. The chance alone is sure of itself on texts it knows nothing about.
 */
function confidenceOf(chance: number, likeness: number, known: number): number {
  const evidence =
    OFFSET +
    CHANCE * Math.log(chance + 1e-4) +
    LIKENESS * Math.log(likeness + 1e-2) +
    KNOWN * Math.log(known + 1e-2)
  return 1 / (1 + Math.exp(-evidence))
}

/**
 * Fitted on the phrases of the first pack by five-fold cross-validation, against held-out off-topic phrases, phrases of
 * symptoms left out entirely and 200 queries from CLINC150 that mean nothing here.
 */
const OFFSET = 2.1
const CHANCE = 1.6
const LIKENESS = 0.65
const KNOWN = 2.3

/** Cosine similarity of a text to every phrase, over the features they share. */
function createSimilarity(vectors: readonly Vector[]): (vector: Vector) => Float32Array {
  const postings = new Map<number, { phrases: number[]; weights: number[] }>()
  vectors.forEach((vector, phrase) =>
    vector.ids.forEach((id, index) => {
      const list = postings.get(id) ?? { phrases: [], weights: [] }
      postings.set(id, list)
      list.phrases.push(phrase)
      list.weights.push(vector.weights[index] ?? 0)
    }),
  )
  return (vector) => {
    const scores = new Float32Array(vectors.length)
    vector.ids.forEach((id, index) => {
      const list = postings.get(id)
      list?.phrases.forEach((phrase, at) => {
        scores[phrase]! += (vector.weights[index] ?? 0) * (list.weights[at] ?? 0)
      })
    })
    return scores
  }
}
