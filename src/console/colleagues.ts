import type { CaseLine } from './case-line'
import type { Colleague } from './messages'
import type { Seat } from './seat'

/** Who is at the desk, each once, and how many cases they have. */
export function colleaguesAt(seats: Iterable<Seat>, cases: readonly CaseLine[]): Colleague[] {
  const colleagues = new Map<string, Colleague>()
  for (const { signedIn, state } of seats) {
    const { id, name } = signedIn.agent
    const known = colleagues.get(id)
    const holds =
      known?.holds ?? cases.filter((line) => line.state === 'held' && line.agent?.id === id).length
    colleagues.set(id, { id, name, state: known?.state === 'in' ? 'in' : state, holds })
  }
  return [...colleagues.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}
