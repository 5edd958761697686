import { createBuckets } from '../http'
import type { RouteParts } from './route-parts'

/** Lines of failed sign-ins in the audit log: so many at once, then one in ten seconds. The server's log has every one. */
const noted = { burst: 200, perSecond: 1 / 10 }

/** Notes a failed sign-in: `told` in the server's log, and whom or what it was about in the audit log. */
export function createFailureNotes({ agents, log, now }: RouteParts) {
  const lines = createBuckets({ ...noted, now })
  return async (told: object, about: string): Promise<void> => {
    log.warn(told, 'a sign-in failed')
    if (lines.take('')) await agents.audit({ by: null, what: 'sign_in_failed', about })
  }
}
