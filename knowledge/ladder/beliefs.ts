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

/** The author's estimate counts as much as this many cases. */
export const priorWeight = 10
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
      const pool = pools.get(keyOf(symptom, fix))
      if (!pool) return belief(authored * weight, (1 - authored) * weight, none, 'author')
      const a = authored * weight + pool.helped
      const b = (1 - authored) * weight + pool.failed
      const family = familyOf(device)
      const cell = device && cells.get(keyOf(symptom, fix, family))
      if (!cell || cell.helped + cell.failed < enough) return belief(a, b, pool, 'all')
      const pooled = (a / (a + b)) * weight
      return belief(pooled + cell.helped, weight - pooled + cell.failed, cell, family)
    },
  }
}

/** What the pack's author says, and nothing else. */
export const authorsBeliefs: Beliefs = createBeliefs([])

interface Tally {
  readonly helped: number
  readonly failed: number
}
const none: Tally = { helped: 0, failed: 0 }

const belief = (a: number, b: number, { helped, failed }: Tally, from: Belief['from']): Belief => {
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

function add(tallies: Map<string, Tally>, key: string, { helped, failed }: Count): void {
  const { helped: before, failed: beforehand } = tallies.get(key) ?? none
  tallies.set(key, { helped: before + helped, failed: beforehand + failed })
}

const keyOf = (...parts: readonly string[]): string => parts.join('\n')
