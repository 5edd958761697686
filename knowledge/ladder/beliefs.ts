import type { Device } from '../words'
import { interval } from './beta'

/** Devices on which a fix works alike, so that their cases are counted together. */
export const families = ['ios', 'mac', 'windows', 'apple-tv', 'other'] as const
export type Family = (typeof families)[number]

export const familyOf = (device: Device | undefined): Family =>
  device === 'iphone' || device === 'ipad' || device === 'ipod' ? 'ios' : (device ?? 'other')

/** What people confirmed of one fix for one symptom on one family of devices. */
export interface Count {
  readonly symptom: string
  readonly fix: string
  readonly family: Family
  /** Cases that it cured. */
  readonly helped: number
  /** Cases that it did not cure: it was tried, or another fix was the cure. */
  readonly failed: number
  /** Cases that ended without a cure before it was tried. */
  readonly open: number
  /** How many of those it would have cured, by the author's chances. */
  readonly expected: number
}

/** How likely a fix cures a symptom, and where that comes from. */
export interface Belief {
  /** The mean of the Beta distribution. */
  readonly chance: number
  /** Its middle 90 %. */
  readonly low: number
  readonly high: number
  /** Cases behind it, besides the author's word. */
  readonly helped: number
  readonly cases: number
  /** Whose cases they are; `author` when there are none. */
  readonly from: 'author' | 'all' | Family
}

export interface Beliefs {
  /** `authored` is the pack's own estimate. */
  of(symptom: string, fix: string, authored: number, device?: Device): Belief
}

/** The author's estimate counts as much as this many cases, and as many as it takes for so many cures. */
export const priorWeight = 10
/**
 * Authors are off by a factor of two or so, which is how much a Gamma distribution with a shape of 2 varies. With less, a fix
 * that is seldom the right one would be given up after a few dozen cases without luck.
 */
export const priorCures = 2

/** From so many cases on a family of devices is believed for itself; before that all devices count together. */
export const enoughCases = 30

export interface BeliefOptions {
  readonly priorWeight?: number
  readonly enough?: number
}

/**
 * Beliefs from confirmed cases: a Beta distribution for each symptom, fix and family of devices, whose prior is the
 * author's chance. A family with enough cases starts from what all devices say and goes its own way from there.
 */
export function createBeliefs(
  counts: readonly Count[],
  { priorWeight: weight = priorWeight, enough = enoughCases }: BeliefOptions = {},
): Beliefs {
  const cells = new Map<string, Tally>()
  const pools = new Map<string, Tally>()
  for (const count of counts) {
    add(pools, keyOf(count.symptom, count.fix), count)
    add(cells, keyOf(count.symptom, count.fix, count.family), count)
  }
  return {
    of(symptom, fix, authored, device) {
      const prior = Math.max(weight, priorCures / authored)
      const pool = pools.get(keyOf(symptom, fix))
      if (!pool) return belief(authored, prior, none, 'author')
      const pooled = belief(authored, prior, pool, 'all')
      const family = familyOf(device)
      const cell = device && cells.get(keyOf(symptom, fix, family))
      if (!cell || cell.helped + cell.failed < enough) return pooled
      return belief(pooled.chance, prior, cell, family)
    },
  }
}

/** What the pack's author says, and nothing else. */
export const authorsBeliefs: Beliefs = createBeliefs([])

type Tally = Pick<Count, 'helped' | 'failed' | 'open' | 'expected'>
const none: Tally = { helped: 0, failed: 0, open: 0, expected: 0 }

/** A chance that counts as `weight` cases, moved by what was counted. */
const belief = (chance: number, weight: number, tally: Tally, from: Belief['from']): Belief => {
  const { helped, failed, open, expected } = tally
  const a = chance * weight + helped + expected
  const b = (1 - chance) * weight + failed + open - expected
  let known: { readonly low: number; readonly high: number } | undefined
  // Every turn asks for chances, only the pages for people ask for the interval.
  const between = () => (known ??= interval(a, b))
  return {
    chance: a / (a + b),
    helped,
    cases: helped + failed,
    from,
    get low() {
      return between().low
    },
    get high() {
      return between().high
    },
  }
}

function add(tallies: Map<string, Tally>, key: string, more: Tally): void {
  const { helped, failed, open, expected } = tallies.get(key) ?? none
  tallies.set(key, {
    helped: helped + more.helped,
    failed: failed + more.failed,
    open: open + more.open,
    expected: expected + more.expected,
  })
}

const keyOf = (...parts: readonly string[]): string => parts.join('\n')
