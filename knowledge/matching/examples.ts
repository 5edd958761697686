import type { English } from './english'
import { createLexicon, learnLexicon, type LexiconData } from './lexicon'
import type { Model } from './model'
import { createRank } from './rank'
import { train } from './train'
import { normalise } from './normalise'
import type { Verdict } from './reading'
import { verdictOf } from './verdict'

/**
 * The matcher without a pack: it learns from examples alone, for trying it on other teams' sentences.
 * A pack's reader (`read.ts`) is the same matcher with the pack's synonyms, names and facts around it.
 */

/** A text and what it means; without a label it means nothing of ours. */
export interface Example {
  readonly text: string
  readonly label?: string
}

/** What was learnt from examples; plain data. */
export interface TrainedExamples {
  readonly labels: readonly string[]
  readonly lexicon: LexiconData
  readonly model: Model
}

/** What a text may mean. */
export interface Guess {
  readonly verdict: Verdict
  /** Of the first match; 0 without one. */
  readonly confidence: number
  /** Best first, at most five. */
  readonly matches: readonly { readonly label: string; readonly confidence: number }[]
}

/** Learns from examples. The name of a label, "card_arrival" or "cardArrival", is one example more of it. */
export function trainModel(examples: readonly Example[], english?: English): TrainedExamples {
  const labels = [...new Set(examples.flatMap(({ label }) => label ?? []))]
  const places = new Map(labels.map((label, place) => [label, place]))
  const texts = [
    ...examples.map(({ text, label }) => ({
      text,
      place: label === undefined ? labels.length : places.get(label)!,
    })),
    ...labels.map((label, place) => ({ text: spaced(label), place })),
  ]
  const lexicon = learnLexicon(
    { synonyms: {}, foreign: [] },
    texts.map(({ text }) => text),
    english,
  )
  const { word } = createLexicon(lexicon, english)
  const lessons = texts.map(({ text, place }) => ({
    words: word(normalise(text)).words,
    label: place,
  }))
  const hasOthers = texts.some(({ place }) => place === labels.length)
  const options = { entries: labels.length, labels: labels.length + (hasOthers ? 1 : 0) }
  return { labels, lexicon, model: train(lessons, { ...options, ...(english && { english }) }) }
}

/** Makes a matcher of what was learnt from examples. */
export function createRanker(
  { labels, lexicon, model }: TrainedExamples,
  english?: English,
): (text: string) => Guess {
  const { word } = createLexicon(lexicon, english)
  const rank = createRank(model, english)
  return (text) => {
    const ranked = rank(word(normalise(text)).words)
    return {
      verdict: verdictOf(
        {
          confidences: ranked.candidates.map(({ confidence }) => confidence),
          offTopic: ranked.offTopic,
        },
        model.calibration,
      ),
      confidence: ranked.candidates[0]?.confidence ?? 0,
      matches: ranked.candidates.map(({ entry, confidence }) => ({
        label: labels[entry]!,
        confidence,
      })),
    }
  }
}

const spaced = (label: string): string =>
  label
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .replace(/[_\-./]+/g, ' ')
    .toLowerCase()
