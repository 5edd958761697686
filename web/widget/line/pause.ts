import type { LineOptions } from './types'

/** A wait that can be cut short. One who waits at a time. */
export interface Pause {
  /** Resolves after so long, or at once when somebody has something to do for it meanwhile. */
  wait(ms: number): Promise<void>
  kick(): void
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
  let waiting: { readonly ms: number; readonly resolve: () => void } | undefined
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
    cancel = waiting && waiting.ms < forever ? setTimer(waiting.ms, end) : () => {}
  }

  return {
    wait: (ms) =>
      new Promise((resolve) => {
        waiting = { ms, resolve }
        if (isKicked) end()
        else begin()
      }),
    kick() {
      isKicked = remembers
      if (waiting) end()
    },
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
