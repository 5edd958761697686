/** Says whether one more, or so many, are allowed for a key now. */
export interface Buckets {
  take(key: string, count?: number): boolean
}

/** Keys remembered at once; about 10 MB at most. */
const mostKeys = 50_000

/**
 * One token bucket per key: `burst` at once, then `perSecond`. A key that is forgotten because others came later
 * starts full again, so memory is bounded and the limit is only ever too kind.
 */
export function createBuckets(options: {
  readonly burst: number
  readonly perSecond: number
  readonly now: () => number
}): Buckets {
  const { burst, perSecond, now } = options
  const levels = new Map<string, { tokens: number; at: number }>()
  return {
    take(key, count = 1) {
      const at = now()
      const known = levels.get(key)
      const gained = known ? (Math.max(0, at - known.at) / 1000) * perSecond : 0
      const tokens = known ? Math.min(burst, known.tokens + gained) : burst
      // Set again at the end of the map: the first key is always the one not seen for longest.
      levels.delete(key)
      levels.set(key, { tokens: tokens >= count ? tokens - count : tokens, at })
      if (levels.size > mostKeys) levels.delete(levels.keys().next().value ?? '')
      return tokens >= count
    },
  }
}
