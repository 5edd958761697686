/** Pauses after failures in a row: one second, doubling up to a minute. */
const firstPauseMs = 1_000
const longestPauseMs = 60_000

/** What waits after a failure, and until when. In memory: after a restart everything may be tried at once. */
export class Pauses {
  readonly #now: () => number
  readonly #waits = new Map<string, { readonly failures: number; readonly until: number }>()

  constructor(now: () => number) {
    this.#now = now
  }

  has(id: string): boolean {
    return (this.#waits.get(id)?.until ?? 0) > this.#now()
  }

  /** It failed: it waits so long at least, in milliseconds. */
  begin(id: string, atLeastMs: number): void {
    const failures = (this.#waits.get(id)?.failures ?? 0) + 1
    const until = this.#now() + Math.max(atLeastMs, pauseAfter(failures, Math.random()))
    this.#waits.set(id, { failures, until })
  }

  /** It waits so long and has not failed: others are due before it. */
  hold(id: string, ms: number): void {
    const failures = this.#waits.get(id)?.failures ?? 0
    this.#waits.set(id, { failures, until: this.#now() + ms })
  }

  /** It went well. */
  end(id: string): void {
    this.#waits.delete(id)
  }
}

/** How long to wait after so many failures in a row. `chance` (0 to 1) spreads it by a quarter, so that not all come back at once. */
const pauseAfter = (failures: number, chance: number): number =>
  Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs) * (1 + chance / 4)
