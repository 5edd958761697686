/** Nobody at the keyboard for so long, and the agent signs in again: OWASP says 15 to 30 minutes. */
const idleMs = 30 * 60_000
/** No session is longer than a working day: OWASP says 4 to 8 hours. */
export const longestMs = 8 * 60 * 60_000
/**
 * Activity is written down at most so often, so that reading a chat does not cost the disk a write each time.
 * The idle time counts from what was written down; it may therefore be up to a minute shorter, never longer.
 */
export const noteEveryMs = 60_000
/** Rows of sessions that are over are kept so long, so that an open page hears why it was signed out. */
export const keptMs = 24 * 60 * 60_000

export interface Session {
  readonly createdAt: number
  readonly seenAt: number
}

/** Whether a session still holds, by the clock alone. */
export function verdictOn(session: Session, now: number): 'good' | 'idle' | 'expired' {
  if (now - session.createdAt >= longestMs) return 'expired'
  if (now - session.seenAt >= idleMs) return 'idle'
  return 'good'
}
