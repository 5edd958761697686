import type { Device } from '../words'
import type { Pack } from '../pack'
import { familyOf, type Count, type Family } from './beliefs'
import { chancesNow, type Guess } from './chances'
import type { RungResult } from './ladder'

/** What is known of one case: the results that the person gave, in their order. Of a fix answered twice the last counts. */
export interface CaseRecord {
  readonly symptom: string
  readonly device?: Device
  readonly results: readonly { readonly fix: string; readonly result: RungResult }[]
}

/**
 * Counts what cases say of each fix. A fix that helped is a success, and since one cause is at work, a failure of every fix
 * for another cause, shown or not: else the fixes that come late, after the likely ones have failed, would look better
 * than they are. A fix that was tried here without help is a failure. A case that ended without a cure says little of the
 * fixes that it did not come to: each is counted as open, with the chance that the author gives it there. Were it not, late
 * fixes would look worse the more people leave or are passed to a person before them. A case in which nothing was tried says
 * nothing.
 */
export function countCases(cases: readonly CaseRecord[], pack: Pack): Count[] {
  const counts = new Map<string, { -readonly [field in keyof Count]: Count[field] }>()
  const countOf = (symptom: string, family: Family, fix: string) => {
    const key = `${symptom}\n${family}\n${fix}`
    const known = counts.get(key)
    if (known) return known
    const count = { symptom, fix, family, helped: 0, failed: 0, open: 0, expected: 0 }
    counts.set(key, count)
    return count
  }
  for (const { symptom: id, device, results: given } of cases) {
    const symptom = pack.symptoms.get(id)
    if (symptom?.kind !== 'ladder') continue
    const results = new Map(given.map(({ fix, result }) => [fix, result]))
    const repairs = symptom.fixes.flatMap((entry) => {
      const fix = pack.fixes.get(entry.fix)
      return fix?.outcome === 'solved' ? [{ ...entry, fix }] : []
    })
    const cured = repairs.find(({ fix }) => isCure(results.get(fix.id)))
    if (!cured && !repairs.some(({ fix }) => hasFailed(results.get(fix.id)))) continue
    const chances = cured
      ? sharesOf(causeOf(cured), repairs)
      : chancesNow(repairs, { signs: [], results })
    for (const entry of repairs) {
      const count = countOf(id, familyOf(device), entry.fix.id)
      const result = results.get(entry.fix.id)
      const chance = chances.get(entry.fix.id)
      if (entry === cured) count.helped += 1
      else if (hasFailed(result)) count.failed += 1
      else if (chance === undefined) count.failed += 1
      else if (result !== 'already_tried') {
        count.open += 1
        count.expected += chance
      }
    }
  }
  return [...counts.values()]
}

/** A check that found the cause is a success too: its chance is that it finds one. */
const isCure = (result: RungResult | undefined): boolean =>
  result === 'helped' || result === 'found'

const hasFailed = (result: RungResult | undefined): boolean =>
  result === 'no_help' || result === 'partly'

const causeOf = ({ fix, cause }: Guess): string => cause ?? fix.id

/** The fixes of a cause, and how much of it each cures. */
function sharesOf(cause: string, guesses: readonly Guess[]): ReadonlyMap<string, number> {
  const own = guesses.filter((guess) => causeOf(guess) === cause)
  const whole = own.reduce((sum, { chance }) => sum + chance, 0)
  return new Map(own.map(({ fix, chance }) => [fix.id, chance / whole]))
}
