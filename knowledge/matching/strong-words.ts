import { smallWords } from './small-words'

/** Words that many phrases of the pack use and off-topic ones hardly ever ("album", "shared", "invite"). */
export function strongWordsOf(
  phrases: readonly { readonly words: readonly string[]; readonly isOurs: boolean }[],
): ReadonlySet<string> {
  const ours = phrases.filter(({ isOurs }) => isOurs)
  const others = phrases.filter(({ isOurs }) => !isOurs)
  const elsewhere = countUses(others)
  // Half a use more, since a word that no off-topic phrase has may still turn up in a message.
  const rate = (word: string) => ((elsewhere.get(word) ?? 0) + 0.5) / Math.max(1, others.length)
  const strong = [...countUses(ours)].filter(
    ([word, count]) =>
      !smallWords.has(word) &&
      count >= OFTEN * ours.length &&
      count / ours.length >= STRONG * rate(word),
  )
  return new Set(strong.map(([word]) => word))
}

function countUses(phrases: readonly { readonly words: readonly string[] }[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { words } of phrases) {
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}

/** A share of our phrases: a word that few of them use says too little. */
const OFTEN = 0.02
/** So many times oftener in our phrases than in off-topic ones. */
const STRONG = 8
