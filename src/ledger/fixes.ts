import {
  families,
  type Belief,
  type Beliefs,
  type Device,
  type Family,
  type LadderSymptom,
  type Pack,
} from '../../knowledge'
import type { Reads } from '../storage'
import { resultsOf } from './answers'
import { casesSince, type CaseEntry } from './case-pages'

/** What became of one fix for one symptom, and what is believed of it. Named as it goes over HTTP. */
export interface FixOutcomes {
  readonly symptom: string
  readonly fix: string
  /** Cases in which it was put before the person. */
  readonly shown: number
  /** Cases in which the person did it and said how it went: helped, partly or not. */
  readonly tried: number
  readonly helped: number
  /** Cases in which a check found a cause that is not the person's to mend. */
  readonly found: number
  /** Cases in which the person never said. */
  readonly unconfirmed: number
  /** Median minutes from showing to result; null where none could be measured. */
  readonly minutes: number | null
  /** What the author of the pack says. */
  readonly authored: { readonly chance: number; readonly minutes: number }
  readonly belief: ToldBelief
  /** Kinds of device that have enough cases to be believed for themselves. */
  readonly families: Readonly<Partial<Record<Family, ToldBelief>>>
}

export type ToldBelief = Pick<Belief, 'chance' | 'low' | 'high' | 'cases' | 'from'>

export interface ListOptions {
  readonly pack: Pack
  readonly beliefs: Beliefs
  /** Only this symptom. */
  readonly symptom?: string | undefined
  /** Only what happened from here on, in milliseconds since 1970; what is believed comes from all cases always. */
  readonly since: number
}

/** Every fix of every ladder in the pack, in the order of the pack, with what came of it. */
export async function listFixes(
  storage: Reads,
  { pack, beliefs, symptom, since }: ListOptions,
): Promise<readonly FixOutcomes[]> {
  const counted = await countFixes(storage, since, symptom)
  return [...pack.symptoms.values()].flatMap((each) =>
    each.kind === 'ladder' && (symptom === undefined || each.id === symptom)
      ? each.fixes.flatMap((entry) => {
          const fix = pack.fixes.get(entry.fix)
          const { times, ...counts } = counted.get(keyOf(each.id, entry.fix)) ?? newTally()
          return fix
            ? [
                {
                  symptom: each.id,
                  fix: fix.id,
                  ...counts,
                  minutes: median(times),
                  authored: { chance: entry.chance, minutes: fix.minutes },
                  ...believed(beliefs, each, entry),
                },
              ]
            : []
        })
      : [],
  )
}

interface Tally {
  shown: number
  tried: number
  helped: number
  found: number
  unconfirmed: number
  readonly times: number[]
}
const newTally = (): Tally => ({
  shown: 0,
  tried: 0,
  helped: 0,
  found: 0,
  unconfirmed: 0,
  times: [],
})

/** Counts each fix once for each case, by its last result there. */
async function countFixes(
  storage: Reads,
  since: number,
  symptom: string | undefined,
): Promise<ReadonlyMap<string, Tally>> {
  const tallies = new Map<string, Tally>()
  for await (const entries of casesSince(storage, { since, symptom })) count(entries, tallies)
  return tallies
}

function count(entries: readonly CaseEntry[], tallies: Map<string, Tally>): void {
  const [{ symptom } = { symptom: '' }] = entries
  const tallyOf = (fix: string): Tally => {
    const key = keyOf(symptom, fix)
    const known = tallies.get(key) ?? newTally()
    tallies.set(key, known)
    return known
  }
  const shown = entries.flatMap(({ what, fix }) => (what === 'shown' && fix !== null ? [fix] : []))
  for (const fix of new Set(shown)) tallyOf(fix).shown += 1
  const last = new Map(resultsOf(entries).map((each) => [each.fix, each]))
  for (const { fix, result, entry } of last.values()) {
    const tally = tallyOf(fix)
    if (result === 'found') tally.found += 1
    if (result === 'unconfirmed') tally.unconfirmed += 1
    if (result === 'helped') tally.helped += 1
    if (result === 'helped' || result === 'no_help' || result === 'partly') tally.tried += 1
    if (entry.minutes !== null) tally.times.push(entry.minutes)
  }
}

function believed(
  beliefs: Beliefs,
  symptom: LadderSymptom,
  { fix, chance }: LadderSymptom['fixes'][number],
): Pick<FixOutcomes, 'belief' | 'families'> {
  const own = families.flatMap((family): [Family, ToldBelief][] => {
    const belief = beliefs.of(symptom.id, fix, chance, deviceOf(family))
    return belief.from === family ? [[family, told(belief)]] : []
  })
  return {
    belief: told(beliefs.of(symptom.id, fix, chance)),
    families: Object.fromEntries(own),
  }
}

const deviceOf = (family: Family): Device => (family === 'ios' ? 'iphone' : family)

const told = ({ chance, low, high, cases, from }: Belief): ToldBelief => ({
  chance: rounded(chance),
  low: rounded(low),
  high: rounded(high),
  cases,
  from,
})

/** More digits than these mean nothing. */
const rounded = (value: number): number => Math.round(value * 1_000) / 1_000

function median(times: readonly number[]): number | null {
  const sorted = times.toSorted((one, other) => one - other)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  if (upper === undefined || lower === undefined) return null
  return Math.round(((lower + upper) / 2) * 10) / 10
}

const keyOf = (symptom: string, fix: string): string => `${symptom}\n${fix}`
