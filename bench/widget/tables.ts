import { quantile } from '../quantile'
import type { Figures } from './stories'
import type { Exchange } from './traffic'

/** What figures are called, how they are shown, and what we promise ourselves. */
const rows: Readonly<Record<string, { readonly says: string; readonly digits?: number }>> = {
  bytes: { says: 'bytes over the wire' },
  requests: { says: 'requests, sockets included' },
  panel: { says: 'ms until it can be read and written in' },
  greeted: { says: "ms until the bot's first words" },
  answered: { says: 'ms until the bot has answered a button, pressed at once' },
  fcp: { says: "ms until the page's first paint with content" },
  lcp: { says: "ms until the page's largest part" },
  tbt: { says: 'ms for which tasks block the page' },
  cls: { says: 'layout shift of the page', digits: 4 },
}

export interface Promised {
  readonly [figure: string]: number
}

/** One block: the median of each figure with the least and the most, and whether the median keeps what is promised. */
export function block(name: string, runs: readonly Figures[], promised: Promised = {}): string {
  const lines = Object.entries(rows).flatMap(([key, { says, digits = 0 }]) => {
    const values = runs.flatMap((figures) => figures[key] ?? [])
    if (values.length === 0) return []
    const show = (value: number) => value.toFixed(digits).padStart(9)
    const median = quantile(values, 0.5)
    const most = promised[key]
    const verdict = most === undefined ? '' : `   ${median <= most ? 'keeps' : 'MISSES'} ${most}`
    return `  ${says.padEnd(58)}${show(median)}${show(Math.min(...values))}${show(Math.max(...values))}${verdict}`
  })
  return [`${name.padEnd(60)}${'median    least     most'.padStart(27)}`, ...lines].join('\n')
}

/** Every request with its beginning and end, so that it is seen who waited for whom. */
export function waterfall(name: string, traffic: readonly Exchange[], from: number): string {
  const lines = traffic.map(({ url, from: began, to, bytes }) => {
    const at = (time: number) => (time - from).toFixed(0).padStart(7)
    return `${at(began)} ${at(to)} ${String(bytes).padStart(8)}  ${url.replace(/^\w+:\/\/[^/]+/, '').slice(0, 90)}`
  })
  return [`${name}: from, to (ms), bytes`, ...lines].join('\n')
}
