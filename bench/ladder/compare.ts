import { randomFor } from '../match/random'
import { drawPerson } from './people'
import { placeOf } from './policy'
import { visit, type End } from './visit'
import type { World } from './worlds'

/** What became of the people who climbed by one contender's order. */
export interface Tally {
  readonly name: string
  people: number
  minutes: number
  /** Minutes squared, for the spread. */
  squares: number
  /** Minutes of those who did not leave. */
  stayedMinutes: number
  readonly ends: Record<End, number>
}

/** Sends the same people, so many for each ladder, through every contender. */
export function compare(
  { contenders, ladders, population }: World,
  { people, seed }: { people: number; seed: string },
): Tally[] {
  const tallies = contenders.map(({ name }) => emptyTally(name))
  for (const ladder of ladders) {
    const random = randomFor(`${seed} ${ladder.symptom} ${population.name}`)
    const starts = contenders.map(({ policyFor }) => placeOf(policyFor(ladder), ladder))
    for (let count = 0; count < people; count += 1) {
      const person = drawPerson(ladder, population, random)
      for (const [at, start] of starts.entries()) {
        const { minutes, end } = visit(person, ladder, start)
        const tally = tallies[at]
        if (!tally) continue
        tally.people += 1
        tally.minutes += minutes
        tally.squares += minutes * minutes
        if (end !== 'left') tally.stayedMinutes += minutes
        tally.ends[end] += 1
      }
    }
  }
  return tallies
}

const emptyTally = (name: string): Tally => ({
  name,
  people: 0,
  minutes: 0,
  squares: 0,
  stayedMinutes: 0,
  ends: { fix: 0, person: 0, left: 0, 'wrong-yes': 0 },
})
