import { toPerson, type Policy } from './policy'
import type { TrueLadder } from './truth'
import { askingMinutes, humanMinutes } from './visit'

/**
 * The best that any order with any place to stop can do for people with one cause, by trying them all.
 * What matters of the past is only which fixes were done, not in which order, so every set of done fixes is looked at once:
 * 256 for 8 fixes, where there are 109,601 orders. A test compares both.
 */
export function optimumOf(ladder: TrueLadder): {
  readonly minutes: number
  readonly policy: Policy
} {
  const best = new Map<number, { readonly minutes: number; readonly fix: number }>()

  /** Minutes still to come, times the chance to get here. */
  const from = (done: number): { readonly minutes: number; readonly fix: number } => {
    const known = best.get(done)
    if (known) return known
    const here = stillBroken(ladder, done)
    let choice = { minutes: humanMinutes * here, fix: -1 }
    for (const fix of allowed(ladder, done)) {
      const minutes = costOf(ladder, fix) * here + from(doneWith(ladder, done, fix)).minutes
      if (minutes < choice.minutes) choice = { minutes, fix }
    }
    best.set(done, choice)
    return choice
  }

  return {
    minutes: from(0).minutes,
    policy: (history) => {
      const places = history.map(({ fix }) => ladder.fixes.findIndex(({ id }) => id === fix))
      const done = places.reduce((set, fix) => doneWith(ladder, set, fix), 0)
      return ladder.fixes[from(done).fix]?.id ?? toPerson
    },
  }
}

/** What trying the fixes in this order, then a person, takes people with one cause on average. */
export function expectedMinutes(ladder: TrueLadder, order: readonly number[]): number {
  let done = 0
  let minutes = 0
  for (const fix of order) {
    minutes += costOf(ladder, fix) * stillBroken(ladder, done)
    done = doneWith(ladder, done, fix)
  }
  return minutes + humanMinutes * stillBroken(ladder, done)
}

/** Places of the fixes that may come next: a pinned one at its place, and nothing late before what is not. */
export function allowed({ fixes }: TrueLadder, done: number): readonly number[] {
  const left = fixes.flatMap((_, at) => ((done & (1 << at)) === 0 ? at : []))
  const next = fixes.length - left.length + 1
  const due = left.filter((at) => (fixes[at]?.pin ?? Number.POSITIVE_INFINITY) <= next)
  const free = left.filter((at) => fixes[at]?.pin === undefined)
  const early = free.filter((at) => fixes[at]?.isLate === false)
  return [due, early, free].find(({ length }) => length > 0) ?? left
}

/** The set of done fixes, one bit each, with this one and what is done with it. */
export const doneWith = ({ fixes }: TrueLadder, done: number, fix: number): number =>
  (fixes[fix]?.does ?? []).reduce((set, at) => set | (1 << at), done)

/** The chance that the trouble is still there after these fixes. */
function stillBroken({ fixes, causes }: TrueLadder, done: number): number {
  const left = [...causes]
  for (const [at, { cause, efficacy }] of fixes.entries())
    if ((done & (1 << at)) !== 0) left[cause] = (left[cause] ?? 0) * (1 - efficacy)
  const curable = causes.reduce((sum, chance) => sum + chance, 0)
  return 1 - curable + left.reduce((sum, chance) => sum + chance, 0)
}

const costOf = ({ fixes }: TrueLadder, fix: number): number =>
  (fixes[fix]?.minutes ?? 0) + askingMinutes
