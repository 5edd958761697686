import { monitorEventLoopDelay, performance } from 'node:perf_hooks'

/** How long the event loop stood still during something, in milliseconds. */
export interface Stalls {
  /** The longest, and the 99th of a hundred, as Node.js counts them by a timer of its own. */
  readonly longest: number
  readonly p99: number
  /** The longest as a timer of ours saw it: how much too late it rang. Shows that the other one looks at the right thing. */
  readonly latest: number
}

/** Runs something and watches the event loop meanwhile. */
export async function watchStalls<T>(
  run: () => Promise<T>,
): Promise<{ result: T; ms: number; stalls: Stalls }> {
  const delay = monitorEventLoopDelay({ resolution: interval })
  let latest = 0
  let before = performance.now()
  const look = () => {
    const now = performance.now()
    latest = Math.max(latest, now - before - interval)
    before = now
  }
  const timer = setInterval(look, interval)
  delay.enable()
  const start = performance.now()
  try {
    const result = await run()
    const ms = performance.now() - start
    // The end may have come from within a long step that no timer has seen yet.
    await new Promise((resolve) => setTimeout(resolve, 5))
    look()
    delay.disable()
    const less = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - interval)
    const stalls = { longest: less(delay.max), p99: less(delay.percentile(99)), latest }
    return { result, ms, stalls }
  } finally {
    clearInterval(timer)
  }
}

/** Milliseconds between two looks; Node.js looks no oftener. */
const interval = 1
