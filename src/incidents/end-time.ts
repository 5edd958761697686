/** When an incident ends by itself, as an operator writes it. */

const minute = 60_000
const units = { m: minute, h: 60 * minute, d: 24 * 60 * minute } as const

/** An incident that lasts longer is a new state of things, and belongs into the pack. */
const mostDays = 30

export interface EndWords {
  /** "45m", "2h", "3d". */
  readonly for?: string | undefined
  /** "18:00" by the clock of this machine, or an ISO time with its offset. */
  readonly until?: string | undefined
}

/** The time that is meant, in milliseconds since 1970; absent when none is. With a sentence instead when it cannot be one. */
export function endTime(
  { for: length, until }: EndWords,
  now: number,
): { readonly endsAt?: number } | { readonly problem: string } {
  if (length !== undefined && until !== undefined)
    return { problem: 'Give "for" or "until", not both.' }
  if (length === undefined && until === undefined) return {}
  const endsAt = length === undefined ? atTime(until ?? '', now) : afterTime(length, now)
  if (endsAt === undefined)
    return {
      problem:
        length === undefined
          ? `"until" must be a time, for example 18:00 or 2026-11-26T18:00:00Z (given: ${JSON.stringify(until)}).`
          : `"for" must be a length of time, for example 45m, 2h or 3d (given: ${JSON.stringify(length)}).`,
    }
  if (endsAt <= now || endsAt > now + mostDays * units.d)
    return { problem: `An incident ends within ${mostDays} days from now.` }
  return { endsAt }
}

function afterTime(length: string, now: number): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,4}) ?([mhd])$/.exec(length) ?? []
  return count && unit ? now + Number(count) * units[unit as keyof typeof units] : undefined
}

function atTime(until: string, now: number): number | undefined {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(until) ?? []
  if (hours && minutes) {
    const time = new Date(now)
    time.setHours(Number(hours), Number(minutes), 0, 0)
    if (time.getTime() <= now) time.setDate(time.getDate() + 1)
    return time.getTime()
  }
  if (!isoTime.test(until)) return undefined
  const time = Date.parse(until)
  return Number.isNaN(time) ? undefined : time
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/
