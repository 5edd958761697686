import { inUsualDenial, learnDenial } from './denial'
import type { English } from './english'
import { normalise, wordsOf } from './normalise'
import { isOrdinary } from './ordinary-words'
import { createRepair, indexForRepair, type Repaired, type RepairIndex } from './repair'
import { smallWords } from './small-words'
import { synonymReplacer } from './synonyms'

/** A text in the pack's own words. */
export interface Worded {
  readonly words: readonly string[]
  readonly repaired: readonly Repaired[]
}

/** The words of a pack: its synonyms, its vocabulary, and which words never are typing mistakes. */
export interface Lexicon {
  /** Synonyms replaced and typing mistakes repaired; takes normalised text. */
  readonly word: (plain: string) => Worded
  /** True for a word of the pack that is English or usual in its field. */
  readonly isKnown: (word: string) => boolean
  /** True for a word of the pack that can say something about a trouble. */
  readonly hasContent: (word: string) => boolean
}

/** What a pack says of words. */
export interface WordLists {
  /** Each key replaces its values. */
  readonly synonyms: Readonly<Record<string, readonly string[]>>
  /** Products of others. */
  readonly foreign: readonly string[]
}

/** What was learnt of a pack's words; plain data. */
export interface LexiconData extends WordLists {
  /** How many phrases use a word that is no typing mistake. */
  readonly vocabulary: ReadonlyMap<string, number>
  readonly repairs: RepairIndex
  /** For each stem the form in which the pack denies it. */
  readonly denials: ReadonlyMap<string, string>
}

/** Learns the words of a pack from its phrases. */
export function learnLexicon(
  lists: WordLists,
  phrases: readonly string[],
  english?: English,
): LexiconData {
  const replaceSynonyms = synonymReplacer(lists.synonyms)
  const plain = phrases.map((phrase) => replaceSynonyms(normalise(phrase)))
  const vocabulary = trusted(countWords(plain), synonymWords(lists.synonyms), english)
  const repairs = indexForRepair(english ? withForms(vocabulary, english) : vocabulary)
  return { ...lists, vocabulary, repairs, denials: learnDenial(plain.map(wordsOf)) }
}

/** Makes a lexicon of what was learnt; ordinary English words are never taken for typing mistakes. */
export function createLexicon(data: LexiconData, english?: English): Lexicon {
  const { vocabulary, denials } = data
  const replaceSynonyms = synonymReplacer(data.synonyms)
  const foreignWords = new Set(data.foreign.flatMap((name) => normalise(name).split(' ')))
  const isWord = (word: string) =>
    vocabulary.has(word) ||
    isOrdinary(word) ||
    foreignWords.has(word) ||
    smallWords.has(word) ||
    english?.isOrdinary(word) === true
  const repair = createRepair(data.repairs, {
    isWord,
    isOurs: (word) => vocabulary.has(word),
    ...(english && { shortest: SHORTEST_WITH_DICTIONARY }),
  })

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
    const said = words.filter((word) => word !== '' && word !== ',')
    return { words: inUsualDenial(said, denials), repaired }
  }

  return {
    word: read,
    isKnown: (word) =>
      (vocabulary.get(word) ?? 0) >= OFTEN ||
      (vocabulary.has(word) && english?.isOrdinary(word) !== false),
    hasContent: (word) => vocabulary.has(word) && !smallWords.has(word) && /\p{L}/u.test(word),
  }
}

/** A word of no dictionary that so few phrases have may be a name or of another language. */
const OFTEN = 3
/** With a dictionary, "lnk" is known to be no word. */
const SHORTEST_WITH_DICTIONARY = 3

/** The vocabulary with other forms of its words: a pack that has "alarm" should repair "alrams" too. */
function withForms(
  vocabulary: ReadonlyMap<string, number>,
  english: English,
): ReadonlyMap<string, number> {
  const forms = new Map(vocabulary)
  for (const word of vocabulary.keys()) {
    for (const form of [
      `${word}s`,
      `${word}ed`,
      `${word}d`,
      `${word}ing`,
      word.replace(/s$/, ''),
    ]) {
      if (!forms.has(form) && english.isOrdinary(form)) forms.set(form, 0)
    }
  }
  return forms
}

/**
 * The words of the phrases without their typing mistakes, which phrases carry on purpose. A word in no dictionary that
 * lies beside one of the pack is a mistake, however often it is written, unless it is common in English all the same.
 */
function trusted(
  counts: ReadonlyMap<string, number>,
  certain: readonly string[],
  english?: English,
): Map<string, number> {
  const isSure = (word: string, count: number) =>
    isOrdinary(word) ||
    english?.isOrdinary(word) === true ||
    (count > RARE && (!english || english.rowOf(word) >= 0))
  const sure = new Map([
    ...certain.map((word): [string, number] => [word, 1]),
    ...[...counts].filter(([word, count]) => isSure(word, count)),
  ])
  // First what several phrases write ("macbook"), so that its own mistakes ("macbok") lie beside a word of the pack.
  for (const fewest of [OFTEN, 1]) {
    const repair = createRepair(indexForRepair(sure), {
      isWord: (word) => sure.has(word) || isOrdinary(word),
      isOurs: () => false,
    })
    for (const [word, count] of counts) {
      if (count >= fewest && repair(word) === word) sure.set(word, count)
    }
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

const synonymWords = (synonyms: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.entries(synonyms).flatMap(([key, values]) =>
    [key, ...values].flatMap((text) => normalise(text).split(' ')),
  )
