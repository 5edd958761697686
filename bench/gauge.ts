import { monitorEventLoopDelay } from 'node:perf_hooks'
import { serve } from './remote'

/** Milliseconds between two looks at the event loop; they are taken off what is told. */
const interval = 1

/** What a server tells of itself. */
export type Gauge = {
  /** From now on. */
  watch(): void
  /** How late the event loop was since `watch`, in milliseconds: of a hundred looks the 99th, and the worst. */
  seen(): { readonly p99: number; readonly longest: number }
  /** Takes away what nobody needs any longer, where Node.js was told to allow it, and says how much is left in its heap and beside it, in megabytes. */
  collect(): number
}

/** Lets whoever started this server look at its event loop and its memory. */
export function serveGauge(): void {
  const delay = monitorEventLoopDelay({ resolution: interval })
  const less = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - interval)
  serve({
    watch() {
      delay.reset()
      delay.enable()
    },
    seen() {
      delay.disable()
      return { p99: less(delay.percentile(99)), longest: less(delay.max) }
    },
    collect() {
      globalThis.gc?.()
      const { heapUsed, external } = process.memoryUsage()
      return (heapUsed + external) / 2 ** 20
    },
  } satisfies Gauge)
}
