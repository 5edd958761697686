import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { WebSocketServer, type WebSocket } from 'ws'
import {
  createHttp,
  createOrigins,
  loadConsole,
  refuse,
  type HttpRequest,
  type Route,
} from '../../../src/http'
import type {
  Agent,
  CaseDetail,
  CaseLine,
  Colleague,
  ConsoleMessage,
  Line,
  ServerMessage,
} from '../../../web/console/state/contract'
import { canned, detail, lines, ratings, rows, symptoms } from './cases'

/**
 * A server that speaks to the console as the real one does, with cases in memory: the real HTTP front, the real page,
 * its real policy, and ten cases behind them. Tests turn its screws: cut the line, refuse, let people write.
 */
export async function startFake(options: { readonly now?: () => number } = {}) {
  const now = options.now ?? Date.now
  const agent: Agent = { id: 'a-maria', name: 'Maria Conti', role: 'admin' }
  const fake = {
    url: '',
    agent,
    cases: new Map<string, CaseLine>(),
    talks: new Map<string, Line[]>(),
    details: new Map<string, CaseDetail>(),
    /** Every command that arrived and was done: "answer c-anna …". */
    done: [] as string[],
    /** What the next commands of a name are refused with. */
    refusals: new Map<string, { status: number; code: string; message: string }>(),
    /** Fixes that are accepted and that the bot does not send then, with what its note says. */
    unsendable: new Map<string, string>(),
    ratings: ratings(now()),
    isSignedIn: true,
    /** The commands that were refused, by name, and the kinds of messages that consoles sent. */
    refused: [] as string[],
    heard: [] as string[],
    /** How many connections were opened so far. */
    greeted: 0,
    hasAgents: true,
    signIn: { kind: 'password' } as
      { kind: 'password' } | { kind: 'oidc'; name: string; url: string },
    /** No connection gets through while true. */
    isCut: false,
    /** No live connection gets through while true; the rest does. */
    isLiveCut: false,
    cut,
    dropAll,
    says,
    change,
    add,
    sendAll,
    close,
  }
  const keys = new Set<string>()
  const consoles = new Map<WebSocket, string | undefined>()
  for (const line of lines(now())) add(line)

  function add(line: CaseLine, said: Line[] = rows(line)) {
    fake.cases.set(line.id, line)
    fake.talks.set(line.id, said)
    fake.details.set(line.id, detail(line))
    sendAll({ type: 'queue', cases: [line], gone: [] })
  }

  function sendAll(message: ServerMessage) {
    for (const socket of consoles.keys()) send(socket, message)
  }
  const send = (socket: WebSocket, message: ServerMessage) => socket.send(JSON.stringify(message))

  /** Changes a case and tells everybody. */
  function change(id: string, changed: Partial<CaseLine>): CaseLine {
    const line = { ...known(id), ...changed }
    const next = { ...line, version: line.version + 1 }
    fake.cases.set(id, next)
    const seen = fake.details.get(id)
    if (seen) fake.details.set(id, { ...seen, line: next })
    sendAll({ type: 'queue', cases: [next], gone: [] })
    tellDetail(id)
    return next
  }

  function tellDetail(id: string) {
    const seen = fake.details.get(id)
    for (const [socket, watched] of consoles)
      if (seen && watched === id) send(socket, { type: 'case', detail: seen })
  }

  const known = (id: string): CaseLine => {
    const line = fake.cases.get(id)
    if (!line) throw refuse(404, 'NotFound', 'There is no such case.')
    return line
  }

  /** Writes a line into a conversation, and tells who watches it. */
  function says(id: string, line: Omit<Line, 'seq' | 'at'>) {
    const talk = fake.talks.get(id) ?? []
    const row = { ...line, seq: (talk.at(-1)?.seq ?? 0) + 1, at: now() }
    fake.talks.set(id, [...talk, row])
    if (line.from === 'person') change(id, { awaitedSince: now(), lastWords: line.text })
    for (const [socket, watched] of consoles)
      if (watched === id) send(socket, { type: 'rows', id, rows: [row] })
  }

  const commands: Record<string, (id: string, body: Record<string, unknown>) => void> = {
    claim(id) {
      if (known(id).state !== 'queued')
        throw refuse(409, 'Taken', `${known(id).agent?.name ?? 'A colleague'} has this case.`)
      change(id, { state: 'held', agent, claimedAt: now() })
      says(id, { from: 'system', text: `${agent.name} claimed the case` })
    },
    answer(id, { text }) {
      says(id, { from: 'agent', name: agent.name, text: String(text) })
      change(id, { awaitedSince: undefined })
    },
    note: (id, { text }) => says(id, { from: 'note', name: agent.name, text: String(text) }),
    fix(id, { fix }) {
      const seen = fake.details.get(id)
      const next = seen?.ladder?.next.find((each) => each.fix === fix)
      if (!seen?.ladder || !next) throw refuse(404, 'NotFound', 'There is no such fix.')
      const problem = fake.unsendable.get(next.fix)
      if (problem) return says(id, { from: 'note', name: 'Fixladder', text: problem })
      const { title, minutes } = next
      const number = seen.ladder.rungs.length + 1
      const card = { fix: next.fix, title, number, minutes, steps: ['Open Settings.'] }
      fake.details.set(id, {
        ...seen,
        ladder: {
          ...seen.ladder,
          rungs: [...seen.ladder.rungs, { fix: next.fix, title, resultText: '' }],
          next: seen.ladder.next.filter((each) => each !== next),
        },
      })
      const rung = { ...card, question: 'Did that help?' }
      says(id, { from: 'agent', name: agent.name, text: title, rung })
      tellDetail(id)
    },
    mark(id, { fix }) {
      const seen = fake.details.get(id)
      if (!seen?.ladder) return
      const marked = seen.ladder.next.find((each) => each.fix === fix)
      fake.details.set(id, {
        ...seen,
        ladder: {
          ...seen.ladder,
          next: seen.ladder.next.filter((each) => each !== marked),
          rungs: marked
            ? [
                ...seen.ladder.rungs,
                {
                  fix: marked.fix,
                  title: marked.title,
                  result: 'already_tried',
                  resultText: 'already tried',
                },
              ]
            : seen.ladder.rungs,
        },
      })
      tellDetail(id)
    },
    symptom(id, { symptom }) {
      const chosen = symptoms.find((each) => each.id === symptom)
      const seen = fake.details.get(id)
      if (!chosen || !seen) throw refuse(404, 'NotFound', 'There is no such symptom.')
      fake.details.set(id, { ...seen, brief: { ...seen.brief, symptom: chosen, alternatives: [] } })
      change(id, { symptom: { ...chosen, short: chosen.title } })
    },
    facts(id, { key: _key, version: _version, ...facts }) {
      const seen = fake.details.get(id)
      if (!seen) return
      fake.details.set(id, { ...seen, brief: { ...seen.brief, ...facts } })
      tellDetail(id)
    },
    transfer: (id, { to }) =>
      void change(id, { agent: colleagues().find((each) => each.id === to) ?? agent }),
    release: (id) => void change(id, { state: 'queued', agent: undefined }),
    return: (id) => void change(id, { state: 'returned', endedAt: now() }),
    close: (id) => void change(id, { state: 'closed', endedAt: now() }),
  }

  const colleagues = (): Colleague[] => [
    { id: agent.id, name: agent.name, state: 'in', holds: 2 },
    { id: 'a-omar', name: 'Omar Haddad', state: 'in', holds: 2 },
    { id: 'a-lena', name: 'Lena Fischer', state: 'away', holds: 0 },
  ]

  const signedIn =
    (handler: (request: HttpRequest) => Promise<object | undefined>): Route['handler'] =>
    async (request) => {
      if (!fake.isSignedIn) throw notSignedIn()
      const json = await handler(request)
      return json === undefined ? { status: 204 } : { status: 200, json }
    }

  const notSignedIn = () => {
    const problem = refuse(401, 'NotSignedIn', 'Sign in first.')
    const { signIn, hasAgents } = fake
    Object.assign(problem.answer.json as object, { signIn, hasAgents })
    return problem
  }

  const get = (path: string, handler: Parameters<typeof signedIn>[0]): Route => ({
    method: 'GET',
    path: `/console/api/${path}`,
    handler: signedIn(handler),
  })
  const post = (path: string, handler: Route['handler']): Route => ({
    method: 'POST',
    path: `/console/api/${path}`,
    handler: async (request) => {
      if (request.header('x-fixladder') !== 'console')
        throw refuse(403, 'ForeignOrigin', 'Only the console may do this.')
      return handler(request)
    },
  })
  const body = async (request: HttpRequest) => (await request.json()) as Record<string, unknown>

  const routes: Route[] = [
    get('me', async () => ({ agent: fake.agent, signIn: fake.signIn })),
    post('sign-in', async (request) => {
      const { password } = await body(request)
      if (password !== 'correct horse battery')
        throw refuse(401, 'SignInFailed', 'E-mail or password is wrong.')
      fake.isSignedIn = true
      return { status: 204 }
    }),
    post('sign-out', async () => {
      fake.isSignedIn = false
      return { status: 204 }
    }),
    post('join/check', async (request) => {
      const { secret } = await body(request)
      if (secret !== 'good') throw refuse(404, 'InviteUnknown', 'This link is used up.')
      return { status: 200, json: { role: 'agent', email: 'new@example.org' } }
    }),
    post('join', async () => {
      fake.isSignedIn = true
      return { status: 204 }
    }),
    get('agents', async () => ({
      agents: [
        { ...agent, email: 'maria@example.org', isDisabled: false, lastSeenAt: now() },
        {
          id: 'a-omar',
          name: 'Omar Haddad',
          email: 'omar@example.org',
          role: 'supervisor',
          isDisabled: false,
          lastSeenAt: now() - 5 * 60_000,
        },
        { id: 'a-lena', name: 'Lena Fischer', role: 'agent', isDisabled: true },
      ],
      invites: [{ id: 'i1', role: 'agent', name: 'Noor', expiresAt: now() + 86_400_000 }],
    })),
    post('agents/invite', async () => ({
      status: 200,
      json: { link: `${fake.url}/console#join=good`, expiresAt: now() + 86_400_000 },
    })),
    get('audit', async () => ({
      entries: [
        {
          n: 2,
          at: now() - 60_000,
          who: { id: 'a-maria', name: 'Maria Conti' },
          what: 'sign_in',
        },
        { n: 1, at: now() - 120_000, who: null, what: 'invite_made', about: 'Noor' },
      ],
    })),
    get('ratings', async () => ({
      ratings: fake.ratings,
      month: { count: fake.ratings.length, average: 4.25 },
    })),
    get('cases', async (request) => ({
      cases: [...fake.cases.values()].filter(
        ({ endedAt, person }) =>
          endedAt !== undefined &&
          person.toLowerCase().includes((request.query.get('search') ?? '').toLowerCase()),
      ),
    })),
    post('cases/:id/:command', async (request) => {
      const { id = '', command = '' } = request.params
      if (!fake.isSignedIn) throw notSignedIn()
      if (request.header('x-fixladder-agent') !== fake.agent.id) {
        fake.refused.push(command)
        throw refuse(409, 'OtherAgent', 'Somebody else has signed in in this browser.')
      }
      const given = await body(request)
      const refusal = fake.refusals.get(command)
      if (refusal) fake.refused.push(command)
      if (refusal) throw refuse(refusal.status, refusal.code, refusal.message)
      const key = String(given.key)
      if (!keys.has(key)) {
        keys.add(key)
        const { key: _key, version: _version, ...rest } = given
        fake.done.push([command, id, ...Object.values(rest).map(String)].join(' '))
        commands[command]?.(id, given)
      }
      return { status: 200, json: { case: known(id) } }
    }),
  ]

  const sockets = new WebSocketServer({ noServer: true })
  function accept(incoming: IncomingMessage, socket: WebSocket) {
    consoles.set(socket, undefined)
    fake.greeted += 1
    socket.on('close', () => consoles.delete(socket))
    send(socket, {
      type: 'hello',
      now: now(),
      agent: fake.agent,
      desk: { isOpen: true },
      pack: { title: 'iCloud photo sharing', version: '1' },
      canned,
      symptoms,
    })
    send(socket, { type: 'queue', reset: true, cases: [...fake.cases.values()], gone: [] })
    send(socket, { type: 'colleagues', list: colleagues() })
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(String(data)) as ConsoleMessage
      fake.heard.push(message.type)
      if (message.type === 'unwatch') consoles.set(socket, undefined)
      if (message.type !== 'watch') return
      consoles.set(socket, message.id)
      const talk = fake.talks.get(message.id) ?? []
      tellDetail(message.id)
      const missed = talk.filter(({ seq }) => seq > message.after)
      send(socket, { type: 'rows', id: message.id, rows: missed })
    })
  }

  /** Ends every live connection, and takes nothing until `isCut` is false again. */
  function cut() {
    fake.isCut = true
    dropAll()
  }

  function dropAll() {
    for (const socket of consoles.keys()) socket.terminate()
  }

  const page = loadConsole(join(__dirname, '../../../dist/web/console'), {})
  const http = createHttp({
    log: { info() {}, warn() {}, error() {}, debug() {} } as never,
    origins: createOrigins({}),
    routes: [
      ...page.routes,
      ...routes.map((route) => ({
        ...route,
        handler: async (request: HttpRequest) => {
          // As a proxy answers when nobody is behind it.
          if (fake.isCut) throw refuse(503, 'Unavailable', 'Nobody is there.')
          return route.handler(request)
        },
      })),
    ],
    files: page.files,
    upgrades: [
      {
        path: /^\/console\/live$/,
        accept: async ({ incoming, socket, head }) => {
          if (fake.isCut || fake.isLiveCut) throw refuse(503, 'Unavailable', 'Nobody is there.')
          if (!fake.isSignedIn) throw notSignedIn()
          sockets.handleUpgrade(incoming, socket, head, (open) => accept(incoming, open))
        },
      },
    ],
  })
  const { port } = await http.listen(0, '127.0.0.1')
  fake.url = `http://localhost:${port}`

  async function close() {
    for (const socket of consoles.keys()) socket.terminate()
    await http.close()
  }
  return fake
}

export type Fake = Awaited<ReturnType<typeof startFake>>
