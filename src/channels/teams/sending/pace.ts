/** So many calls within so many milliseconds. */
export interface Limit {
  readonly most: number
  readonly withinMs: number
}

/** What Teams takes of a bot in one thread ("Optimize your bot with rate limiting in Teams"). */
export const limitsOfThread: readonly Limit[] = [
  { most: 7, withinMs: 1_000 },
  { most: 8, withinMs: 2_000 },
  { most: 60, withinMs: 30_000 },
  { most: 1_800, withinMs: 3_600_000 },
]

/** What Teams takes of a bot in a tenant; counted over all tenants, which is stricter and needs to know none. */
export const limitsInAll: readonly Limit[] = [{ most: 50, withinMs: 1_000 }]

/** So many threads are remembered before those that have been quiet are looked for. */
const manyThreads = 1_000

/** Keeps calls within limits, so that Teams need not refuse them. Whoever asks brings the time along, in milliseconds. */
export class Pace {
  readonly #limits: readonly Limit[]
  readonly #longestMs: number
  /** When calls were made, oldest first. */
  readonly #calls = new Map<string, number[]>()
  #lookAgainAt = manyThreads

  constructor(limits: readonly Limit[]) {
    this.#limits = limits
    this.#longestMs = Math.max(...limits.map(({ withinMs }) => withinMs))
  }

  /** So many milliseconds are to pass before a call may be made; zero if it may be made now. */
  wait(id: string, now: number): number {
    const calls = this.#counted(id, now)
    return Math.max(0, ...this.#limits.map((limit) => waitFor(limit, calls, now)))
  }

  /** Zero: a call may be made now, and is counted. Otherwise so many milliseconds are to pass first. */
  take(id: string, now: number): number {
    const wait = this.wait(id, now)
    const calls = this.#counted(id, now)
    this.#calls.set(id, wait === 0 ? [...calls, now] : calls)
    if (this.#calls.size > this.#lookAgainAt) this.#forgetQuiet(now)
    return wait
  }

  /** How many threads are remembered. */
  get size(): number {
    return this.#calls.size
  }

  #counted(id: string, now: number): number[] {
    return (this.#calls.get(id) ?? []).filter((at) => this.#counts(at, now))
  }

  /** A call of the future was made before the clock was set back: nothing can be said of it. */
  #counts(at: number, now: number): boolean {
    return at <= now && now - at < this.#longestMs
  }

  #forgetQuiet(now: number): void {
    for (const [id, calls] of this.#calls)
      if (!calls.some((at) => this.#counts(at, now))) this.#calls.delete(id)
    this.#lookAgainAt = Math.max(manyThreads, this.#calls.size * 2)
  }
}

function waitFor({ most, withinMs }: Limit, calls: readonly number[], now: number): number {
  const first = calls[calls.length - most]
  return first === undefined ? 0 : Math.max(0, first + withinMs - now)
}
