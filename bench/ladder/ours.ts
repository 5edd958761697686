import {
  authorsBeliefs,
  countCases,
  createBeliefs,
  isPersonQuicker,
  rank,
  type Beliefs,
  type CaseRecord,
  type Count,
  type Pack,
} from '../../knowledge'
import { toPerson, type Policy } from './policy'
import { humanMinutes } from './visit'

/** The only file of the simulator that knows the program's own ranking: it makes a policy of it. */

export type { Beliefs, CaseRecord }

export interface OursOptions {
  readonly beliefs?: Beliefs
  /** Whether a person is offered as soon as the next fix is dearer; otherwise only when no fix is left. */
  readonly offersPerson?: boolean
}

/** The ranking as it is, given a pack and what was learnt. */
export function ourPolicy(
  pack: Pack,
  symptomId: string,
  { beliefs = authorsBeliefs, offersPerson = true }: OursOptions = {},
): Policy {
  const symptom = pack.symptoms.get(symptomId)
  if (symptom?.kind !== 'ladder') throw new Error(`No ladder "${symptomId}".`)
  return (history) => {
    // As the ladder does: who did a fix is not asked for what is done with it.
    const covered = history.flatMap(({ fix }) => pack.fixes.get(fix)?.covers ?? [])
    const done = new Set(history.map(({ fix }) => fix))
    const tried = covered.filter((fix) => !done.has(fix))
    const order = rank(symptom, pack, { beliefs, rungs: history, tried }).filter(
      ({ fix }) => fix.outcome === 'solved',
    )
    const [next] = order
    if (!next || (offersPerson && isPersonQuicker(order, humanMinutes))) return toPerson
    return next.fix.id
  }
}

/** What the program learns, case by case. */
export interface Learner {
  readonly add: (cases: readonly CaseRecord[]) => void
  readonly beliefs: () => Beliefs
}

export function createLearner(pack: Pack): Learner {
  const counts: Count[] = []
  return {
    // Counts of the same fix add up, so earlier cases need not be counted again.
    add: (cases) => counts.push(...countCases(cases, pack)),
    beliefs: () => createBeliefs(counts),
  }
}
