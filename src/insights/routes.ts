import { seen } from '../../knowledge'
import type { Knowledge } from '../conversations'
import { fromHere, refuse, toOwnPages, type HttpRequest, type Origins, type Route } from '../http'
import type { Reads } from '../storage'
import { listUnmatched, mostDays, mostPhrases, wholeNumber } from './unmatched'

export interface InsightOptions {
  readonly storage: Reads
  /** The knowledge of the moment; it may be exchanged while the server runs. */
  readonly knowledge: () => Knowledge
  readonly retentionDays: number
  readonly origins: Origins
  readonly now: () => number
}

/**
 * What the admin port tells those who write the pack. They hold people's words, so no page from elsewhere may read
 * them, and they change nothing.
 */
export function insightRoutes({
  storage,
  knowledge,
  retentionDays,
  origins,
  now,
}: InsightOptions): readonly Route[] {
  const routes: readonly Route[] = [
    {
      method: 'GET',
      path: '/api/insights/unmatched',
      handler: async ({ query }) => {
        refuseOthers(query, ['since', 'limit'])
        const days = numberIn(query, 'since', mostDays)
        const limit = numberIn(query, 'limit', mostPhrases)
        const options = { days, limit, retentionDays, now: now() }
        return { status: 200, json: { phrases: await listUnmatched(storage, options) } }
      },
    },
    {
      method: 'GET',
      path: '/api/match',
      handler: async ({ query }) => {
        refuseOthers(query, ['text'])
        const text = query.get('text') ?? ''
        if (text === '')
          throw badParameter('Say what to read: /api/match?text=waiting%20for%20photos')
        return { status: 200, json: seen(text, knowledge().reader.read(text)) }
      },
    },
  ]
  return routes.map((route) => ({
    ...route,
    handler: fromHere(origins, toOwnPages(route.handler)),
  }))
}

type Query = HttpRequest['query']

function numberIn(query: Query, name: string, most: number): number | undefined {
  const text = query.get(name)
  if (text === undefined) return undefined
  const value = wholeNumber(text, most)
  if (value === undefined)
    throw badParameter(`"${name}" must be a whole number from 1 to ${most}, for example 30.`)
  return value
}

/** A misspelt name would be left out in silence, and the answer taken for another one. */
function refuseOthers(query: Query, names: readonly string[]): void {
  if ([...query.keys()].some((name) => !names.includes(name)))
    throw badParameter(`This address takes ${names.join(' and ')}, and nothing else.`)
}

const badParameter = (message: string) => refuse(400, 'BadParameter', message)
