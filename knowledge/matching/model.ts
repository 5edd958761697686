import {
  calibrate,
  confidenceOf,
  usualCalibration,
  type Calibration,
  type Evidence,
  type HeldOut,
} from './calibration'
import { shuffled } from './classifier'
import type { English } from './english'
import { createFeatures, learnFeatures, scaled, type FeatureData, type Vector } from './features'
import { buildPostings, similarities, type Postings } from './nearest'
import { createScorer, trainScorer, type Scorer } from './scorer'

/** A phrase in the pack's words, and what it means: an entry, or nothing of ours. */
export interface Lesson {
  readonly words: readonly string[]
  /** Place in the list of entries; from its length on, kinds of things that are not ours. */
  readonly label: number
}

/** What was learnt from lessons: numbers and flat arrays only, so that a worker can hand it over without a copy. */
export interface Model {
  /** How many labels are entries; those from here on are not ours. */
  readonly entries: number
  readonly features: FeatureData
  readonly scorer: Scorer
  /** Label of each phrase, and which phrases have which features. */
  readonly phraseLabels: Int32Array
  readonly postings: Postings
  /** The mean sense of each entry's phrases, one row an entry. */
  readonly senses: Float32Array
  readonly calibration: Calibration
}

/** An entry as a text may mean it. */
export interface Candidate {
  readonly entry: number
  readonly confidence: number
  /** Place of the phrase most like the text, or -1. */
  readonly phrase: number
}

/** What a model makes of a text. */
export interface Ranked {
  /** Best first, at most `MOST`. */
  readonly candidates: readonly Candidate[]
  /** Chance that the text means nothing of ours, between 0 and 1. */
  readonly offTopic: number
  /** The phrase of something else that is most like the text, and how like (cosine). */
  readonly elsewhere: { readonly phrase: number; readonly likeness: number }
  /** Share of the text that is made of words of the pack, between 0 and 1. */
  readonly known: number
  /** The text is a phrase of the first candidate, word for word. */
  readonly isPhrase: boolean
}

const MOST = 5

/** Learns from lessons. `entries` of the labels are ours, the others up to `labels` are not. */
export function train(lessons: readonly Lesson[], task: Task): Model {
  const cases = folds(
    lessons.map(({ label }) => label),
    task.entries,
  ).flatMap(({ held, kept }) => {
    const model = learn(
      kept.map((index) => lessons[index]!),
      task,
    )
    const features = createFeatures(model.features, task.english)
    const weigh = createWeigher(model)
    return held.map(({ index, isLeftOut }): HeldOut => {
      const { label, words } = lessons[index]!
      const { evidence } = weigh(features.vector(words), features.known(words))
      const best = highest(evidence)[0]!
      return { evidence: evidence[best]!, right: best === label, isLeftOut }
    })
  })
  return {
    ...learn(lessons, task),
    calibration: cases.length === 0 ? usualCalibration : calibrate(cases),
  }
}

interface Task {
  readonly entries: number
  readonly labels: number
  readonly english?: English
}

function learn(lessons: readonly Lesson[], { entries, labels, english }: Task): Untried {
  const data = learnFeatures(lessons.map(({ words }) => words))
  const features = createFeatures(data, english)
  const samples = lessons.map(({ words, label }) => ({ label, vector: features.vector(words) }))
  return {
    entries,
    features: data,
    scorer: trainScorer(samples, labels, features.size),
    phraseLabels: Int32Array.from(samples, ({ label }) => label),
    postings: buildPostings(
      samples.map(({ vector }) => vector),
      features.size,
    ),
    senses: meanSenses(samples, entries, features.dimensions),
  }
}

type Untried = Omit<Model, 'calibration'>

/** Ranks the entries for a text in the pack's words. */
export function createRank(model: Model, english?: English): (words: readonly string[]) => Ranked {
  const features = createFeatures(model.features, english)
  const weigh = createWeigher(model)
  return (words) => {
    const known = features.known(words)
    const { evidence, phrases, offTopic, elsewhere } = weigh(features.vector(words), known)
    const candidates = highest(evidence).map((entry) => ({
      entry,
      confidence: isThePhrase(evidence[entry]!, elsewhere.likeness)
        ? THE_PHRASE
        : confidenceOf(model.calibration, evidence[entry]!),
      phrase: phrases[entry]!,
    }))
    // A phrase of the pack itself means what the pack says, whatever the classifier makes of its words.
    candidates.sort(
      (a, b) => Number(b.confidence === THE_PHRASE) - Number(a.confidence === THE_PHRASE),
    )
    // The classifier orders them; a later one is not more likely than the one before.
    for (let at = 1; at < candidates.length; at++) {
      const [before, each] = [candidates[at - 1]!, candidates[at]!]
      candidates[at] = { ...each, confidence: Math.min(each.confidence, before.confidence) }
    }
    return {
      candidates,
      offTopic,
      elsewhere,
      known,
      isPhrase: candidates[0]?.confidence === THE_PHRASE,
    }
  }
}

/** The text is a phrase of the entry, but for small words and endings. */
const isThePhrase = ([, likeness]: Evidence, elsewhere: number): boolean =>
  likeness >= SAME && elsewhere < likeness
/** Cosine from which two texts have the same words in the same order. */
const SAME = 0.98
const THE_PHRASE = 0.99

/** Gathers what speaks for each entry. */
function createWeigher({ entries, scorer, phraseLabels, postings, senses }: Untried) {
  const score = createScorer(scorer)
  const dimensions = entries === 0 ? 0 : senses.length / entries
  return (vector: Vector, known: number) => {
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

/** Places of the entries with the highest chances, best first. */
function highest(evidence: readonly Evidence[]): number[] {
  const best: number[] = []
  for (let entry = 0; entry < evidence.length; entry++) {
    const chance = evidence[entry]![0]
    let at = best.length
    while (at > 0 && evidence[best[at - 1]!]![0] < chance) at--
    if (at < MOST) best.splice(at, 0, entry)
    if (best.length > MOST) best.pop()
  }
  return best
}

function meanSenses(
  samples: readonly { label: number; vector: Vector }[],
  entries: number,
  dimensions: number,
): Float32Array {
  const means = new Float32Array(entries * dimensions)
  for (const { label, vector } of samples) {
    if (label >= entries) continue
    for (let at = 0; at < dimensions; at++) means[label * dimensions + at]! += vector.sense[at]!
  }
  for (let entry = 0; entry < entries; entry++)
    scaled(means.subarray(entry * dimensions, (entry + 1) * dimensions), 1)
  return means
}

/**
 * Splits the phrases for trying the model on ones it has not seen. In each fold a part of the phrases is held out, and
 * of a part of the entries every phrase, since people also ask for what no entry covers.
 */
function folds(labels: readonly number[], entries: number) {
  if (entries < FEWEST_ENTRIES) return []
  const order = shuffled([...labels.keys()], 1)
  const count = labels.length > LARGE ? 1 : labels.length > MIDDLING ? 2 : FOLDS
  return Array.from({ length: count }, (_, fold) => {
    const turn = order.map((index, at) => ({
      index,
      isHeld: at % FOLDS === fold,
      isLeftOut: labels[index]! < entries && labels[index]! % LEFT_OUT === fold,
    }))
    return {
      kept: turn.flatMap(({ index, isHeld, isLeftOut }) => (isHeld || isLeftOut ? [] : index)),
      held: turn.filter(({ isHeld }) => isHeld).slice(0, MOST_HELD),
    }
  })
}

/** With fewer entries than this nothing can be left out. */
const FEWEST_ENTRIES = 5
const FOLDS = 5
/** One entry in so many is left out of a fold. */
const LEFT_OUT = 8
/** From so many phrases on, two folds say enough; and from so many, one. */
const MIDDLING = 2_000
const LARGE = 8_000
const MOST_HELD = 2_000
