import type { Fix } from '../pack/schema'
import { normalise } from './normalise'

/** Ids of the fixes that the person says they did: "restarted twice already", "tried turning wifi off". */
export function readTried(text: string, fixes: ReadonlyMap<string, Fix>): string[] {
  return createTriedReader(fixes)(normalise(text))
}

/** The same for many messages, on normalised text. */
export function createTriedReader(fixes: ReadonlyMap<string, Fix>): (plain: string) => string[] {
  const sayings = [...fixes.values()].flatMap((fix) =>
    fix.said.map((said) => ({ fix: fix.id, words: normalise(said).split(' ') })),
  )
  return (plain) => {
    const words = plain.split(' ')
    const found = sayings
      .filter((saying) => isSaid(words, saying.words))
      .map((saying) => saying.fix)
    return [...new Set(found)]
  }
}

/** Looks for the saying in a row, small words between its words allowed: "turned the wifi off" for "turned wifi off". */
function isSaid(words: readonly string[], saying: readonly string[]): boolean {
  const claimed = words.some((word) => claims.has(word))
  const same = (typed: string, said: string) =>
    typed === said || (claimed && stem(typed) === stem(said))
  return words.some((word, start) => {
    if (!same(word, saying[0] ?? '')) return false
    let at = start
    for (const said of saying.slice(1)) {
      at++
      while (small.has(words[at] ?? '') && !same(words[at] ?? '', said)) at++
      if (!same(words[at] ?? '', said)) return false
    }
    return !isExcused(words.slice(Math.max(0, start - 4), start), claimed)
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

/** A crude stem, enough to see that "restarting" and "restarted" are the same deed. */
const stem = (word: string): string =>
  word
    .replace(/(?:ing|ed|s)$/, '')
    .replace(/e$/, '')
    .replace(/([a-z])\1$/, '$1')
