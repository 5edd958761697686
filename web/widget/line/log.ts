import type { ActivitySet, WireActivity } from '../wire'

/** How far the log of one conversation was read, and what it showed. */
export interface Log {
  /** Number of the last row read. */
  readonly watermark: number
  readonly activities: readonly WireActivity[]
}

export const emptyLog: Log = { watermark: 0, activities: [] }

/**
 * Takes in a set that continues the log: from the socket, or from a look that began at or before where we are. One that
 * ends before where we are brings nothing, and would put older words in the place of newer ones.
 */
export function take(log: Log, { activities, watermark }: ActivitySet): Log {
  const end = Number(watermark)
  // No number: only hints, which are no part of the log.
  if (!(end > log.watermark)) return log
  const rows = new Map(log.activities.map((activity) => [activity.id, activity]))
  for (const activity of activities) if (seqOf(activity) > 0) rows.set(activity.id, activity)
  const inOrder = [...rows.values()].sort((one, other) => seqOf(one) - seqOf(other))
  return { watermark: end, activities: activities.length > 0 ? inOrder : log.activities }
}

/** The number of its row, which its id ends with; 0 for a hint. An update has the id of what it replaces. */
const seqOf = ({ id }: WireActivity): number => Number(id.slice(id.lastIndexOf('|') + 1)) || 0
