import type { CaseLine } from './contract'
import { holdOf, type State } from './state'

/** Cases that others had and this agent has now: passed on, and not taken over by a press of their own. */
export function passedBetween(before: State, after: State): readonly CaseLine[] {
  if (!before.isLoaded || before.cases === after.cases) return []
  return Object.values(after.cases).filter((line) => {
    const known = before.cases[line.id]
    return (
      known !== undefined &&
      holdOf(before, known) === 'theirs' &&
      holdOf(after, line) === 'mine' &&
      before.busy[line.id] === undefined
    )
  })
}

/** Who was passed which case and has not opened it: what is looked at, or no longer theirs, is none of them. */
export function withPassed(before: State, after: State): State {
  if (before.cases === after.cases && before.view === after.view) return after
  const fresh = passedBetween(before, after)
  const seen = after.view.page === 'desk' ? after.view.selected : undefined
  const passed = Object.fromEntries(
    [
      ...Object.entries(after.passed),
      ...fresh.map(({ id }) => [id, before.cases[id]?.agent?.name ?? ''] as const),
    ].filter(([id]) => {
      const line = after.cases[id]
      return id !== seen && (!after.isLoaded || (line && holdOf(after, line) === 'mine'))
    }),
  )
  const isSame = Object.keys(passed).join() === Object.keys(after.passed).join()
  return isSame ? after : { ...after, passed }
}
