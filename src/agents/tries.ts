import { isIPv6 } from 'node:net'

/** How often something may be tried for a key: `most` times in any span of `ms`. */
export interface Tries {
  /** Counts one more try; false when there were too many, and then it is not counted. */
  take(key: string): boolean
  /** Takes the newest try back, because it turned out to be no guess. */
  giveBack(key: string): void
  /** Seconds until the next try is allowed. */
  wait(key: string): number
}

/** Keys remembered at once, 10 MB at most. */
const mostRemembered = 50_000

/**
 * A sliding window rather than a bucket: a bucket that refills lets ten through in the first five minutes where five
 * are allowed, and only a window can take a try back, so that an office behind one address does not lock itself out.
 */
export function createTries(options: {
  readonly most: number
  readonly ms: number
  readonly now: () => number
  readonly mostKeys?: number
}): Tries {
  const { most, ms, now, mostKeys = mostRemembered } = options
  const tries = new Map<string, readonly number[]>()
  const recent = (key: string) => (tries.get(key) ?? []).filter((at) => Math.abs(now() - at) < ms)

  /** Drops a tenth: keys without a live try first, then those with the fewest, so that no flood of others pushes out one that is at its limit. */
  function makeRoom(): void {
    const byTries = Array.from(tries.keys(), (key) => ({ key, count: recent(key).length }))
    byTries.sort((one, other) => one.count - other.count)
    for (const { key } of byTries.slice(0, Math.ceil(mostKeys / 10))) tries.delete(key)
  }

  return {
    take(key) {
      const known = recent(key)
      const isAllowed = known.length < most
      // Set again at the end of the map: the first key is always the one not seen for longest.
      tries.delete(key)
      tries.set(key, isAllowed ? [...known, now()] : known)
      if (tries.size > mostKeys) makeRoom()
      return isAllowed
    },
    giveBack(key) {
      const known = tries.get(key)
      if (known) tries.set(key, known.slice(0, -1))
    },
    wait(key) {
      const [oldest] = recent(key)
      return oldest === undefined ? 0 : Math.max(1, Math.ceil((oldest + ms - now()) / 1000))
    },
  }
}

/** Whom an address stands for. Whoever has one IPv6 address has the 2^64 around it. */
export function callerOf(address: string): string {
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? []
  return mapped ?? groupsOf(address)?.slice(0, 4).join(':') ?? address
}

/** The /48 that an IPv6 address is in: as much as one customer gets at most providers. Undefined for IPv4. */
export const networkOf = (address: string): string | undefined =>
  callerOf(address).includes(':') ? groupsOf(address)?.slice(0, 3).join(':') : undefined

function groupsOf(address: string): readonly string[] | undefined {
  if (!isIPv6(address)) return undefined
  const [front = '', back = ''] = address.replace(/%.*$/, '').split('::')
  const groups = front.split(':').filter(Boolean)
  const missing = 8 - groups.length - back.split(':').filter(Boolean).length
  const all = address.includes('::')
    ? [...groups, ...Array.from({ length: missing }, () => '0'), ...back.split(':').filter(Boolean)]
    : groups
  return all.map((group) => Number.parseInt(group, 16).toString(16))
}
