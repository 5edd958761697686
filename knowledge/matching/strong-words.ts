import type { Lexicon } from './lexicon'
import type { Phrase } from './matcher'
import { normalise } from './normalise'
import { smallWords } from './small-words'

/** Words that many phrases of the pack use and off-topic ones hardly ever ("album", "shared", "invite"). */
export function strongWordsOf(phrases: readonly Phrase[], lexicon: Lexicon): ReadonlySet<string> {
  const ours = phrases.filter(({ id }) => id !== undefined)
  const others = phrases.filter(({ id }) => id === undefined)
  const uses = (some: readonly Phrase[]): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const { text } of some) {
      for (const word of new Set(lexicon.word(normalise(text)).words))
        counts.set(word, (counts.get(word) ?? 0) + 1)
    }
    return counts
  }
  const elsewhere = uses(others)
  // Half a use more, since a word that no off-topic phrase has may still turn up in a message.
  const rate = (word: string) => ((elsewhere.get(word) ?? 0) + 0.5) / Math.max(1, others.length)
  const strong = [...uses(ours)].filter(
    ([word, count]) =>
      !smallWords.has(word) &&
      count >= OFTEN * ours.length &&
      count / ours.length >= STRONG * rate(word),
  )
  return new Set(strong.map(([word]) => word))
}

/** A share of our phrases: a word that few of them use says too little. */
const OFTEN = 0.025
/** So many times oftener in our phrases than in off-topic ones. */
const STRONG = 10
