import { seen, type Beliefs, type Pack } from '../../knowledge'
import type { Knowledge } from '../conversations'
import { fromHere, refuse, toOwnPages, type HttpRequest, type Origins, type Route } from '../http'
import { listFixes } from '../ledger'
import { isSlipOf } from '../slip'
import type { Reads } from '../storage'
import { listUnmatched, mostDays, mostPhrases, retainedSince, wholeNumber } from './unmatched'

export interface InsightOptions {
  readonly storage: Reads
  /** The knowledge of the moment; it may be exchanged while the server runs. */
  readonly knowledge: () => Knowledge
  /** What is believed of fixes at the moment. */
  readonly beliefs: () => Beliefs
  readonly retentionDays: number
  readonly origins: Origins
  readonly now: () => number
}

/**
 * What the admin port tells those who write the pack. Some of it is people's words, so no page from elsewhere may read
 * it, and nothing is changed by it.
 */
export function insightRoutes({
  storage,
  knowledge,
  beliefs,
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
      path: '/api/insights/fixes',
      handler: async ({ query }) => {
        refuseOthers(query, ['symptom', 'since'])
        const { pack } = knowledge()
        const days = numberIn(query, 'since', mostDays)
        const options = {
          pack,
          beliefs: beliefs(),
          symptom: ladderIn(query, pack),
          since: days === undefined ? 0 : retainedSince(now(), days),
        }
        return { status: 200, json: { fixes: await listFixes(storage, options) } }
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

/** The symptom that is asked for, if one is. Only a ladder has fixes. */
function ladderIn(query: Query, { symptoms }: Pack): string | undefined {
  const id = query.get('symptom')
  if (id === undefined) return undefined
  const symptom = symptoms.get(id)
  if (symptom?.kind === 'ladder') return id
  if (symptom) throw badParameter(`The symptom "${id}" is answered and has no fixes.`)
  const meant = [...symptoms.keys()].find((each) => isSlipOf(id, each))
  throw badParameter(
    `The pack has no symptom ${JSON.stringify(id.slice(0, 100))}.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`,
  )
}

/** A misspelt name would be left out in silence, and the answer taken for another one. */
function refuseOthers(query: Query, names: readonly string[]): void {
  if ([...query.keys()].some((name) => !names.includes(name)))
    throw badParameter(`This address takes ${names.join(' and ')}, and nothing else.`)
}

const badParameter = (message: string) => refuse(400, 'BadParameter', message)
