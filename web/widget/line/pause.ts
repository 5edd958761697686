import type { LineOptions } from './types'

/** A wait that can be cut short. One who waits at a time. */
export interface Pause {
  /**
   * Resolves after so long, or at once when somebody has something to do for it meanwhile. What the server has `asked`
   * for is waited in any case.
   */
  wait(ms: number, asked?: number): Promise<void>
  kick(): void
  /** There is nothing to wait for any more. */
  end(): void
  /** What was remembered is no reason any more. */
  forget(): void
  /** The time begins anew for who waits. */
  postpone(): void
}

/** Far longer than any page stays; browsers cut longer timers to nothing. */
export const forever = 2 ** 31 - 1

/** `remembers`: a kick while nobody waits ends the next wait. */
export function createPause(setTimer: LineOptions['setTimer'], remembers = false): Pause {
  let isKicked = false
  let waiting:
    { readonly ms: number; readonly asked: number; readonly resolve: () => void } | undefined
  let cancel = () => {}

  function end(): void {
    cancel()
    isKicked = false
    const { resolve } = waiting ?? {}
    waiting = undefined
    resolve?.()
  }
  function begin(): void {
    cancel()
    if (waiting && waiting.asked > 0) cancel = setTimer(waiting.asked, beFree)
    else cancel = waiting && waiting.ms < forever ? setTimer(waiting.ms, end) : () => {}
  }
  function beFree(): void {
    if (!waiting) return
    waiting = { ...waiting, ms: waiting.ms - waiting.asked, asked: 0 }
    if (isKicked || waiting.ms <= 0) end()
    else begin()
  }

  return {
    wait: (ms, asked = 0) =>
      new Promise((resolve) => {
        waiting = { ms, asked, resolve }
        if (isKicked && asked === 0) end()
        else begin()
      }),
    kick() {
      const isBound = waiting !== undefined && waiting.asked > 0
      isKicked = remembers || isBound
      if (waiting && !isBound) end()
    },
    end,
    forget() {
      isKicked = false
    },
    postpone: begin,
  }
}

const firstMs = 1000
const longestMs = 30_000

/** How long to wait after so many failures in a row: 1, 2, 4 … 30 s, give or take a quarter, so that not all come at once. */
export const backoff = (failures: number, random: () => number): number =>
  Math.min(firstMs * 2 ** (failures - 1), longestMs) * (0.75 + random() / 2)
