import type { WireActivity } from '../../web/widget/wire'
import type { Clock } from './clock'
import { FakeSocket, pageOf, type SocketMode } from './fake-socket'

/** What happens to a request on its way. `lost`, `hang after`: it arrives, and the answer does not. */
export type Fault = 'none' | 'cut' | 'lost' | 'hang' | 'hang after' | Response

export interface Asked {
  readonly method: string
  /** Without the ids in it: "POST activities". */
  readonly what: string
  readonly body: Record<string, unknown> | undefined
}

/** How long a request is on its way, and its answer too. */
const wayMs = 2
const mostAsked = 20_000

interface Conversation {
  readonly id: string
  readonly user: string
  readonly rows: WireActivity[]
  isStarted: boolean
}

export const refusal = (status: number, code: string, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ error: { code, message: '' } }), { status, headers })

/** The server as the contract describes it, with everything that may go wrong between it and a page. */
export class FakeServer {
  readonly asked: Asked[] = []
  readonly sockets: FakeSocket[] = []
  readonly conversations = new Map<string, Conversation>()
  fault: (asked: Asked) => Fault = () => 'none'
  socketMode: () => SocketMode = () => 'open'
  tokenSeconds = 3600
  standing: object = { holder: 'bot', desk: {}, title: '', examples: [], retentionDays: 90 }
  #secrets = new Map<string, string>()
  #tokens = new Map<string, { readonly conversation: string; readonly until: number }>()
  #count = 0
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(input as string)
    const method = init?.method ?? 'GET'
    const name = url.pathname.split('/').at(-1) ?? ''
    const what = `${method} ${/^c\d+$/.test(name) ? 'reconnect' : name}`
    const text = typeof init?.body === 'string' ? init.body : undefined
    const asked = { method, what, body: text ? JSON.parse(text) : undefined } as Asked
    this.asked.push(asked)
    // Who asks without a pause is stopped, so that a test fails instead of never ending.
    if (this.asked.length > mostAsked) return new Promise(() => undefined)
    const fault = this.fault(asked)
    await this.#travel(init?.signal)
    if (fault === 'cut') throw new TypeError('Failed to fetch')
    const hang = () =>
      new Promise<Response>((_, reject) =>
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))),
      )
    if (fault === 'hang') return hang()
    if (fault instanceof Response) {
      await this.#travel(init?.signal)
      return fault
    }
    const bearer = new Headers(init?.headers).get('authorization')?.slice('Bearer '.length)
    const answer = this.#answer(asked, url, bearer)
    await this.#travel(init?.signal)
    if (fault === 'hang after') return hang()
    if (fault === 'lost') throw new TypeError('Failed to fetch')
    return answer
  }

  readonly openSocket = (url: string): FakeSocket => {
    const mode = this.socketMode()
    if (mode === 'throws') throw new Error('SecurityError')
    const { pathname, searchParams } = new URL(url)
    const conversation = this.conversations.get(pathname.split('/').at(-2) ?? '')
    const rows = () => conversation?.rows ?? []
    const socket = new FakeSocket(this.#clock, mode, rows, Number(searchParams.get('watermark')))
    this.sockets.push(socket)
    return socket
  }

  get only(): Conversation {
    const started = [...this.conversations.values()].filter(({ isStarted }) => isStarted)
    if (started.length !== 1) throw new Error(`There are ${started.length} conversations`)
    return started[0] as Conversation
  }

  get openSockets(): readonly FakeSocket[] {
    return this.sockets.filter(({ isOpen }) => isOpen)
  }

  /** What people said in a conversation, in its order. */
  saidIn = ({ rows }: Conversation): (string | undefined)[] =>
    rows.filter(({ from, type }) => from.role === 'user' && type === 'message').map((r) => r.text)

  count = (what: string): number => this.asked.filter((each) => each.what === what).length

  say(conversation: Conversation, text: string, more: Partial<WireActivity> = {}): WireActivity {
    return this.#append(conversation, {
      type: 'message',
      from: { id: 'fixladder', name: 'Fixladder', role: 'bot' },
      text,
      ...more,
    })
  }

  typing(name: string): void {
    const activity = { type: 'typing', id: 'c1|typing-x', from: { id: 'agent', name, role: 'bot' } }
    for (const socket of this.openSockets) socket.frame(JSON.stringify({ activities: [activity] }))
  }

  /** Every token given out is worth nothing any more. */
  expireTokens(): void {
    this.#tokens.clear()
  }

  cutSockets(): void {
    for (const socket of this.openSockets) socket.close()
  }

  erase(id: string): void {
    this.conversations.delete(id)
    for (const [secret, conversation] of this.#secrets)
      if (conversation === id) this.#secrets.delete(secret)
  }

  #travel(signal: AbortSignal | null | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.setTimer(wayMs, resolve)
      signal?.addEventListener('abort', () => {
        cancel()
        reject(new Error('aborted'))
      })
    })
  }

  #append(conversation: Conversation, activity: Partial<WireActivity>): WireActivity {
    const seq = (Number(conversation.rows.at(-1)?.id.split('|')[1]) || 0) + 1
    const row = { id: `${conversation.id}|${seq}`, timestamp: '', ...activity } as WireActivity
    conversation.rows.push(row)
    for (const socket of this.sockets) socket.pump()
    return row
  }

  #answer({ method, what, body }: Asked, url: URL, bearer = ''): Response {
    if (what === 'POST token') return this.#giveToken(body ?? {})
    const token = this.#tokens.get(bearer)
    if (!token || token.until <= this.#clock.elapsed) return refusal(403, 'TokenExpired')
    const conversation = this.conversations.get(token.conversation)
    if (what === 'POST forget') {
      this.erase(token.conversation)
      return new Response(null, { status: 204 })
    }
    if (!conversation) return refusal(404, 'ConversationNotFound')
    if (what === 'GET standing') return Response.json(this.standing)
    if (what === 'POST refresh') return Response.json(this.#tokenOf(conversation))
    if (what === 'POST conversations' || what === 'GET reconnect') {
      if (!conversation.isStarted) this.say(conversation, 'Hello')
      conversation.isStarted = true
      const set = body?.['read'] === true && pageOf(conversation, 0)
      const more = set && set.activities.length === 32
      const watermark = set ? set.watermark : (url.searchParams.get('watermark') ?? '0')
      const streamUrl = `ws://host/v3/${conversation.id}/stream?watermark=${watermark}`
      return Response.json({ ...this.#tokenOf(conversation), streamUrl, ...set, more })
    }
    return method === 'GET'
      ? Response.json(pageOf(conversation, Number(url.searchParams.get('watermark'))))
      : this.#take(conversation, body as unknown as Partial<WireActivity>)
  }

  #take(conversation: Conversation, activity: Partial<WireActivity>): Response {
    if (activity.type === 'typing') return Response.json({ id: 'x' })
    const key = activity.channelData?.clientActivityID
    const known = conversation.rows.find((row) => key && row.channelData?.clientActivityID === key)
    const { id } =
      known ?? this.#append(conversation, { ...activity, from: { id: 'dl_x', role: 'user' } })
    return Response.json({ id })
  }

  #giveToken(body: Record<string, unknown>): Response {
    const { token } = (body['user'] ?? {}) as { token?: string }
    if (token?.includes('bad')) return refusal(403, 'BadUserToken')
    const user = token ? `dl_${token}` : 'dl_anonymous'
    const known = this.conversations.get(this.#secrets.get(String(body['resume'])) ?? '')
    const isOpened = known && (!token || known.user === user)
    const number = (this.#count += 1)
    const conversation = isOpened ? known : { id: `c${number}`, user, rows: [], isStarted: false }
    const resume = isOpened ? String(body['resume']) : `secret-of-conversation-${number}`
    this.conversations.set(conversation.id, conversation)
    this.#secrets.set(resume, conversation.id)
    return Response.json({ ...this.#tokenOf(conversation), userId: user, resume })
  }

  #tokenOf({ id }: Conversation) {
    const token = `token-${(this.#count += 1)}`
    const until = this.#clock.elapsed + this.tokenSeconds * 1000
    this.#tokens.set(token, { conversation: id, until })
    return { token, conversationId: id, expires_in: this.tokenSeconds }
  }
}
