import type { TeamsOptions } from '../../src/channels/teams'
import { conversationIdOf } from '../../src/channels/teams/addresses'
import { addressOf } from '../teams/microsoft'
import type { Arrival } from './connector'

type Fetch = NonNullable<TeamsOptions['fetch']>

/** Whether a call had its effect though it went wrong. Of `perhaps` the sender cannot know. */
type Effect = 'none' | 'perhaps'

/** What goes wrong with a call. */
interface Kind {
  readonly name: string
  readonly effect: Effect
  /** Answers, or throws as `fetch` does. */
  readonly answer: () => Response
}

const answer = (status: number, headers: { [name: string]: string } = {}) =>
  new Response(JSON.stringify({ error: { code: `Made${status}` } }), { status, headers })

const broken = (code: string): never => {
  throw Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error(code), { code }),
  })
}

const timedOut = (): never => {
  throw new DOMException('The operation was aborted due to timeout', 'TimeoutError')
}

const kinds: readonly Kind[] = [
  {
    name: '429 with Retry-After',
    effect: 'none',
    answer: () => answer(429, { 'retry-after': '3' }),
  },
  { name: '429', effect: 'none', answer: () => answer(429) },
  { name: '412', effect: 'none', answer: () => answer(412) },
  { name: '502', effect: 'none', answer: () => answer(502) },
  { name: '503', effect: 'none', answer: () => answer(503) },
  { name: '504', effect: 'none', answer: () => answer(504) },
  { name: '401', effect: 'none', answer: () => answer(401) },
  { name: '403', effect: 'none', answer: () => answer(403) },
  { name: '404', effect: 'none', answer: () => answer(404) },
  { name: 'refused connection', effect: 'none', answer: () => broken('ECONNREFUSED') },
  { name: '500', effect: 'perhaps', answer: () => answer(500) },
  { name: '408', effect: 'perhaps', answer: () => answer(408) },
  { name: 'reset', effect: 'perhaps', answer: () => broken('ECONNRESET') },
  { name: 'hang', effect: 'perhaps', answer: timedOut },
]

/** One call for a thread, when it came. */
export interface Made {
  readonly thread: string
  readonly at: number
}

/**
 * A connector in the place of the network, of whose calls a share goes wrong in every way there is. The same message meets a
 * fault of which nobody can know whether it arrived once at most: after a second one it is given up, as it is meant to be.
 */
export function createFaultyConnector(options: {
  readonly share: number
  readonly random: () => number
  readonly now: () => number
  /** For all that is no call of the connector's. */
  readonly others: Fetch
}) {
  const { share, random, now, others } = options
  const arrivals: Arrival[] = []
  const calls: Made[] = []
  const faults = new Map<string, number>()
  const unclear = new Set<string>()
  const state = { isWell: false, ambiguous: 0 }
  /** Each kind in turn, so that all of them come. */
  let next = 0

  function goWrong(body: string): Kind | undefined {
    if (state.isWell || random() >= share) return undefined
    const kind = kinds[next % kinds.length]
    if (!kind || (kind.effect === 'perhaps' && unclear.has(body))) return undefined
    next += 1
    faults.set(kind.name, (faults.get(kind.name) ?? 0) + 1)
    return kind
  }

  function take(thread: string, body: string): Response {
    const id = `arrived-${arrivals.length + 1}`
    arrivals.push({ conversation: conversationIdOf(thread), id, body })
    return new Response(JSON.stringify({ id }), { status: 201 })
  }

  const fetch: Fetch = async (input, init) => {
    const { hostname, pathname } = new URL(addressOf(input))
    if (hostname !== 'smba.trafficmanager.net') return others(input, init)
    const [, encoded = ''] = /\/conversations\/([^/]+)/.exec(pathname) ?? []
    const thread = decodeURIComponent(encoded)
    const body = typeof init?.body === 'string' ? init.body : ''
    if (body.includes('"type":"typing"')) return new Response('{}', { status: 201 })
    calls.push({ thread, at: now() })
    // A card that is replaced may be replaced again: only what is posted can be doubled.
    if (init?.method !== 'POST') return new Response('{}', { status: 200 })
    const key = `${thread} ${body}`
    const kind = goWrong(key)
    if (!kind) return take(thread, body)
    if (kind.effect === 'perhaps') {
      unclear.add(key)
      state.ambiguous += 1
      if (random() < 0.5) take(thread, body)
    }
    return kind.answer()
  }
  return { fetch, arrivals, calls, faults, kinds: kinds.length, state }
}
