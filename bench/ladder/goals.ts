import type { Estimate, Summary } from './summary'
import { difference } from './tables'
import { names } from './worlds'

/** What is asked of the ranking, for one pack. */
export interface Goal {
  readonly text: string
  readonly measured: Estimate
  readonly isMet: boolean
  /** What the optimum reaches, when even that is too little. */
  readonly outOfReach?: Estimate | undefined
}

const mostAboveOptimum = 0.03
const leastBelowArticle = 0.25
const mostAboveRight = 0.05

/**
 * Whether the goals are met: near the optimum on short ladders, below the article's order on whole ones, and wrong priors
 * recovered by learning, for people with one cause and for people of all kinds.
 */
export function judge(
  short: readonly Summary[],
  whole: readonly Summary[],
  realistic: readonly Summary[],
): Goal[] {
  const goal = (text: string, measured: Estimate, most: number): Goal => ({
    text,
    measured,
    isMet: measured.value <= most,
  })
  const recovered = (summaries: readonly Summary[], whom: string): Goal[] =>
    [names.learnt(1_000), names.learntEach(1_000)].map((name) =>
      goal(
        `${name}: at most 5 % above right priors, ${whom}`,
        above(summaries, name, names.right),
        mostAboveRight,
      ),
    )
  const best = above(whole, names.optimum, names.article)
  return [
    goal(
      `${names.right}: at most 3 % above the optimum`,
      above(short, names.right, names.optimum),
      mostAboveOptimum,
    ),
    {
      ...goal(
        `${names.right}: at least 25 % below the article's order`,
        above(whole, names.right, names.article),
        -leastBelowArticle,
      ),
      ...(best.value > -leastBelowArticle && { outOfReach: best }),
    },
    ...recovered(whole, 'one cause'),
    ...recovered(realistic, 'people of all kinds'),
  ]
}

export const goalLine = ({ text, measured, isMet, outOfReach }: Goal): string =>
  `- ${isMet ? 'Met' : outOfReach ? 'Out of reach' : 'NOT MET'}: ${text}: ${difference(measured)}` +
  `${outOfReach ? `, the optimum ${difference(outOfReach)}` : ''}.`

function above(summaries: readonly Summary[], name: string, other: string): Estimate {
  const estimate = summaries.find((summary) => summary.name === name)?.above.get(other)
  if (!estimate) throw new Error(`"${name}" was not compared with "${other}".`)
  return estimate
}
