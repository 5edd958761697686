import type { English } from './english'
import type { Worded } from './lexicon'
import { createRank } from './rank'
import type { Match } from './reading'
import type { Trained } from './trained'

/** What the matcher makes of a text: the symptoms it may mean, and how likely it means none of them. */
export interface Ranking {
  readonly matches: readonly Match[]
  /** Chance that the text is off topic, between 0 and 1. */
  readonly offTopic: number
  /** The off-topic phrase most like the text, if one is much alike: its text, and its topic's place in the pack. */
  readonly elsewhere?: { readonly text: string; readonly topic?: number }
  /** Share of the text that is made of words of the pack, between 0 and 1. */
  readonly known: number
  /** It is a phrase of the first match, word for word. */
  readonly isPhrase: boolean
  /** The message speaks of several symptoms. */
  readonly several?: boolean
}

/** Ranks the symptoms of a pack for a text in the pack's words. */
export type Matcher = (text: Worded) => Ranking

/** Makes a matcher of what was learnt from a pack. */
export function createMatcher({ ids, phrases, model }: Trained, english?: English): Matcher {
  const rank = createRank(model, english)
  return ({ words, repaired }) => {
    const { candidates, offTopic, elsewhere, known, isPhrase } = rank(words)
    const notes = repaired.map(({ typed, read }) => `${typed} read as ${read}`)
    const other = elsewhere.likeness >= MUCH_ALIKE ? phrases[elsewhere.phrase] : undefined
    return {
      matches: candidates.map(({ entry, confidence, phrase }) => ({
        id: ids[entry]!,
        confidence,
        why: [...(phrases[phrase] ? [`like "${phrases[phrase].text}"`] : []), ...notes].join('; '),
      })),
      offTopic,
      known,
      isPhrase,
      ...(other && {
        elsewhere: {
          text: other.text,
          ...(other.topic !== undefined && { topic: other.topic }),
        },
      }),
    }
  }
}

/** Cosine similarity from which a pointer written for one off-topic phrase fits another; estimated. */
const MUCH_ALIKE = 0.4
