import { z } from 'zod'
import { statement, type Reads } from '../storage'
import { groupPhrases, type Occurrence, type Phrase } from './phrases'

export const mostDays = 3650
export const mostPhrases = 1_000
export const defaultPhrases = 100

/** So many of the newest occurrences are counted; more would hold up the chats while they are. */
const mostCounted = 20_000

/** A day in milliseconds. */
const day = 24 * 60 * 60 * 1_000

/** Before this moment nothing is listed, and what was kept is erased. Milliseconds since 1970. */
export const retainedSince = (now: number, retentionDays: number): number =>
  now - retentionDays * day

export interface ListOptions {
  /** How far back to look; never further than what is retained. */
  readonly days?: number | undefined
  readonly limit?: number | undefined
  readonly retentionDays: number
  /** Milliseconds since 1970. */
  readonly now: number
}

/** What people typed that the bot had no use for: the most frequent first, then the newest. */
export async function listUnmatched(
  storage: Reads,
  { days = mostDays, limit = defaultPhrases, retentionDays, now }: ListOptions,
): Promise<readonly Phrase[]> {
  const since = retainedSince(now, Math.min(days, retentionDays))
  const rows = await storage.read(selectSince, { since, limit: mostCounted })
  return groupPhrases(rows.map(asOccurrence), limit)
}

/** A whole number from 1 to `most` as somebody wrote it, or undefined when it is none. */
export function wholeNumber(text: string, most: number): number | undefined {
  const value = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined
  return value !== undefined && value <= most ? value : undefined
}

const ids = z.array(z.string())

const asOccurrence = ({
  nearest,
  offered,
  ...row
}: {
  text: string
  why: Occurrence['why']
  offered: string
  nearest: string | null
  at: number
}): Occurrence => ({
  ...row,
  offered: ids.parse(JSON.parse(offered)),
  ...(nearest === null ? {} : { nearest }),
})

const selectSince = statement<{ since: number; limit: number }>()((db, at) =>
  db
    .selectFrom('unmatched')
    .select(['text', 'why', 'offered', 'nearest', 'at'])
    .where('at', '>=', at('since'))
    .orderBy('at', 'desc')
    .limit(at('limit')),
)
