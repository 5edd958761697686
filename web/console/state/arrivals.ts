import { holdOf, type State } from './state'

/** Who an agent should look up for. */
export interface Arrivals {
  readonly waiting: readonly string[]
  readonly answered: readonly string[]
}

/** Cases that began to wait between two states, and own cases in which the person has just said something. */
export function arrivals(before: State, after: State): Arrivals {
  // What was there at the start, or after a gap in which it may have been seen elsewhere, is no news.
  if (!before.isLoaded || before.cases === after.cases) return { waiting: [], answered: [] }
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
  }
}

/** The number in the title: who waits for anybody, and who waits for this agent. */
export const attention = (state: State): number =>
  Object.values(state.cases).filter((line) => {
    const hold = holdOf(state, line)
    return hold === 'waiting' || (hold === 'mine' && line.awaitedSince !== undefined)
  }).length
