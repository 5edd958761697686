import type { Fix, LadderSymptom, Pack } from '../pack'
import type { Device } from '../words'
import { authorsBeliefs, type Belief, type Beliefs } from './beliefs'
import { chancesNow } from './chances'
import type { Rung, RungResult } from './ladder'

/** What is known when fixes are ranked. */
export interface Known {
  readonly beliefs?: Beliefs
  readonly device?: Device | undefined
  /** What the person said of their situation: names of the pack's signs. */
  readonly signs?: readonly string[]
  readonly rungs?: readonly Rung[]
  /** Fixes that the person tried before the chat. */
  readonly tried?: readonly string[]
  /** Fixes that cannot be done here (another device, somebody else's album); they are no guess at the cause either. */
  readonly ruledOut?: ReadonlySet<string>
}

/** Why a fix stands where it stands; the first that applies. */
export type Place =
  /** The author put it there. */
  | 'pinned'
  /** It gets pictures across and repairs nothing, so it is last. */
  | 'workaround'
  /** It loses something, so it comes after what does not. */
  | 'loses'
  /** It loses something and is early all the same, because the author says what is gained and the gain is large. */
  | 'gain'
  /** By its chance per minute. */
  | 'ratio'

/** A fix on the way to being a rung, with what its place depends on. */
export interface Candidate {
  readonly fix: Fix
  /** Chance that it cures this symptom now, given what is known; between 0 and 1. */
  readonly chance: number
  /** What it costs the person. */
  readonly minutes: number
  readonly chancePerMinute: number
  readonly place: Place
  /** What was believed before anything was known of this person. */
  readonly belief: Belief
  /** The author's own estimate. */
  readonly authored: number
  /** What the author says is gained by it. */
  readonly gain?: string | undefined
}

/** A fix that loses something may come early when its chance per minute is so many times that of the best harmless one. */
export const largeGain = 3

/**
 * The fixes of a symptom in the order to try them now, without those that were tried, skipped or put off: by chance per
 * minute (P over C: Kadane and Simon 1977, Heckerman, Breese and Rommelse 1995), after three constraints that come
 * before the ratio: the author's pins, what loses something is never early, and a workaround comes last.
 * Equal ones stand in the order of their names, so that the order in the file decides nothing.
 */
export function rank(symptom: LadderSymptom, pack: Pack, known: Known = {}): readonly Candidate[] {
  const { beliefs = authorsBeliefs, device, signs = [], rungs = [], tried = [] } = known
  const results = new Map<string, RungResult>(tried.map((fix) => [fix, 'already_tried']))
  for (const { fix, result } of rungs) if (result !== undefined) results.set(fix, result)
  const entries = symptom.fixes.flatMap((entry) => {
    const fix = pack.fixes.get(entry.fix)
    if (!fix || known.ruledOut?.has(fix.id)) return []
    const belief = beliefs.of(symptom.id, fix.id, entry.chance, device)
    return [{ ...entry, fix, authored: entry.chance, chance: belief.chance, belief }]
  })
  const repairs = entries.filter(({ fix }) => fix.outcome === 'solved')
  const chances = chancesNow(repairs, { signs, results })
  const open = entries
    .filter(({ fix }) => !results.has(fix.id))
    .map(({ fix, belief, authored, gain, pin }) => {
      const chance = chances.get(fix.id) ?? belief.chance
      const chancePerMinute = chance / fix.minutes
      return { fix, chance, minutes: fix.minutes, chancePerMinute, belief, authored, gain, pin }
    })
  const harmless = open.filter(({ fix }) => fix.loses === undefined && fix.outcome === 'solved')
  const best = Math.max(0, ...harmless.map(({ chancePerMinute }) => chancePerMinute))
  const placed = open.map(({ pin, ...candidate }) => ({
    pin,
    candidate: { ...candidate, place: placeOf(candidate, pin, best) },
  }))
  const free = placed
    .filter(({ pin }) => pin === undefined)
    .map(({ candidate }) => candidate)
    .toSorted(byPlace)
  const pinned = placed
    .flatMap(({ pin, candidate }) => (pin === undefined ? [] : [{ pin, candidate }]))
    .toSorted((a, b) => a.pin - b.pin)
  // A place is counted from the first rung of the ladder, and those that were shown have theirs.
  const shown = rungs.filter(({ result }) => result !== undefined).length
  return pinned.reduce<readonly Candidate[]>(
    (order, { pin, candidate }) => order.toSpliced(Math.max(0, pin - 1 - shown), 0, candidate),
    free,
  )
}

/** What bringing in a person costs where nobody has said otherwise, in minutes: waiting, telling, being helped. Our estimate. */
export const usualHumanMinutes = 60

/**
 * True when a person would be quicker than going on in this order, however far: no number of further fixes, with a person
 * after them if they all fail, takes fewer minutes than a person now. Looking at the next fix only would stop too early where a
 * poor fix comes before good ones, as harmless ones come before those that lose something. Workarounds repair nothing and do
 * not count.
 */
export function isPersonQuicker(order: readonly Candidate[], humanMinutes: number): boolean {
  const repairs = order.filter(({ place }) => place !== 'workaround')
  let isStillBroken = 1
  let minutes = 0
  for (const candidate of repairs) {
    minutes += candidate.minutes * isStillBroken
    isStillBroken -= candidate.chance
    if (minutes + humanMinutes * isStillBroken <= humanMinutes) return false
  }
  return repairs.length > 0
}

function placeOf(
  { fix, gain, chancePerMinute }: Pick<Candidate, 'fix' | 'gain' | 'chancePerMinute'>,
  pin: number | undefined,
  bestHarmless: number,
): Place {
  if (pin !== undefined) return 'pinned'
  if (fix.outcome === 'workaround') return 'workaround'
  if (fix.loses === undefined) return 'ratio'
  return gain !== undefined && chancePerMinute > largeGain * bestHarmless ? 'gain' : 'loses'
}

const bands: Readonly<Record<Place, number>> = {
  pinned: 0,
  gain: 0,
  ratio: 0,
  loses: 1,
  workaround: 2,
}

const byPlace = (a: Candidate, b: Candidate): number =>
  bands[a.place] - bands[b.place] ||
  b.chancePerMinute - a.chancePerMinute ||
  (a.fix.id < b.fix.id ? -1 : 1)
