import type { Example } from './matcher'
import { pick, randomFor, type Random } from './random'
import { withTypos } from './typos'

/** A made-up knowledge base of a wished size, and questions to it that are none of its phrases. */
export interface GrowthSet {
  readonly phrases: readonly Required<Example>[]
  readonly queries: readonly Required<Example>[]
}

/** What a well-kept entry has. */
const phrasesPerEntry = 30

/**
 * Grows a knowledge base out of real phrases. Each entry has topic words of its own, made of syllables; its phrases are
 * real ones, whole or two halves joined, with some of their longer words replaced by topic words. The same sizes and
 * phrases always give the same set.
 */
export function createGrowthSet(
  size: number,
  queryCount: number,
  seeds: readonly string[],
): GrowthSet {
  const random = randomFor(`growth of ${size}`)
  const words = inventWords(vocabularySize(size), random)
  const entries = Array.from({ length: Math.ceil(size / phrasesPerEntry) }, (_, index) => ({
    label: `entry_${index + 1}`,
    topics: Array.from({ length: topicsPerEntry }, () => pick(words, random)),
  }))
  const phraseOf = (entry: (typeof entries)[number]): Required<Example> => ({
    label: entry.label,
    text: compose(entry.topics, seeds, random),
  })
  const phrases = entries
    .flatMap((entry) => Array.from({ length: phrasesPerEntry }, () => phraseOf(entry)))
    .slice(0, size)
  const queries = Array.from({ length: queryCount }, () => {
    const { text, label } = phraseOf(pick(entries, random))
    return { text: withTypos(text, typosInQueries), label }
  })
  return { phrases, queries }
}

/** Share of the words of a question that are mistyped. */
const typosInQueries = 0.25

/** So that entries differ, and still share most of their words. */
const topicsPerEntry = 6
const topicShare = 0.4
const joinedShare = 0.5

function compose(topics: readonly string[], seeds: readonly string[], random: Random): string {
  const first = pick(seeds, random).split(' ')
  const second = pick(seeds, random).split(' ')
  const words =
    random() < joinedShare
      ? [...first.slice(0, Math.ceil(first.length / 2)), ...second.slice(second.length >> 1)]
      : first
  return words
    .map((word) => (word.length >= 4 && random() < topicShare ? pick(topics, random) : word))
    .join(' ')
}

/**
 * How many made-up words texts of this number hold, by Heaps' law; the constants give 450, 2,000 and 8,900 words for
 * 1,000, 10,000 and 100,000 phrases. The 10,000 texts of BANKING77 have 2,400 words, the 15,000 of CLINC150 5,500.
 */
const vocabularySize = (phrases: number): number => Math.ceil(5 * phrases ** 0.65)

function inventWords(count: number, random: Random): string[] {
  const words = new Set<string>()
  while (words.size < count) {
    const syllables = pick([2, 2, 3], random)
    words.add(Array.from({ length: syllables }, () => syllable(random)).join(''))
  }
  return [...words]
}

const syllable = (random: Random): string =>
  pick(onsets, random) + pick(vowels, random) + pick(codas, random)

const vowels = 'aeiou'.split('')
const onsets =
  'b bl br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sh sl st t tr v w z'.split(' ')
const codas = ['', '', 'n', 'r', 'l', 's', 't', 'm', 'ck', 'nd']
