/** A service that asks for more patience than this is asked again all the same. */
const longestRetryMs = 60 * 60_000

/** What a `Retry-After` asks for, seconds or a date (RFC 9110, 10.2.3), as milliseconds from `now`; 0 without one. */
export function readRetryAfter(text: string | null, now: number): number {
  if (text === null) return 0
  const ms = /^\d{1,9}$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), longestRetryMs)
}
