import { createListRepair, normalise, wordsOf } from '../matching'
import { devicePatterns } from '../matching/fact-patterns'
import { smallWords } from '../matching/small-words'
import { stemOf } from '../matching/stem'
import type { Pack } from '../pack'
import type { Found } from './find'

/** Finds what has a title like some words. */
export interface Titles {
  /** Best first. `isWhole`: every word that was typed stands in the title. */
  like(text: string): readonly { readonly found: Found; readonly isWhole: boolean }[]
}

/** The titles of a pack, made ready once for each pack in use. */
export function titlesOf(pack: Pack): Titles {
  const known = made.get(pack) ?? createTitles(pack)
  made.set(pack, known)
  return known
}
const made = new WeakMap<Pack, Titles>()

/** Share of what was typed, by how rare its words are in titles, that a title has to have; estimated. */
const muchAlike = 0.6
/** The longest part of a text that is held against titles, in words: nobody types a longer one. */
const mostWords = 12
/** A word may be typed to its end later. */
const shortestBeginning = 3

function createTitles(pack: Pack): Titles {
  const entries = [
    ...[...pack.fixes.values()].map((fix): Found => ({ kind: 'fix', fix })),
    ...[...pack.symptoms.values()].map((symptom): Found => ({ kind: 'symptom', symptom })),
  ].map((found) => ({ found, words: new Set(contentOf(normalise(titleOf(found)))) }))
  const repair = createListRepair([...new Set(entries.flatMap(({ words }) => [...words]))])
  const rarest = Math.log(entries.length + 1)

  return {
    like(text) {
      const typed = contentOf(normalise(text)).slice(0, mostWords)
      const votes = typed.flatMap((word) => {
        const meant = repair(word)
        const having = entries.filter(({ words }) => [...words].some((each) => isIn(each, meant)))
        // The device picks the steps, not the fix.
        if (having.length === 0 && isDevice(word)) return []
        const weight = having.length === 0 ? rarest : rarest - Math.log(having.length)
        return [{ weight, having: new Set(having) }]
      })
      const all = votes.reduce((sum, { weight }) => sum + weight, 0)
      return entries
        .map((entry) => {
          const own = votes.filter(({ having }) => having.has(entry))
          const share = own.reduce((sum, { weight }) => sum + weight, 0) / (all || 1)
          return { found: entry.found, share, isWhole: own.length === votes.length }
        })
        .filter(({ share }) => share >= muchAlike)
        .toSorted((a, b) => b.share - a.share)
    },
  }
}

const titleOf = (found: Found): string =>
  found.kind === 'fix' ? found.fix.title : found.symptom.title

/** The words that say something; where none does, all of them. */
function contentOf(plain: string): string[] {
  const words = [...new Set(wordsOf(plain))]
  const telling = words.filter((word) => !smallWords.has(word))
  return telling.length > 0 ? telling : words
}

const isDevice = (word: string): boolean => devicePatterns.some(({ pattern }) => pattern.test(word))

const isIn = (word: string, typed: string): boolean =>
  word === typed ||
  stemOf(word) === stemOf(typed) ||
  (typed.length >= shortestBeginning && word.startsWith(typed))
