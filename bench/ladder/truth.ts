import type { LadderSymptom, Pack } from '../../knowledge'

/** A symptom as it is in the simulator's world: what causes it how often, and what each fix does about it. */
export interface TrueLadder {
  readonly symptom: string
  /** In the order the author wrote them; what only works around the trouble is not among them. */
  readonly fixes: readonly TrueFix[]
  /** How often each cause is at work; what is missing from 1 has a cause that no fix cures. */
  readonly causes: readonly number[]
}

export interface TrueFix {
  readonly id: string
  readonly minutes: number
  /** It loses something, so it comes after every fix that does not, unless the author says what is gained by it. */
  readonly isLate: boolean
  /** The place that the author gave it, counted from 1. */
  readonly pin?: number | undefined
  /** A check: its yes means that the cause was found. */
  readonly isCheck: boolean
  /** Place of the cause it cures, in `causes`. */
  readonly cause: number
  /** Chance that it cures its cause. */
  readonly efficacy: number
  /** Places of the fixes that are done with it, its own among them. */
  readonly does: readonly number[]
}

/** Takes the chances that a pack says as the truth. Fixes that name the same cause compete for it; others have one of their own. */
export function truthOf(symptom: LadderSymptom, pack: Pack): TrueLadder {
  const entries = symptom.fixes.flatMap(({ fix: id, cause, ...entry }) => {
    const fix = pack.fixes.get(id)
    // A cause's name cannot hold a colon, so that no fix's own cause is taken for a shared one.
    return fix?.outcome === 'solved' ? [{ ...entry, fix, cause: cause ?? `of:${id}` }] : []
  })
  const names = [...new Set(entries.map(({ cause }) => cause))]
  const causes = names.map((name) =>
    entries.reduce((sum, { cause, chance }) => (cause === name ? sum + chance : sum), 0),
  )
  const fixes = entries.map(({ fix, chance, cause, pin, gain }, own) => ({
    id: fix.id,
    minutes: fix.minutes,
    isLate: fix.loses !== undefined && gain === undefined,
    pin,
    isCheck: fix.finding !== undefined,
    cause: names.indexOf(cause),
    efficacy: chance / (causes[names.indexOf(cause)] ?? chance),
    does: entries.flatMap((other, at) =>
      at === own || fix.covers.includes(other.fix.id) ? at : [],
    ),
  }))
  return { symptom: symptom.id, fixes, causes }
}

/** The ladders of a pack as they truly are. */
export const truthsOf = (pack: Pack): TrueLadder[] =>
  laddersOf(pack).map((symptom) => truthOf(symptom, pack))

/** The symptoms of a pack that are climbed. */
export const laddersOf = (pack: Pack): LadderSymptom[] =>
  [...pack.symptoms.values()].filter((symptom) => symptom.kind === 'ladder')

/** A pack with the fixes of each ladder made over. */
export function withFixes(
  pack: Pack,
  change: (symptom: LadderSymptom) => LadderSymptom['fixes'],
): Pack {
  const changed = laddersOf(pack).map((symptom) => [
    symptom.id,
    { ...symptom, fixes: change(symptom) },
  ])
  return { ...pack, symptoms: new Map([...pack.symptoms, ...(changed as [])]) }
}

/** A pack whose ladders keep only so many fixes, those with the most chance, in the author's order. */
export const shortened = (pack: Pack, most: number): Pack =>
  withFixes(pack, ({ fixes }) => {
    const real = fixes.filter(({ fix }) => pack.fixes.get(fix)?.outcome === 'solved')
    const kept = new Set(real.toSorted((a, b) => b.chance - a.chance).slice(0, most))
    return real.filter((entry) => kept.has(entry))
  })
