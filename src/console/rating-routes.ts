import type { Agents } from '../agents'
import type { Answer, HttpRequest, Route } from '../http'
import type { Database } from '../storage'
import { selectAverage, selectRatings } from './rating-rows'

export interface RatingRouteOptions {
  readonly agents: Agents
  readonly storage: Database
  readonly now: () => number
}

/** So many are shown; older ones are in the database. */
const mostShown = 100
/** What the average is over: long enough to hold more than a bad day, short enough to be about now. */
const month = 30 * 24 * 60 * 60_000

/** How people rate what became of their cases: for agents their own, for supervisors everybody's. */
export const ratingRoutes = (options: RatingRouteOptions): readonly Route[] => [
  {
    method: 'GET',
    path: '/console/api/ratings',
    handler: (request) => list(options, request),
  },
]

async function list(
  { agents, storage, now }: RatingRouteOptions,
  request: HttpRequest,
): Promise<Answer> {
  const { agent } = await agents.require(request)
  const whose = agent.role === 'agent' ? agent.id : null
  const rows = await storage.read(selectRatings, { agent: whose, limit: mostShown })
  const [over] = await storage.read(selectAverage, { agent: whose, since: now() - month })
  const { count = 0, average = null } = over ?? {}
  return {
    status: 200,
    json: {
      ratings: rows.map((row) => ({
        case: row.ticket,
        person: row.user_name?.trim() || 'Visitor',
        score: row.score,
        ...(row.words !== null && { words: row.words }),
        ...(row.agent_id !== null &&
          row.agent_name !== null && { agent: { id: row.agent_id, name: row.agent_name } }),
        at: row.at,
      })),
      month: { count, ...(average !== null && { average }) },
    },
  }
}
