import type { Pack } from '../../knowledge'
import { randomFor } from '../match/random'
import { learn } from './learn'
import { optimumOf } from './optimum'
import { articlePolicy, chancePolicy, costPolicy } from './orders'
import { ourPolicy, type Beliefs, type OursOptions } from './ours'
import type { Population } from './people'
import type { Policy } from './policy'
import { truthsOf, type TrueLadder } from './truth'
import { withWrongPriors } from './wrong-priors'

/** A way to choose the next fix, one policy for each ladder. */
export interface Contender {
  readonly name: string
  readonly policyFor: (ladder: TrueLadder) => Policy
}

/** One world: ladders as they truly are, and everybody who is to climb them. */
export interface World {
  /** The people who come, also those who were learnt from. */
  readonly population: Population
  readonly ladders: readonly TrueLadder[]
  readonly contenders: readonly Contender[]
}

/** Names that the goals ask for. */
export const names = {
  article: "the article's order",
  right: 'ours, right priors',
  wrong: 'ours, priors wrong by 2x',
  learnt: (cases: number) => `ours, after ${cases.toLocaleString('en')} cases`,
  learntEach: (cases: number) => `ours, after ${cases.toLocaleString('en')} cases a symptom`,
  optimum: 'the optimum',
} as const

/** Numbers of cases to learn from. */
export interface Lessons {
  /** Cases of the whole pack together. */
  readonly ofPack: readonly number[]
  /** Cases of each symptom, on average. */
  readonly ofEach: readonly number[]
}

/**
 * A world in which the pack says the truth. One contender knows it; others have a pack that is wrong by a factor of two,
 * and what was learnt by people who climbed by that one.
 */
export function createWorld(
  pack: Pack,
  population: Population,
  seed: string,
  { ofPack, ofEach }: Lessons,
): World {
  const ladders = truthsOf(pack)
  const wrong = withWrongPriors(pack, randomFor(`${seed} wrong priors`))
  const each = ofEach.map((cases) => cases * ladders.length)
  const order = [...ofPack, ...each].toSorted((a, b) => a - b)
  const learnt = learn({
    pack: wrong,
    ladders,
    population,
    after: order,
    random: randomFor(`${seed} lessons`),
  })
  const ours = (name: string, from: Pack, options: OursOptions = {}): Contender => ({
    name,
    policyFor: ({ symptom }) => ourPolicy(from, symptom, options),
  })
  const believing = (name: string, beliefs: Beliefs | undefined): Contender =>
    ours(name, wrong, beliefs ? { beliefs } : {})
  return {
    population,
    ladders,
    contenders: [
      { name: names.article, policyFor: articlePolicy },
      { name: 'chance only', policyFor: chancePolicy },
      { name: 'cost only', policyFor: costPolicy },
      ours(names.right, pack),
      ours('ours, right priors, person last', pack, { offersPerson: false }),
      ours(names.wrong, wrong),
      ...ofPack.map((cases) => believing(names.learnt(cases), learnt[order.indexOf(cases)])),
      ...ofEach.map((cases, at) =>
        believing(names.learntEach(cases), learnt[order.indexOf(each[at] ?? 0)]),
      ),
      { name: names.optimum, policyFor: (ladder) => optimumOf(ladder).policy },
    ],
  }
}
