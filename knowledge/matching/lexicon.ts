import type { Pack } from '../pack'
import { createDenial } from './denial'
import { normalise, wordsOf } from './normalise'
import { ordinaryWords } from './ordinary-words'
import { createRepair, type Repaired } from './repair'
import { smallWords } from './small-words'

/** A text in the pack's own words. */
export interface Worded {
  readonly words: readonly string[]
  readonly repaired: readonly Repaired[]
}

/** The words of a pack: its synonyms, its vocabulary, the foreign names. */
export interface Lexicon {
  /** Synonyms replaced and typing mistakes repaired; takes normalised text. */
  word(plain: string): Worded
  readonly isKnown: (word: string) => boolean
  /** True for a word of the pack that can say something about a trouble. */
  readonly hasContent: (word: string) => boolean
  /** Products of others that a normalised text names. */
  foreignNames(plain: string): string[]
  /** The text without those names. */
  withoutNames(plain: string): string
}

/** Builds the lexicon of a pack from its phrases. */
export function createLexicon(pack: Pack, phrases: readonly string[]): Lexicon {
  const replaceSynonyms = synonymReplacer(pack.info.synonyms)
  const foreign = pack.info.foreign.map(normalise)
  const foreignWords = new Set(foreign.flatMap((name) => name.split(' ')))
  const names = anyOf(foreign)

  const deny = createDenial(phrases.map((phrase) => wordsOf(replaceSynonyms(normalise(phrase)))))
  const vocabulary = trusted(
    countWords(phrases.map((phrase) => replaceSynonyms(normalise(phrase)))),
  )
  for (const word of synonymWords(pack.info.synonyms)) {
    if (!vocabulary.has(word)) vocabulary.set(word, 1)
  }
  const repair = createRepair(vocabulary, (word) => foreignWords.has(word) || smallWords.has(word))

  function read(plain: string): Worded {
    const repaired: Repaired[] = []
    const better = replaceSynonyms(plain)
      .split(' ')
      .map((typed) => {
        const fixed = repair(typed)
        if (fixed !== typed) repaired.push({ typed, read: fixed })
        return fixed
      })
      .join(' ')
    const words = (repaired.length > 0 ? replaceSynonyms(better) : better).split(' ')
    return { words: deny(words.filter((word) => word !== '' && word !== ',')), repaired }
  }

  return {
    word: read,
    isKnown: (word) => vocabulary.has(word),
    hasContent: (word) => vocabulary.has(word) && !smallWords.has(word) && /\p{L}/u.test(word),
    foreignNames: (plain) => [...new Set(plain.match(names) ?? [])],
    withoutNames: (plain) => plain.replace(names, ' '),
  }
}

/** Phrases carry typing mistakes on purpose; a rare word beside a frequent twin is one of them. */
function trusted(counts: ReadonlyMap<string, number>): Map<string, number> {
  const sure = new Map(
    [...counts].filter(([word, count]) => count > RARE || ordinaryWords.has(word)),
  )
  const repair = createRepair(sure, () => false)
  for (const [word, count] of counts) {
    if (repair(word) === word) sure.set(word, count)
  }
  return sure
}

/** A typing mistake is seldom written by this many phrases. */
const RARE = 10

function countWords(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) {
    for (const word of text.split(' ')) {
      if (word !== '' && word !== ',') counts.set(word, (counts.get(word) ?? 0) + 1)
    }
  }
  return counts
}

/** Each key replaces its values, the longest value first. */
function synonymReplacer(
  synonyms: Readonly<Record<string, readonly string[]>>,
): (plain: string) => string {
  const keys = new Map(
    Object.entries(synonyms).flatMap(([key, values]) =>
      values.map((value): [string, string] => [normalise(value), normalise(key)]),
    ),
  )
  const pattern = anyOf([...keys.keys()])
  return (plain) => plain.replace(pattern, (value) => keys.get(value) ?? value)
}

const synonymWords = (synonyms: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.entries(synonyms).flatMap(([key, values]) =>
    [key, ...values].flatMap((text) => normalise(text).split(' ')),
  )

/** A pattern for any of these words or groups of words, the longest first; for none of them, one that never fits. */
function anyOf(texts: readonly string[]): RegExp {
  if (texts.length === 0) return /(?!)/g
  const longestFirst = texts.toSorted((a, b) => b.length - a.length)
  const escaped = longestFirst.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`(?<![^ ])(?:${escaped.join('|')})(?![^ ])`, 'g')
}
