import type { Behind } from './conversations'

/** Since when conversations stand still, by the moments at which somebody looked. */
export class Lag {
  #seen = new Map<string, { readonly botCursor: number; readonly since: number }>()

  /** For how long each of these has stood still, in milliseconds. `now`: of a clock that is never set. */
  look(behind: readonly Behind[], now: number): ReadonlyMap<string, number> {
    const seen = new Map(
      behind.map(({ id, botCursor }) => {
        const before = this.#seen.get(id)
        return [id, before?.botCursor === botCursor ? before : { botCursor, since: now }]
      }),
    )
    this.#seen = seen
    return new Map([...seen].map(([id, { since }]) => [id, now - since]))
  }
}
