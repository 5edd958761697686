import { countCases, type Count, type Pack } from '../../knowledge'
import { recordsOf, type AnswerEntry } from './answers'

/** An entry with its place in the ledger. */
export type NumberedEntry = AnswerEntry & { readonly entry: number; readonly case_id: string }

/**
 * What the cases in the ledger say of fixes, counted up to an entry and no further. It holds the counts alone, not the
 * cases: a case that goes on is counted anew, and what it said before is taken away.
 */
export class Tallies {
  readonly pack: Pack
  /** The newest entry that is counted. */
  upTo = 0
  readonly #counts = new Map<string, Count>()

  constructor(pack: Pack) {
    this.pack = pack
  }

  get counts(): readonly Count[] {
    return [...this.#counts.values()]
  }

  /** Counts on up to this entry. `entries` are all entries of the cases that have one of the new ones, in order. */
  countOn(entries: readonly NumberedEntry[], upTo: number): void {
    const cases = [...groupByCase(entries).values()]
    const before = cases.map((each) => each.filter(({ entry }) => entry <= this.upTo))
    for (const count of countCases(before.flatMap(recordsOf), this.pack)) this.#add(count, -1)
    for (const count of countCases(cases.flatMap(recordsOf), this.pack)) this.#add(count, 1)
    this.upTo = upTo
  }

  #add(count: Count, times: 1 | -1): void {
    const key = [count.symptom, count.fix, count.family].join('\n')
    const { helped, failed, open, expected } = this.#counts.get(key) ?? nothing
    this.#counts.set(key, {
      ...count,
      helped: helped + times * count.helped,
      failed: failed + times * count.failed,
      open: open + times * count.open,
      expected: expected + times * count.expected,
    })
  }
}

const nothing = { helped: 0, failed: 0, open: 0, expected: 0 }

function groupByCase(entries: readonly NumberedEntry[]): Map<string, NumberedEntry[]> {
  const cases = new Map<string, NumberedEntry[]>()
  for (const entry of entries) {
    const known = cases.get(entry.case_id)
    if (known) known.push(entry)
    else cases.set(entry.case_id, [entry])
  }
  return cases
}
