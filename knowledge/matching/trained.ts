import type { Pack } from '../pack'
import { loadEnglish, type English } from './english'
import { createLexicon, learnLexicon, type LexiconData } from './lexicon'
import type { Model } from './model'
import { train } from './train'
import { normalise } from './normalise'
import { strongWordsOf } from './strong-words'

/** A phrase of the pack that teaches. */
export interface Phrase {
  readonly text: string
  /** The symptom it means; without one it means nothing of ours. */
  readonly id?: string
  /** What it is about when it is not ours: a place in the pack's list of topics. */
  readonly topic?: number
}

/**
 * All that is learnt from a pack before the first message can be read. Plain data: a worker learns it and hands it over,
 * and the thread that answers people never waits for it.
 */
export interface Trained {
  readonly ids: readonly string[]
  readonly phrases: readonly Phrase[]
  readonly lexicon: LexiconData
  readonly model: Model
  readonly strongWords: ReadonlySet<string>
}

/** Learns from a pack: some four seconds for 4,000 phrases, most of it for the confidence (each fold learns anew). */
export function trainReader(pack: Pack, english: English = loadEnglish()): Trained {
  const ids = [...pack.symptoms.keys()]
  const phrases = phrasesOf(pack)
  const foreign = pack.offTopic.foreign.flatMap(({ names }) => names)
  const lexicon = learnLexicon(
    { synonyms: pack.info.synonyms, foreign },
    // What people say of fixes they tried and of their situation teaches no symptom, but its words are no typing mistakes.
    [...phrases.map(({ text }) => text), ...sayingsOf(pack)],
    english,
  )
  const { word } = createLexicon(lexicon, english)
  const places = new Map(ids.map((id, place) => [id, place]))
  const near = ids.length
  const far = near + 1
  const lessons = phrases.map(({ text, id, topic }) => ({
    words: word(normalise(text)).words,
    label:
      places.get(id ?? '') ??
      (topic === undefined || pack.offTopic.topics[topic]?.pointer === undefined ? far : near),
  }))
  return {
    ids,
    phrases,
    lexicon,
    model: train(lessons, { entries: ids.length, labels: far + 1, english }),
    strongWords: strongWordsOf(
      lessons.map(({ words, label }) => ({ words, isOurs: label < ids.length })),
    ),
  }
}

const sayingsOf = (pack: Pack): string[] =>
  [...pack.fixes.values(), ...Object.values(pack.info.signs)].flatMap(({ said }) => said)

const trainings = new WeakMap<Pack, Trained>()

/** Keeps what was learnt of a pack elsewhere for `trainOnce`. */
export const rememberTraining = (pack: Pack, trained: Trained): void => {
  trainings.set(pack, trained)
}

/** The same, remembered as long as the pack is: for tools and tests that make several readers of one pack. */
export function trainOnce(pack: Pack): Trained {
  const trained = trainings.get(pack) ?? trainReader(pack)
  trainings.set(pack, trained)
  return trained
}

/** Every phrase of a pack that teaches: phrases, titles and choices of symptoms, phrases that sound alike, off-topic ones. */
function phrasesOf(pack: Pack): Phrase[] {
  const symptoms = [...pack.symptoms.values()]
  return [
    ...symptoms.flatMap(({ id, title, choice, phrases }) =>
      [...phrases, title, choice].map((text) => ({ id, text })),
    ),
    ...symptoms.flatMap(({ unlike }) =>
      unlike.map(({ text, means }) => ({ text, ...(means && { id: means }) })),
    ),
    ...pack.offTopic.topics.flatMap(({ phrases }, topic) =>
      phrases.map((text) => ({ text, topic })),
    ),
  ]
}
