import type { Label, QuestionKind, Understood } from './understood'

/** What a reply means as one of the labels that programs get, which know no "unclear". */
export interface Meant {
  readonly label: MeantLabel
  readonly also: readonly MeantLabel[]
  readonly confidence: number
}
export type MeantLabel = Exclude<Label, 'unclear' | 'thanks' | 'help'>

/** Says what was understood in those labels: an unclear reply as its likeliest meaning, with a confidence of at most 0.3. */
export function meant(understood: Understood, kind: QuestionKind): Meant {
  const { label, also, confidence, guess, facts } = understood
  const isFactTold =
    (kind === 'role' || kind === 'scope' || kind === 'system') &&
    facts[kind] !== undefined &&
    facts[kind] !== 'unknown'
  // "Mine" is what was asked for.
  const main =
    label === 'unclear' && isFactTold
      ? ({ label: 'yes', confidence: FACT_TOLD } as const)
      : { label: named(label === 'unclear' ? guess : label) ?? 'chitchat', confidence }
  const beside = also.flatMap((each) => named(each) ?? [])
  return {
    label: main.label,
    also: [...new Set(beside)].filter((each) => each !== main.label),
    confidence: main.confidence,
  }
}

/** As sure as an option that was told by its words. */
const FACT_TOLD = 0.85

function named(label: Label | undefined): MeantLabel | undefined {
  switch (label) {
    case undefined:
    case 'unclear':
      return undefined
    case 'thanks':
      return 'chitchat'
    case 'help':
      return 'dont_understand'
    default:
      return label
  }
}
