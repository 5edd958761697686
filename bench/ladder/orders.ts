import { toPerson, type Policy } from './policy'
import type { TrueFix, TrueLadder } from './truth'

/** The order in which the article that the first pack is made from tells its six remedies. */
const articleOrder = [
  'shared-albums-on',
  'internet',
  'low-power-mode',
  'restart',
  'reset-network-settings',
  'update-system',
]

/** The article's order, then what it does not know in the order that the author wrote. */
export const articlePolicy = (ladder: TrueLadder): Policy => {
  const place = ({ id }: TrueFix): number => {
    const at = articleOrder.indexOf(id)
    return at === -1 ? articleOrder.length : at
  }
  return inOrder(ladder, (a, b) => place(a) - place(b))
}

/** The likeliest first, whatever it costs. What loses something comes after what does not. */
export const chancePolicy = (ladder: TrueLadder): Policy =>
  inOrder(ladder, (a, b) => lossLast(a, b) || chanceOf(ladder, b) - chanceOf(ladder, a))

/** The quickest first, however unlikely. What loses something comes after what does not. */
export const costPolicy = (ladder: TrueLadder): Policy =>
  inOrder(ladder, (a, b) => lossLast(a, b) || a.minutes - b.minutes)

/** Fixes in a fixed order, each once, then a person. */
function inOrder(ladder: TrueLadder, compare: (a: TrueFix, b: TrueFix) => number): Policy {
  const order = ladder.fixes.toSorted(compare)
  return (history) => {
    const done = new Set(
      history.flatMap(({ fix }) => {
        const does = ladder.fixes.find(({ id }) => id === fix)?.does ?? []
        return does.map((at) => ladder.fixes[at]?.id)
      }),
    )
    return order.find(({ id }) => !done.has(id))?.id ?? toPerson
  }
}

const lossLast = (a: TrueFix, b: TrueFix): number => Number(a.isLate) - Number(b.isLate)

const chanceOf = ({ causes }: TrueLadder, { cause, efficacy }: TrueFix): number =>
  (causes[cause] ?? 0) * efficacy
