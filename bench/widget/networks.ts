/** What the browser itself puts between a page and the network. */
export interface Network {
  readonly name: string
  /** Before each answer begins, in milliseconds. */
  readonly latency: number
  /** In bytes a second. */
  readonly down: number
  readonly up: number
}

const kbit = 1024 / 8

/** "Slow 4G" of Lighthouse, as it simulates it: 150 ms for each round trip, 1.6 Mbit/s down, 750 kbit/s up. */
const slow4g: Network = { name: 'slow-4g', latency: 150, down: 1638.4 * kbit, up: 750 * kbit }

/**
 * The same as Lighthouse and the browser's own developer tools apply it to each request: as if every one had to make a
 * connection of its own first, so nearly four times the latency, and a tenth less of everything.
 * https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md
 */
const slow4gEach: Network = {
  name: 'slow-4g-devtools',
  latency: slow4g.latency * 3.75,
  down: slow4g.down * 0.9,
  up: slow4g.up * 0.9,
}

export const networks: readonly Network[] = [slow4g, slow4gEach]

/** A phone of the middle, as Lighthouse takes it. */
export const processorSlowdown = 4
export const phone = {
  viewport: { width: 412, height: 823 },
  deviceScaleFactor: 1.75,
  isMobile: true,
  hasTouch: true,
}
