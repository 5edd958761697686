import type { Fix, LadderSymptom, Pack } from '../pack'

/** A fix on the way to being a rung, with what its place depends on. */
export interface Candidate {
  readonly fix: Fix
  readonly chance: number
  /** Chance of a cure for each minute of the person's time. */
  readonly chancePerMinute: number
}

/**
 * The fixes of a symptom in the order to try them: by chance per minute (P over C: Kadane and Simon 1977,
 * Heckerman, Breese and Rommelse 1995), after two constraints that come before the ratio:
 * what loses something is never early, and a workaround, which repairs nothing, comes last.
 * Equal ones keep the author's order.
 */
export function rank(symptom: LadderSymptom, pack: Pack): readonly Candidate[] {
  return symptom.fixes
    .flatMap(({ fix: id, chance }) => {
      const fix = pack.fixes.get(id)
      return fix ? [{ fix, chance, chancePerMinute: chance / fix.minutes }] : []
    })
    .toSorted((a, b) => band(a.fix) - band(b.fix) || b.chancePerMinute - a.chancePerMinute)
}

const band = (fix: Fix): number =>
  fix.outcome === 'workaround' ? 2 : fix.loses === undefined ? 0 : 1
