import type { CaseLine } from './contract'
import { passedBetween } from './passed'
import { holdOf, type State } from './state'

/** Who an agent should look up for. */
export interface Arrivals {
  readonly waiting: readonly string[]
  readonly answered: readonly string[]
  /** Passed on by a colleague. */
  readonly passed: readonly CaseLine[]
  /** Taken over by a supervisor. */
  readonly taken: readonly CaseLine[]
}

/** Cases that began to wait between two states, own ones in which the person has just said something, and those that a colleague had. */
export function arrivals(before: State, after: State): Arrivals {
  // What was there at the start, or after a gap in which it may have been seen elsewhere, is no news.
  if (!before.isLoaded || before.cases === after.cases)
    return { waiting: [], answered: [], passed: [], taken: [] }
  const fresh = Object.values(after.cases).filter((line) => before.cases[line.id] !== line)
  return {
    waiting: fresh
      .filter((line) => line.state === 'queued' && before.cases[line.id]?.state !== 'queued')
      .map(({ id }) => id),
    answered: fresh
      .filter(
        (line) =>
          holdOf(after, line) === 'mine' &&
          line.awaitedSince !== undefined &&
          before.cases[line.id]?.awaitedSince === undefined,
      )
      .map(({ id }) => id),
    passed: passedBetween(before, after),
    taken: fresh.filter((line) => {
      const known = before.cases[line.id]
      const wasMine = known !== undefined && holdOf(before, known) === 'mine'
      // What this agent passes on is busy meanwhile.
      return wasMine && holdOf(after, line) === 'theirs' && before.busy[line.id] === undefined
    }),
  }
}

/** The number in the title: who waits for anybody, and who waits for this agent. */
export const attention = (state: State): number =>
  Object.values(state.cases).filter((line) => {
    const hold = holdOf(state, line)
    const isNew = line.awaitedSince !== undefined || state.passed[line.id] !== undefined
    return hold === 'waiting' || (hold === 'mine' && isNew)
  }).length
