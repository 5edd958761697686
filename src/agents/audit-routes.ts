import { refuse, type Answer, type HttpRequest, type Route } from '../http'
import { readAudit } from './audit-log'
import type { RouteParts } from './route-parts'

/** The audit log, for supervisors and admins. */
export const auditRoutes = ({ agents, database }: RouteParts): readonly Route[] => [
  {
    method: 'GET',
    path: '/console/api/audit',
    handler: async (request: HttpRequest): Promise<Answer> => {
      await agents.require(request, { role: 'supervisor' })
      const before = request.query.get('before') ?? String(Number.MAX_SAFE_INTEGER)
      if (!/^\d{1,16}$/.test(before) || !Number.isSafeInteger(Number(before)))
        throw refuse(400, 'BadArgument', '"before" must be the number of a line.')
      return { status: 200, json: { entries: await readAudit(database, Number(before)) } }
    },
  },
]
