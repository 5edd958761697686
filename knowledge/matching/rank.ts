import { confidenceOf, type Evidence } from './calibration'
import type { English } from './english'
import { createWeigher, highest } from './evidence'
import { createFeatures } from './features'
import type { Model } from './model'

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

/** Ranks the entries for a text in the pack's words. */
export function createRank(model: Model, english?: English): (words: readonly string[]) => Ranked {
  const features = createFeatures(model.features, english)
  const weigh = createWeigher(model)
  return (words) => {
    const known = features.known(words)
    const { evidence, phrases, offTopic, elsewhere } = weigh(features.vector(words), known)
    const candidates = highest(evidence, MOST).map((entry) => ({
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
