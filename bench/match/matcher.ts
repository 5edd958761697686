import { createMatcher } from '../../knowledge/matching/matcher'
import { createRepair } from '../../knowledge/matching/repair'
import { normalise } from '../../knowledge/matching/normalise'

/** The matcher that is measured, as it is offered: what it learns from, what it answers, and how it is made. */

/** A text and what it means; without a label it means nothing of ours. */
export interface Example {
  readonly text: string
  readonly label?: string
}

export interface Ranked {
  readonly verdict: 'sure' | 'unsure' | 'none'
  readonly confidence: number
  readonly matches: readonly { readonly label: string; readonly confidence: number }[]
}

export type Rank = (text: string) => Ranked

/** A matcher that has learnt the examples. */
export function learn(examples: readonly Example[]): Rank {
  const labels = [...new Set(examples.flatMap(({ label }) => label ?? []))]
  const phrases = [
    ...examples.map(({ text, label }) => ({ text, ...(label && { id: label }) })),
    ...labels.map((label) => ({ text: label.replaceAll('_', ' '), id: label })),
  ]
  const counts = new Map<string, number>()
  for (const { text } of phrases)
    for (const word of normalise(text).split(' ')) counts.set(word, (counts.get(word) ?? 0) + 1)
  const repair = createRepair(counts, () => false)
  const word = (plain: string) => ({
    words: plain
      .split(' ')
      .filter((each) => each !== '' && each !== ',')
      .map(repair),
    repaired: [],
  })
  const lexicon = {
    word,
    isKnown: (each: string) => counts.has(each),
    hasContent: () => true,
    foreignNames: () => [],
    withoutNames: (plain: string) => plain,
  }
  const rank = createMatcher(phrases, labels, lexicon)
  return (text) => {
    const { matches } = rank(word(normalise(text)))
    const confidence = matches[0]?.confidence ?? 0
    return {
      verdict: confidence >= 0.7 ? 'sure' : confidence >= 0.08 ? 'unsure' : 'none',
      confidence,
      matches: matches.map(({ id, confidence }) => ({ label: id, confidence })),
    }
  }
}
