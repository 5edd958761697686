import {
  devices,
  familyOf,
  type CaseRecord,
  type Device,
  type Family,
  type RungResult,
} from '../../knowledge'

/** An entry of a case that says what became of a rung, or that the case was opened again. */
export interface AnswerEntry {
  readonly what: string
  readonly symptom: string
  readonly fix: string | null
  readonly device: string | null
  readonly result: string | null
  readonly outcome: string | null
}

/**
 * The results of one case in their order. A case that came back after it was solved was not cured: what helped then did
 * not help.
 */
export function resultsOf<E extends AnswerEntry>(entries: readonly E[]): readonly Answered<E>[] {
  let results: readonly Answered<E>[] = []
  for (const entry of entries) {
    const { what, fix, result, outcome } = entry
    if (what === 'reopened' && outcome === 'solved')
      results = results.map((each) =>
        each.result === 'helped' ? { ...each, result: 'no_help' } : each,
      )
    else if (what === 'result' && fix !== null && result !== null)
      results = [...results, { entry, fix, result }]
  }
  return results
}

export interface Answered<E> {
  readonly entry: E
  readonly fix: string
  readonly result: string
}

/**
 * One case as records to count: one for each family of devices that it was tried on, with the results that belong to
 * it, of each fix the last. What was answered before the device was known belongs to the first one.
 */
export function recordsOf(entries: readonly AnswerEntry[]): readonly CaseRecord[] {
  const results = resultsOf(entries)
  const known = results.map(({ entry }) => deviceIn(entry)).find((device) => device !== undefined)
  const tried = new Map<Family, { symptom: string; device?: Device; last: Map<string, string> }>()
  for (const { entry, fix, result } of results) {
    const device = deviceIn(entry) ?? known
    const family = familyOf(device)
    const { last, ...rest } = tried.get(family) ?? {
      symptom: entry.symptom,
      ...(device && { device }),
      last: new Map<string, string>(),
    }
    // Of a fix answered twice the last counts, at the place of the last.
    last.delete(fix)
    tried.set(family, { ...rest, last: last.set(fix, result) })
  }
  return [...tried.values()].map(({ last, ...record }) => ({
    ...record,
    results: [...last].flatMap(([fix, result]) => (isConfirmed(result) ? [{ fix, result }] : [])),
  }))
}

const deviceIn = ({ device }: AnswerEntry): Device | undefined =>
  devices.find((each) => each === device)

/** What the person confirmed after trying. All else (put off, skipped, silence) says nothing of a fix. */
const confirmed: ReadonlySet<string> = new Set<RungResult>(['helped', 'no_help', 'partly', 'found'])
const isConfirmed = (result: string): result is RungResult => confirmed.has(result)
