import Fuse from 'fuse.js'
import { ordinaryWords } from './ordinary-words'

/** A word that was typed and the word it was read as. */
export interface Repaired {
  readonly typed: string
  readonly read: string
}

/** Reads one word: as itself, or as the known word (or two) it was most likely meant to be. */
export type Repair = (word: string) => string

/**
 * Repairs typing mistakes against a vocabulary.
 *
 * Fuse.js is weak at ranking sentences and good at this: one short word against one short word.
 * Its loose hits are then held to a strict edit distance, and ordinary English and other protected words are
 * left alone, or else "late" would become "date" and "gmail" would become "email".
 */
export function createRepair(
  vocabulary: ReadonlyMap<string, number>,
  isProtected: (word: string) => boolean,
): Repair {
  const byPair = new Map<string, string[]>()
  for (const word of vocabulary.keys()) {
    if (word.length < SHORTEST || !lettersOnly.test(word)) continue
    for (const pair of pairsOf(word)) {
      const known = byPair.get(pair)
      if (known) known.push(word)
      else byPair.set(pair, [word])
    }
  }

  function candidates(word: string, allowed: number): string[] {
    const pairs = new Set(pairsOf(word))
    const shared = new Map<string, number>()
    for (const pair of pairs) {
      for (const known of byPair.get(pair) ?? []) shared.set(known, (shared.get(known) ?? 0) + 1)
    }
    // An edit breaks at most three letter pairs (a swap of neighbours does), so a word that shares fewer is too far.
    const fewest = Math.max(1, pairs.size - 3 * allowed)
    return [...shared]
      .filter(
        ([known, count]) => count >= fewest && Math.abs(known.length - word.length) <= allowed,
      )
      .sort((a, b) => b[1] - a[1])
      .slice(0, SHORTLIST)
      .map(([known]) => known)
  }

  function nearest(word: string): string | undefined {
    const allowed = word.length >= LONG_WORD ? 2 : 1
    const [first] = candidates(word, allowed)
      .map((known) => ({
        known,
        fuzzy: Fuse.match(word, known, looseMatch),
        edits: editDistance(word, known),
        otherStart: known[0] === word[0] ? 0 : 1,
        uses: vocabulary.get(known) ?? 0,
      }))
      .filter(({ fuzzy, edits }) => fuzzy.isMatch && edits <= allowed)
      .sort((a, b) => a.edits - b.edits || a.otherStart - b.otherStart || b.uses - a.uses)
    return first?.known
  }

  function joined(word: string): string | undefined {
    for (let at = 3; at <= word.length - 3; at++) {
      const [left, right] = [word.slice(0, at), word.slice(at)]
      if (vocabulary.has(left) && vocabulary.has(right)) return `${left} ${right}`
    }
    return undefined
  }

  const remembered = new Map<string, string>()
  return (word) => {
    if (word.length < SHORTEST || word.length > LONGEST || !lettersOnly.test(word)) return word
    if (vocabulary.has(word) || isOrdinary(word) || isProtected(word)) return word
    const before = remembered.get(word)
    if (before !== undefined) return before
    const read = nearest(word) ?? joined(word) ?? word
    // A stranger can send any number of unknown words; the memory of them stays small.
    if (remembered.size >= REMEMBERED) remembered.clear()
    remembered.set(word, read)
    return read
  }
}

/** Ordinary, or an ordinary word with an ending. */
const isOrdinary = (word: string): boolean =>
  ordinaryWords.has(word) ||
  endings.some(
    (ending) => word.endsWith(ending) && ordinaryWords.has(word.slice(0, -ending.length)),
  )
const endings = ['s', 'es', 'd', 'ed', 'ing', 'er', 'ers', 'ly', 'y']

/** Three letters are too few to tell a typing mistake from another word. */
const SHORTEST = 4
/** Fuse's pattern limit; a longer word is no word. */
const LONGEST = 32
/** From this length on, two mistakes still leave the word recognisable. */
const LONG_WORD = 8
/** Words looked at closely, those that share most letter pairs. */
const SHORTLIST = 40
const REMEMBERED = 2_000

const looseMatch = { threshold: 0.45, distance: 40, includeScore: true }
const lettersOnly = /^[a-z]+$/

const pairsOf = (word: string): string[] => {
  const framed = `#${word}#`
  return Array.from({ length: framed.length - 1 }, (_, index) => framed.slice(index, index + 2))
}

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
