import type { Fix } from '../pack'
import type { RungResult } from './ladder'

/** A fix as a guess at what is wrong. */
export interface Guess {
  readonly fix: Fix
  /** Chance that it cures the symptom, were it the first thing tried. */
  readonly chance: number
  /** Fixes with the same cause compete for it; without one a fix has its own. */
  readonly cause?: string | undefined
}

export interface Evidence {
  /** What the person said of their situation: names of the pack's signs. */
  readonly signs: readonly string[]
  /** What became of fixes, by id. */
  readonly results: ReadonlyMap<string, RungResult>
}

/** "Some came": so many times likelier where the cause is the right one than where it is not. Our estimate. */
const partlySpeaksFor = 3

/** Room for causes that no fix cures, however sure the fixes are. */
const leastUnknown = 0.02

/**
 * The chance of each fix given what is known, by single-fault reasoning: one cause is at work, or one that the ladder
 * does not know. A cause is as likely as its fixes together, and each of them cures its share of it. A fix that failed
 * takes that share away and the rest grow, so that all causes stay at 1 together (Heckerman, Breese and Rommelse 1995).
 * A fix that was tried has no chance left.
 */
export function chancesNow(
  guesses: readonly Guess[],
  evidence: Evidence,
): ReadonlyMap<string, number> {
  const causes = new Map<string, Weighed[]>()
  // Always added up in the same order, so that the order in the file decides nothing, not even the last digit.
  const sorted = guesses.toSorted((a, b) => (a.fix.id < b.fix.id ? -1 : 1))
  for (const guess of sorted) {
    const name = guess.cause ?? guess.fix.id
    const weighed = {
      id: guess.fix.id,
      weight: guess.chance * spokenFor(guess.fix, evidence.signs),
    }
    causes.set(name, [...(causes.get(name) ?? []), weighed])
  }
  const weights = [...causes.values()].map((fixes) => weighCause(fixes, evidence.results))
  const unknown = Math.max(leastUnknown, 1 - sum(sorted.map(({ chance }) => chance)))
  const all = unknown + sum(weights.map(({ weight }) => weight))
  return new Map(
    weights.flatMap(({ weight, shares }) =>
      shares.map(({ id, share }): [string, number] => [id, (weight * share) / all]),
    ),
  )
}

interface Weighed {
  readonly id: string
  readonly weight: number
}

/** What is left of a cause, and the share of it that each of its fixes cures. */
function weighCause(fixes: readonly Weighed[], results: Evidence['results']) {
  const whole = sum(fixes.map(({ weight }) => weight))
  let weight = whole
  const shares = fixes.map((fix) => {
    const share = whole === 0 ? 0 : fix.weight / whole
    const result = results.get(fix.id)
    if (result === 'no_help' || result === 'already_tried') weight *= 1 - share
    if (result === 'partly') weight *= partlySpeaksFor
    return { id: fix.id, share: result !== undefined && isEvidence(result) ? 0 : share }
  })
  return { weight, shares }
}

/** Whether a result says something of the cause; what was skipped or put off says nothing. */
const isEvidence = (result: RungResult): boolean =>
  ['no_help', 'already_tried', 'partly', 'helped', 'found'].includes(result)

/** How much likelier what the person said makes this fix: 1 when nothing speaks for or against it. */
const spokenFor = ({ signs }: Fix, said: readonly string[]): number =>
  said.reduce((factor, sign) => factor * (signs[sign] ?? 1), 1)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
