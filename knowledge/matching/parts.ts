import type { Ranking } from './matcher'
import type { Match } from './reading'

/** Ranks a normalised text. */
type Rank = (plain: string) => Ranking

/**
 * Ranks a message as a whole and part by part. A story around the trouble hides it from the whole
 * ("we were in Spain, … and now the album is stuck on waiting"), and two troubles in one message
 * are two strong parts that say different things.
 */
export function rankInParts(plain: string, rank: Rank): Ranking {
  const whole = rank(plain)
  const parts = partsOf(plain)
  if (parts.length < 2) return whole
  const strong = parts
    .map(rank)
    .filter(
      ({ matches, offTopic }) => (matches[0]?.confidence ?? 0) >= STRONG && offTopic < STRONG / 2,
    )
  const top = whole.matches[0]?.id
  const best = bestPerId([
    ...whole.matches,
    ...strong.flatMap(({ matches }) =>
      matches.map((match) => (match.id === top ? match : discounted(match))),
    ),
  ])
  const meant = new Set(strong.map(({ matches }) => matches[0]?.id))
  if (meant.size < 2) return { ...whole, matches: best }
  // Two troubles: both come first, whichever the whole leans to.
  const both = best.filter(({ id }) => meant.has(id))
  return {
    ...whole,
    matches: [...both, ...best.filter(({ id }) => !meant.has(id))].slice(0, 5),
    several: true,
  }
}

/** A part this sure speaks for itself. */
const STRONG = 0.6
/** A part leaves out the rest of the message, so it counts a little less than the whole would, unless both say the same. */
const DISCOUNT = 0.85

/** Longer clauses are cut, since people also write without any marks. */
const LONGEST_PART = 16
/** Enough for a long story; its beginning and its end say most. */
const MOST_PARTS = 12

function partsOf(plain: string): string[] {
  const parts = plain
    .split(/ (?:,|and also|and|but|also|plus|because|so|then) /)
    .flatMap((part) => chunks(part.split(' ')))
    .filter((part) => part.includes(' '))
  if (parts.length <= MOST_PARTS) return parts
  return [...parts.slice(0, MOST_PARTS / 2), ...parts.slice(-MOST_PARTS / 2)]
}

const chunks = (words: readonly string[]): string[] =>
  Array.from({ length: Math.ceil(words.length / LONGEST_PART) }, (_, index) =>
    words.slice(index * LONGEST_PART, (index + 1) * LONGEST_PART).join(' '),
  )

const discounted = (match: Match): Match => ({ ...match, confidence: match.confidence * DISCOUNT })

function bestPerId(matches: readonly Match[]): Match[] {
  const best = new Map<string, Match>()
  for (const match of matches) {
    if (match.confidence > (best.get(match.id)?.confidence ?? -1)) best.set(match.id, match)
  }
  return [...best.values()].sort((a, b) => b.confidence - a.confidence).slice(0, 5)
}
