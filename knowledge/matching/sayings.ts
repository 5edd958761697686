import { clausesOf, normalise, wordsOf } from './normalise'
import { stemOf } from './stem'

/** Something people say, and what it stands for: the id of a fix that was done, or of a sign. */
export interface Sayings {
  readonly id: string
  readonly said: readonly string[]
}

/** Reads which of these a normalised text says: "restarted twice already", "tried turning wifi off", "my storage is full". */
export function createSayingReader(known: Iterable<Sayings>): (plain: string) => readonly string[] {
  const sayings = [...known].flatMap(({ id, said }) =>
    said.map((text): Saying => ({ id, words: wordsAndStems(normalise(text)) })),
  )
  return (plain) => {
    const claimed = wordsOf(plain).some((word) => claims.has(word))
    // Clause by clause: "stuck since last night, low power mode is off" does not say since when the mode is off.
    const found = clausesOf(plain).flatMap((clause) => {
      const words = wordsAndStems(clause)
      const present = new Set(words.map(({ stem }) => stem))
      return sayings
        .filter(({ words: said }) => said.every(({ stem }) => present.has(stem)))
        .filter(({ words: said }) => isSaid(words, said, claimed))
    })
    return [...new Set(found.map(({ id }) => id))]
  }
}

interface Word {
  readonly word: string
  readonly stem: string
}
interface Saying {
  readonly id: string
  readonly words: readonly Word[]
}

/** Looks for the saying in a row, small words between allowed: "turned the wifi off" for "turned wifi off". */
function isSaid(words: readonly Word[], said: readonly Word[], claimed: boolean): boolean {
  return words.some((_, start) => {
    // "Tried restarting" claims as much as "restarted"; a bare "restarting" claims nothing.
    const isClaim = words.slice(Math.max(0, start - 3), start).some(({ word }) => claims.has(word))
    const same = (typed: Word | undefined, wanted: Word) =>
      typed?.word === wanted.word || (isClaim && typed?.stem === wanted.stem)
    let at = start
    for (const wanted of said) {
      while (at > start && small.has(words[at]?.word ?? '') && !same(words[at], wanted)) at++
      if (!same(words[at], wanted)) return false
      at++
    }
    const before = words.slice(Math.max(0, start - 4), start).map(({ word }) => word)
    return !isExcused(before, claimed)
  })
}

/** "It broke after I restarted" and "I have not restarted" claim nothing. */
function isExcused(before: readonly string[], claimed: boolean): boolean {
  if (before.some((word) => negations.has(word))) return true
  return !claimed && before.some((word) => occasions.has(word))
}

const claims = new Set([
  'already',
  'tried',
  'trying',
  'twice',
  'times',
  'again',
  'have',
  'did',
  'done',
])
const negations = new Set(['not', 'never', 'without', 'should', 'how', 'before', 'cannot', 'if'])
const occasions = new Set(['after', 'since', 'when', 'whenever', 'until', 'once', 'every'])
const small = new Set(['the', 'my', 'a', 'it', 'to', 'and', 'then', 'both', 'all', 'phone', 'back'])

const wordsAndStems = (plain: string): Word[] =>
  wordsOf(plain).map((word) => ({ word, stem: stemOf(word) }))
