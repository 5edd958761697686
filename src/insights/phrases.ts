import type { UnmatchedWhy } from '../../dialogs'
import { normalise } from '../../knowledge'

/** One time that somebody typed something the bot had no use for. */
export interface Occurrence {
  readonly text: string
  readonly why: UnmatchedWhy
  /** Ids of the symptoms that were turned down. */
  readonly offered: readonly string[]
  /** Id of the symptom that came nearest. */
  readonly nearest?: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** The same phrase, however it was capitalised and punctuated, with its count. Named as it goes over HTTP; times are ISO 8601. */
export interface Phrase {
  readonly text: string
  readonly count: number
  readonly first_at: string
  readonly last_at: string
  readonly why: Readonly<Record<UnmatchedWhy, number>>
  /** Ids of the symptoms that came nearest, the most frequent first. */
  readonly nearest: readonly string[]
}

/** So many of the nearest symptoms are told. */
const mostNearest = 5

/** Counts what is the same once normalised: the most frequent first, then the newest. */
export function groupPhrases(occurrences: readonly Occurrence[], limit: number): Phrase[] {
  const groups = new Map<string, Occurrence[]>()
  // A flood repeats itself, and normalising is the costly part.
  const keys = new Map<string, string>()
  for (const occurrence of occurrences) {
    const key = keys.get(occurrence.text) ?? keyOf(occurrence.text)
    keys.set(occurrence.text, key)
    const group = groups.get(key)
    if (group) group.push(occurrence)
    else groups.set(key, [occurrence])
  }
  return [...groups.values()]
    .map((group) => ({ group, last: newest(group) }))
    .toSorted((one, other) => other.group.length - one.group.length || other.last - one.last)
    .slice(0, limit)
    .map(({ group, last }) => phraseOf(group, last))
}

/** Words that say nothing once normalised ("???") stay apart as they were typed. */
const keyOf = (text: string): string => normalise(text) || text

function phraseOf(group: readonly Occurrence[], last: number): Phrase {
  const why = { unknown: 0, off_topic: 0, none_of_these: 0 }
  for (const occurrence of group) why[occurrence.why] += 1
  const first = group.reduce((least, { at }) => Math.min(least, at), last)
  return {
    text: mostFrequent(group.map(({ text }) => text))[0] ?? '',
    count: group.length,
    first_at: new Date(first).toISOString(),
    last_at: new Date(last).toISOString(),
    why,
    nearest: mostFrequent(group.flatMap(idsNear)).slice(0, mostNearest),
  }
}

const newest = (group: readonly Occurrence[]): number =>
  group.reduce((most, { at }) => Math.max(most, at), 0)

/** The nearest is among what was offered, when something was. */
const idsNear = ({ offered, nearest }: Occurrence): readonly string[] =>
  offered.length > 0 ? offered : nearest === undefined ? [] : [nearest]

/** Each once, the most frequent first; those that are as frequent stay in their order. */
function mostFrequent(values: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([, one], [, other]) => other - one).map(([value]) => value)
}
