import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { SentActivity } from './person-card'

/** What a fake is asked, and what it says. `cut` ends the connection without an answer, after the request was read. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}
export type Said = { status: number; json?: unknown; headers?: Record<string, string> } | 'cut'

/** On calls of this process: a port is given away again at once, and somebody else may still ask at it. */
const mark = { name: 'x-asked-by', value: randomUUID() } as const

/** A server on this machine that answers as it is told and remembers what it was asked. */
export async function serve(answer: (asked: Asked) => Said) {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    if (request.headers[mark.name] !== mark.value) return response.destroy()
    return void text(request).then((body) => {
      const one = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body,
      }
      asked.push(one)
      const said = answer(one)
      if (said === 'cut') return response.destroy()
      // In two calls: restify, once loaded, makes every writeHead of the process return nothing.
      response.writeHead(said.status, said.headers)
      return response.end(JSON.stringify(said.json ?? {}))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { asked, close, mark, origin: `http://127.0.0.1:${port}` }
}

export interface Key {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly endorsements?: readonly string[]
}

export const createKey = (kid: string, endorsements?: readonly string[]): Key => ({
  kid,
  endorsements,
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }),
})

/** A message in a channel as the connector keeps it. */
export interface ChannelMessage {
  readonly thread: string
  readonly id: string
  body: Record<string, unknown>
}

/**
 * One team with its channel, as the connector has it: threads are made by POST /v3/conversations, cards are replaced by
 * PUT, a message that was deleted is not found, and members are looked up by the directory's id.
 */
function createTeam() {
  const messages: ChannelMessage[] = []
  const members = new Map<string, Record<string, unknown>>()
  let lastId = 1_700_000_000_000
  const missing: Said = { status: 404, json: { error: { code: 'NotFound' } } }

  const begin = (body: { channelData?: { channel?: { id?: string } }; activity?: object }) => {
    const channel = body.channelData?.channel?.id
    if (channel === undefined || !body.activity) return { status: 400 }
    const id = String(++lastId)
    const thread = `${channel};messageid=${id}`
    messages.push({ thread, id, body: { ...body.activity } })
    return { status: 201, json: { id: thread, activityId: id } }
  }

  return {
    /** All that stands in the channel, in the order of arrival. */
    messages,
    /** By the directory's id, as the connector tells of them. */
    members,
    remove: (id: string) => {
      const at = messages.findIndex((message) => message.id === id)
      messages.splice(at, 1)
    },
    answer({ method, path, body }: Asked): Said | undefined {
      const [, ...parts] = path.slice(path.indexOf('/v3/')).split('/').map(decodeURIComponent)
      const [, what, conversation = '', kind, id = ''] = parts
      if (what !== 'conversations') return undefined
      if (method === 'GET' && kind === 'members') {
        const member = members.get(id)
        return member ? { status: 200, json: member } : missing
      }
      const json = JSON.parse(body) as Record<string, unknown>
      if (method === 'POST' && conversation === '') return begin(json)
      if (method === 'PUT') {
        const message = messages.find((each) => each.thread === conversation && each.id === id)
        if (!message) return missing
        message.body = json
        return { status: 200, json: { id } }
      }
      if (!conversation.includes(';messageid=')) return undefined
      if (!messages.some(({ thread }) => thread === conversation)) return missing
      messages.push({ thread: conversation, id: String(++lastId), body: json })
      return { status: 201, json: { id: String(lastId) } }
    },
  }
}

/** The chats of persons with the bot, as Teams shows them: what was posted, with what took its place. */
function createChat() {
  const messages: { readonly conversation: string; readonly id: string; body: SentActivity }[] = []
  return {
    messages,
    /** The person, or an administrator, deletes a message. */
    remove(id: string) {
      const at = messages.findIndex((message) => message.id === id)
      messages.splice(at, 1)
    },
    take({ path, body }: Asked, id: string) {
      const activity = JSON.parse(body) as SentActivity
      const [, conversation = ''] = /conversations\/([^/]+)\/activities$/.exec(path) ?? []
      if (activity.type === 'message')
        messages.push({ conversation: decodeURIComponent(conversation), id, body: activity })
    },
    /** Whether it is about a message in such a chat, there or not. */
    isFor: ({ method, path }: Asked) => method === 'PUT' && /activities\/teams-message-/.test(path),
    replace({ method, path, body }: Asked): Said | undefined {
      const [, id = ''] = /activities\/([^/]+)$/.exec(path) ?? []
      const message = messages.find((each) => each.id === decodeURIComponent(id))
      if (method !== 'PUT' || !message) return undefined
      message.body = JSON.parse(body) as SentActivity
      return { status: 200, json: { id: message.id } }
    },
  }
}

/** The three services of Microsoft that a bot talks to, and a `fetch` by which their real addresses lead to them. */
export async function startMicrosoft(published: readonly Key[]) {
  const faults: Said[] = []
  const replaceFaults: Said[] = []
  const state = { published, keysDown: false, tokenStatus: 200, sent: 0, lostAnswers: 0 }
  const team = createTeam()
  const chat = createChat()
  const keys = await serve(({ path }) => {
    if (state.keysDown) return { status: 503 }
    if (path.endsWith('/openidconfiguration'))
      return {
        status: 200,
        json: { jwks_uri: 'https://login.botframework.com/v1/.well-known/keys' },
      }
    const list = state.published.map(({ kid, publicKey, endorsements }) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
      endorsements,
    }))
    return { status: 200, json: { keys: [{ kty: 'EC', kid: 'another kind' }, ...list] } }
  })
  const login = await serve(() =>
    state.tokenStatus === 200
      ? { status: 200, json: { access_token: `token-${login.asked.length}`, expires_in: 3600 } }
      : { status: state.tokenStatus, json: { error: 'invalid_client', error_codes: [7000222] } },
  )
  const connector = await serve((asked) => {
    const fault = chat.isFor(asked) ? replaceFaults.shift() : faults.shift()
    if (fault) return fault
    const said = chat.replace(asked) ?? team.answer(asked) ?? take(asked)
    if (state.lostAnswers === 0) return said
    // It was done, and nobody hears of it.
    state.lostAnswers--
    return 'cut'
  })
  function take(asked: Asked): Said {
    const id = `teams-message-${++state.sent}`
    chat.take(asked, id)
    return { status: 201, json: { id } }
  }
  const origins: Record<string, string> = {
    'login.botframework.com': keys.origin,
    'login.microsoftonline.com': login.origin,
    'smba.trafficmanager.net': connector.origin,
  }
  return {
    keys,
    login,
    connector,
    state,
    team,
    chat,
    /** Answers that the connector gives before it is well again. */
    faults,
    /** The same, for cards of persons that are to be replaced. */
    replaceFaults,
    fetch: ((input: string, init: RequestInit) => {
      const { protocol, hostname, pathname, search } = new URL(input)
      const origin = origins[hostname]
      if (protocol !== 'https:' || !origin) throw new Error(`A call left for ${input}.`)
      const headers = new Headers(init.headers)
      headers.set(mark.name, mark.value)
      return fetch(`${origin}${pathname}${search}`, { ...init, headers })
    }) as typeof fetch,
    close: () => Promise.all([keys.close(), login.close(), connector.close()]),
  }
}

export type Microsoft = Awaited<ReturnType<typeof startMicrosoft>>

/** The address of a call as text, however `fetch` was given it. */
export const addressOf = (input: string | URL | Request): string =>
  input instanceof Request ? input.url : input.toString()
