import type { Tally } from './compare'
import type { End } from './visit'

/** A share with the half width of its 95 % confidence interval. */
export interface Estimate {
  readonly value: number
  readonly margin: number
}

/** One contender over all worlds. */
export interface Summary {
  readonly name: string
  readonly people: number
  /** Mean minutes until the trouble is gone, and the standard error of that mean. */
  readonly minutes: number
  readonly standardError: number
  readonly stayedMinutes: number
  readonly shares: Readonly<Record<End, number>>
  /** How much more minutes than each other contender, by its name: 0.03 is 3 % more. */
  readonly above: ReadonlyMap<string, Estimate>
}

/** Puts worlds together; each holds the same contenders. Comparisons are paired world by world, since the same people climbed. */
export function summarise(worlds: readonly (readonly Tally[])[]): Summary[] {
  const inWorlds = (name: string): Tally[] =>
    worlds.flatMap((tallies) => tallies.filter((tally) => tally.name === name))
  return (worlds[0] ?? []).map(({ name }) => {
    const own = inWorlds(name)
    const total = (read: (tally: Tally) => number): number =>
      own.reduce((sum, tally) => sum + read(tally), 0)
    const people = total((tally) => tally.people)
    const minutes = total((tally) => tally.minutes) / people
    const share = (end: End): number => total(({ ends }) => ends[end]) / people
    const variance = total(({ squares }) => squares) / people - minutes * minutes
    const above = (worlds[0] ?? []).map((other): [string, Estimate] => {
      const ratios = inWorlds(other.name).map(
        (theirs, world) => meanOf(own[world]) / meanOf(theirs) - 1,
      )
      return [other.name, estimate(ratios)]
    })
    return {
      name,
      people,
      minutes,
      standardError: Math.sqrt(variance / people),
      stayedMinutes: total((tally) => tally.stayedMinutes) / (people * (1 - share('left'))),
      shares: {
        fix: share('fix'),
        person: share('person'),
        left: share('left'),
        'wrong-yes': share('wrong-yes'),
      },
      above: new Map(above),
    }
  })
}

const meanOf = (tally: Tally | undefined): number => (tally ? tally.minutes / tally.people : 0)

function estimate(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const error = Math.sqrt(squares / (values.length - 1) / values.length)
  return { value: mean, margin: studentQuantile(values.length - 1) * error }
}

/** The 97.5 % quantile of Student's t, close enough from 3 degrees of freedom on (Cornish and Fisher 1938). */
function studentQuantile(freedom: number): number {
  const z = 1.959964
  return z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2)
}
