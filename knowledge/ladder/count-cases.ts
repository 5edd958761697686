import type { Device } from '../words'
import type { LadderSymptom, Pack } from '../pack'
import { familyOf, type Count, type Family } from './beliefs'
import type { RungResult } from './ladder'

/** What is known of one case: the results that the person gave, in their order. Of a fix answered twice the last counts. */
export interface CaseRecord {
  readonly symptom: string
  readonly device?: Device
  readonly results: readonly { readonly fix: string; readonly result: RungResult }[]
}

/**
 * Counts confirmed outcomes. A fix that helped is a success, and since one cause is at work, a failure of every fix
 * for another cause, shown or not: else the fixes that come late, after the likely ones have failed, would look better
 * than they are. A fix that was tried here without help is a failure. What was put off, skipped or tried before the
 * chat says nothing.
 */
export function countCases(cases: readonly CaseRecord[], pack: Pack): Count[] {
  const counts = new Map<string, Count>()
  const add = (symptom: string, family: Family, fix: string, helped: number) => {
    const key = `${symptom}\n${family}\n${fix}`
    const before = counts.get(key) ?? { symptom, fix, family, helped: 0, failed: 0 }
    counts.set(key, {
      ...before,
      helped: before.helped + helped,
      failed: before.failed + 1 - helped,
    })
  }
  for (const { symptom: id, device, results } of cases) {
    const symptom = pack.symptoms.get(id)
    if (symptom?.kind !== 'ladder') continue
    const family = familyOf(device)
    const last = new Map(results.map(({ fix, result }) => [fix, result]))
    const repairs = symptom.fixes.filter(({ fix }) => pack.fixes.get(fix)?.outcome === 'solved')
    const cured = repairs.find(({ fix }) => isCure(last.get(fix)))
    for (const entry of repairs) {
      const result = last.get(entry.fix)
      if (entry === cured) add(id, family, entry.fix, 1)
      else if (result === 'no_help' || result === 'partly') add(id, family, entry.fix, 0)
      else if (cured && causeOf(cured) !== causeOf(entry)) add(id, family, entry.fix, 0)
    }
  }
  return [...counts.values()]
}

/** A check that found the cause is a success too: its chance is that it finds one. */
const isCure = (result: RungResult | undefined): boolean =>
  result === 'helped' || result === 'found'

const causeOf = ({ fix, cause }: LadderSymptom['fixes'][number]): string => cause ?? fix
