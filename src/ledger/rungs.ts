/** What is written of a rung in the ledger, in order: that it was shown, or what became of it. */
export interface RungEntry {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly what: string
  readonly fix: string | null
}

/** A rung answered later than this after it was shown tells nothing of its length: the person was away. Our estimate. */
export const longestTry = 60

/** Results that somebody gave after doing what the rung says. */
const afterTrying: ReadonlySet<string> = new Set(['helped', 'no_help', 'partly', 'found'])

/**
 * Minutes from the first time that the rung was shown since its last result until now, if that says how long it took.
 * Fixes that were shown together share the time.
 */
export function minutesOf(
  rungs: readonly RungEntry[],
  { fix, result }: { readonly fix: string; readonly result: string },
  now: number,
): number | undefined {
  if (!afterTrying.has(result)) return undefined
  const answered = rungs.findLastIndex((rung) => rung.what === 'result' && rung.fix === fix)
  const shown = rungs.slice(answered + 1).find((rung) => rung.what === 'shown' && rung.fix === fix)
  if (!shown) return undefined
  const together = rungs.filter(({ what, at }) => what === 'shown' && at === shown.at)
  const minutes = (now - shown.at) / 60_000
  if (minutes > longestTry) return undefined
  return Math.max(0, minutes) / new Set(together.map((rung) => rung.fix)).size
}

/** The newest entry of each rung that was shown and not answered since. */
export function openRungsIn<R extends RungEntry>(rungs: readonly R[]): readonly R[] {
  const newest = new Map(rungs.map((rung) => [rung.fix, rung]))
  return [...newest.values()].filter(({ what }) => what === 'shown')
}
