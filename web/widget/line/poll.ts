import type { WireActivity } from '../wire'

/** Somebody waits for an answer. */
const awaitingMs = 1000
const usualMs = 3000
/** Nobody looks, or nothing has been said for long. */
const idleMs = 10_000

/** Who asked so long ago is not answered within the second any more. */
const answeredWithinMs = 30_000
const idleAfterMs = 5 * 60_000

/** How long to wait between two looks at the log. */
export function pollMs(given: {
  readonly activities: readonly WireActivity[]
  /** Something is on its way, or about to be. */
  readonly isAwaiting: boolean
  readonly isHidden: boolean
  readonly sinceLastMs: number
}): number {
  const { activities, isAwaiting, isHidden, sinceLastMs } = given
  if (isAwaiting) return awaitingMs
  if (isHidden || sinceLastMs > idleAfterMs) return idleMs
  const isAsked = activities.at(-1)?.from.role === 'user' && sinceLastMs < answeredWithinMs
  return isAsked ? awaitingMs : usualMs
}
