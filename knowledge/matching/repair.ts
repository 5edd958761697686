import Fuse from 'fuse.js'
import { isOrdinary } from './ordinary-words'

/** A word that was typed and the word it was read as. */
export interface Repaired {
  readonly typed: string
  readonly read: string
}

/** Reads one word: as itself, or as the known word (or two) it was most likely meant to be. */
export type Repair = (word: string) => string

/** The words that others may be repaired to, by their pairs of letters; plain data. */
export interface RepairIndex {
  readonly words: readonly string[]
  /** How often each is used. */
  readonly uses: Uint32Array
  /** The words with pair p stand in `list` from starts[p] to starts[p + 1]. */
  readonly starts: Uint32Array
  readonly list: Uint32Array
}

/** Lists the words of a vocabulary, which has how often each is used, by their pairs of letters. */
export function indexForRepair(vocabulary: ReadonlyMap<string, number>): RepairIndex {
  const entries = [...vocabulary].filter(
    ([word]) => word.length >= SHORTEST && lettersOnly.test(word),
  )
  const starts = new Uint32Array(PAIRS + 1)
  const pairs = entries.map(([word]) => [...new Set(pairsOf(word))])
  for (const some of pairs) for (const pair of some) starts[pair + 1]!++
  for (let pair = 0; pair < PAIRS; pair++) starts[pair + 1]! += starts[pair]!
  const next = starts.slice()
  const list = new Uint32Array(starts[PAIRS]!)
  pairs.forEach((some, index) => {
    for (const pair of some) list[next[pair]!++] = index
  })
  return {
    words: entries.map(([word]) => word),
    uses: Uint32Array.from(entries, ([, uses]) => uses),
    starts,
    list,
  }
}

/** What a repair goes by besides the words it repairs to. */
export interface RepairRules {
  /** A word that is no typing mistake. */
  readonly isWord: (word: string) => boolean
  /** A word of the vocabulary; two of them written together are taken apart. */
  readonly isOurs: (word: string) => boolean
  /** Shorter words are left alone. */
  readonly shortest?: number
}

/** Repairs against a short list of words; ordinary English is left alone. */
export function createListRepair(list: readonly string[]): Repair {
  const words = new Map(list.map((word) => [word, 1]))
  return createRepair(indexForRepair(words), {
    isWord: (word) => words.has(word) || isOrdinary(word),
    isOurs: (word) => words.has(word),
  })
}

/**
 * Repairs typing mistakes against a vocabulary.
 *
 * Fuse.js is weak at ranking sentences and good at this: one short word against one short word.
 * Its loose hits are then held to a strict edit distance, and ordinary English and other protected words are
 * left alone, or else "late" would become "date" and "gmail" would become "email".
 */
export function createRepair(
  { words, uses, starts, list }: RepairIndex,
  { isWord, isOurs, shortest = SHORTEST }: RepairRules,
): Repair {
  /** Places of the words that share most pairs of letters with this one. */
  function candidates(word: string, allowed: number): number[] {
    const pairs = new Set(pairsOf(word))
    const shared = new Map<number, number>()
    for (const pair of pairs) {
      for (let at = starts[pair]!; at < starts[pair + 1]!; at++) {
        const known = list[at]!
        shared.set(known, (shared.get(known) ?? 0) + 1)
      }
    }
    // An edit breaks at most three letter pairs (a swap of neighbours does), so a word that shares fewer is too far.
    const fewest = Math.max(1, pairs.size - 3 * allowed)
    return [...shared]
      .filter(
        ([known, count]) =>
          count >= fewest && Math.abs(words[known]!.length - word.length) <= allowed,
      )
      .sort((a, b) => b[1] - a[1])
      .slice(0, SHORTLIST)
      .map(([known]) => known)
  }

  function nearest(word: string): string | undefined {
    const allowed = word.length >= LONG_WORD ? 2 : 1
    const [first] = candidates(word, allowed)
      .map((place) => ({ known: words[place]!, uses: uses[place]! }))
      .map((each) => ({
        ...each,
        fuzzy: Fuse.match(word, each.known, looseMatch),
        edits: editDistance(word, each.known),
        otherStart: each.known[0] === word[0] ? 0 : 1,
      }))
      .filter(({ fuzzy, edits }) => fuzzy.isMatch && edits <= allowed)
      .sort((a, b) => a.edits - b.edits || a.otherStart - b.otherStart || b.uses - a.uses)
    return first?.known
  }

  function joined(word: string): string | undefined {
    for (let at = 3; at <= word.length - 3; at++) {
      const [left, right] = [word.slice(0, at), word.slice(at)]
      if (isOurs(left) && isOurs(right)) return `${left} ${right}`
    }
    return undefined
  }

  const remembered = new Map<string, string>()
  return (word) => {
    if (word.length < shortest || word.length > LONGEST || !lettersOnly.test(word)) return word
    if (isWord(word)) return word
    const before = remembered.get(word)
    if (before !== undefined) return before
    const read = nearest(word) ?? joined(word) ?? word
    // A stranger can send any number of unknown words; the memory of them stays small.
    if (remembered.size >= REMEMBERED) remembered.clear()
    remembered.set(word, read)
    return read
  }
}

/** Three letters are too few to tell a typing mistake from another word, unless a dictionary knows all the others. */
const SHORTEST = 4
/** Fuse's pattern limit; a longer word is no word. */
const LONGEST = 32
/** From this length on, two mistakes still leave the word recognisable. */
const LONG_WORD = 8
/** Words looked at closely, those that share most letter pairs. */
const SHORTLIST = 40
const REMEMBERED = 2_000

/** Two letters that changed places count as two mistakes of four to Fuse, so half of a word may differ here. */
const looseMatch = { threshold: 0.6, distance: 40, includeScore: true }
const lettersOnly = /^[a-z]+$/

/** Pairs of neighbouring letters as numbers; 0 stands for the edge of the word. */
function pairsOf(word: string): number[] {
  const pairs: number[] = []
  let before = 0
  for (let at = 0; at <= word.length; at++) {
    const letter = at === word.length ? 0 : word.charCodeAt(at) - 96
    pairs.push(before * LETTERS + letter)
    before = letter
  }
  return pairs
}
const LETTERS = 27
const PAIRS = LETTERS * LETTERS

/** Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other. */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let edits = Math.min(at(i - 1, j) + 1, (row[j - 1] ?? 0) + 1, at(i - 1, j - 1) + same)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) edits = Math.min(edits, at(i - 2, j - 2) + 1)
      row.push(edits)
    }
    rows.push(row)
  }
  return at(a.length, b.length)
}
