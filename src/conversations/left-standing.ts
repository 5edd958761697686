import type { Peers } from '../storage'
import type { Behind } from './conversations'

/** What another server has left standing for so long is taken over if that one is dead, and helped with if it lives, in milliseconds. */
const takeOverMs = 1_500
const helpOutMs = 10_000

/** A conversation that another server has left standing; `of` is that server if it is dead. */
export interface Left {
  readonly id: string
  readonly of?: string
}

/** Knows since when conversations of other servers stand still, by the moments at which somebody looked. */
export class LeftStanding {
  readonly #peers: Pick<Peers, 'id' | 'living'>
  #seen = new Map<string, { readonly botCursor: number; readonly since: number }>()

  constructor(peers: Pick<Peers, 'id' | 'living'>) {
    this.#peers = peers
  }

  /** Which of these to go on with. `now`: milliseconds of a clock that is never set. */
  async look(behind: readonly Behind[], now: number): Promise<readonly Left[]> {
    const others = behind.filter(({ runner }) => runner !== null && runner !== this.#peers.id)
    this.#seen = new Map(
      others.map(({ id, botCursor }) => {
        const before = this.#seen.get(id)
        return [id, before?.botCursor === botCursor ? before : { botCursor, since: now }]
      }),
    )
    const stands = (id: string, ms: number) => now - (this.#seen.get(id)?.since ?? now) >= ms
    const standing = others.filter(({ id }) => stands(id, takeOverMs))
    const living = standing.length > 0 ? await this.#peers.living() : undefined
    return standing.flatMap(({ id, runner }): Left[] => {
      if (runner !== null && living?.has(runner) === false) return [{ id, of: runner }]
      // That one lives, or nobody can tell: turns that are run twice do no harm.
      return stands(id, helpOutMs) ? [{ id }] : []
    })
  }
}
