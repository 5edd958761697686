/** Time that goes on only when a test says so. */
export class Clock {
  /** The wall clock may be set; timers do not care. */
  skew = 0
  #elapsed = 0
  #timers = new Set<{ readonly due: number; readonly act: () => void }>()

  readonly now = (): number => Date.UTC(2026, 0, 5, 9) + this.#elapsed + this.skew

  /** Since the beginning, whatever the wall clock says. */
  get elapsed(): number {
    return this.#elapsed
  }

  readonly setTimer = (ms: number, then: () => void): (() => void) => {
    const timer = { due: this.#elapsed + ms, act: then }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  /** Lets everything happen that happens in so many milliseconds, in its order. */
  async pass(ms: number): Promise<void> {
    const end = this.#elapsed + ms
    await settle()
    for (;;) {
      const [next] = [...this.#timers].sort((one, other) => one.due - other.due)
      if (!next || next.due > end) break
      this.#elapsed = Math.max(this.#elapsed, next.due)
      this.#timers.delete(next)
      next.act()
      await settle()
    }
    this.#elapsed = end
  }

  /** Goes on until it is done, a minute at most. */
  async during<T>(doing: Promise<T>): Promise<T> {
    let isDone = false
    const end = () => (isDone = true)
    doing.then(end, end)
    for (let left = 60_000; left > 0 && !isDone; left -= 5) await this.pass(5)
    if (!isDone) throw new Error('It is still not done')
    return doing
  }
}

/** Until nothing goes on by itself any more. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 2; round += 1) await new Promise((resolve) => setImmediate(resolve))
}
