import type { Random } from '../match/random'
import { draw, logNormal } from './chance'
import type { TrueLadder } from './truth'

/** Somebody with a trouble. All their luck is drawn beforehand, so that every policy meets the same people. */
export interface Person {
  /** Places of what truly causes the trouble; all must be cured. -1 is a cause that none of our fixes cures. */
  readonly causes: readonly number[]
  /** One number for each fix: it cures its cause in this person if the number is below its efficacy. */
  readonly coins: readonly number[]
  /** Minutes after which they leave. */
  readonly patience: number
  /** Number of the rung after which they leave in any case. */
  readonly leavesAfter: number
  /** Does not see that it works now, once: the first true yes is a no. */
  readonly overlooks: boolean
  /** Number of the rung at which they say yes although nothing works. */
  readonly hastyAt: number
  /** With two causes: notices that something is better when one is cured. */
  readonly notices: boolean
}

/** What kind of people come. */
export interface Population {
  readonly name: string
  readonly shareWithTwoCauses: number
  readonly shareWrong: number
  /** Median and spread of the minutes people stay, log-normal. */
  readonly patience: { readonly median: number; readonly spread: number } | undefined
  /** Share of people who leave after each rung that did not help, whatever their patience. */
  readonly leaving: number
}

/** One cause each, true answers, endless patience: the people whom the optimum is the optimum for. */
export const clean: Population = {
  name: 'clean',
  shareWithTwoCauses: 0,
  shareWrong: 0,
  patience: undefined,
  leaving: 0,
}

/** Assumptions, not measurements: a tenth has two causes, one in twenty answers wrongly once, some leave. */
export const realistic: Population = {
  name: 'realistic',
  shareWithTwoCauses: 0.1,
  shareWrong: 0.05,
  patience: { median: 25, spread: 0.8 },
  leaving: 0.02,
}

/** A hasty yes comes at one of the first rungs. */
const hastyRungs = 5

export function drawPerson(
  { causes, fixes }: TrueLadder,
  { shareWithTwoCauses, shareWrong, patience, leaving }: Population,
  random: Random,
): Person {
  const first = draw(causes, 1, random)
  const hasTwo = random() < shareWithTwoCauses
  const second = secondCause(causes, first, random)
  const isWrong = random() < shareWrong
  const overlooks = random() < 0.5
  const hastyAt = 1 + Math.floor(random() * hastyRungs)
  const leavesAfter = 1 + Math.floor(Math.log(1 - random()) / Math.log(1 - leaving))
  const stays = logNormal(patience?.median ?? 1, patience?.spread ?? 1, random)
  return {
    causes: hasTwo ? [first, second] : [first],
    patience: patience ? stays : Number.POSITIVE_INFINITY,
    leavesAfter: leaving > 0 ? leavesAfter : Number.POSITIVE_INFINITY,
    overlooks: isWrong && overlooks,
    hastyAt: isWrong && !overlooks ? hastyAt : Number.POSITIVE_INFINITY,
    notices: random() < 0.5,
    coins: fixes.map(() => random()),
  }
}

/** Another cause than the first, as likely as it is among those that are left. */
function secondCause(causes: readonly number[], first: number, random: Random): number {
  const others = causes.map((chance, at) => (at === first ? 0 : chance))
  const none = first === -1 ? 0 : 1 - sum(causes)
  return draw(others, sum(others) + none, random)
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
