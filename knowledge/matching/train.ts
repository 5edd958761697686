import { calibrate, usualCalibration, type HeldOut } from './calibration'
import { shuffled } from './classifier'
import type { English } from './english'
import { createWeigher, highest } from './evidence'
import { createFeatures, learnFeatures, scaled, type Vector } from './features'
import type { Model, Untried } from './model'
import { buildPostings } from './nearest'
import { trainScorer } from './scorer'

/** A phrase in the pack's words, and what it means: an entry, or nothing of ours. */
export interface Lesson {
  readonly words: readonly string[]
  /** Place in the list of entries; from its length on, kinds of things that are not ours. */
  readonly label: number
}

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
      const best = highest(evidence, 1)[0]!
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
