import { request } from 'node:http'
import { pino } from 'pino'
import { createAgents, type Role } from '../../src/agents'
import type { AuditLine } from '../../src/agents/audit-log'
import { readConfig } from '../../src/config'
import { createHttp, createOrigins, type Route } from '../../src/http'
import { createFolder, removeFolder } from '../direct-line/store'
import { openTestDatabase } from '../storage/engine'

/** The room of the agents on the real front and the real database, with a clock that tests move. */

/** Cheap hashes: what they cost is not what these tests are about. */
export const cheap = { ln: 4, r: 8, p: 1 }
/** A password that the rules take. */
export const good = 'horses eat yellow hay'

export const minutes = (count: number): number => count * 60_000
export const hours = (count: number): number => count * 60 * 60_000

export interface Asking {
  readonly cookie?: string | undefined
  readonly body?: unknown
  /** Instead of, or besides, what the console's own page sends; undefined leaves a header out. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** The caller's address, as a reverse proxy names it. */
  readonly from?: string
}

/** What tests look into in answers of every kind. */
export interface AnswerJson {
  readonly error: { readonly code: string; readonly message: string }
  readonly agent: { readonly id: string; readonly name: string; readonly role: Role }
  readonly agents: readonly {
    readonly id: string
    readonly name: string
    readonly role: Role
    readonly isDisabled: boolean
  }[]
  readonly invites: readonly { readonly id: string; readonly role: Role }[]
  readonly entries: readonly AuditLine[]
  readonly link: string
  readonly expiresAt: number
}

export interface StageOptions {
  readonly folder?: string
  readonly settings?: Record<string, string>
  readonly cost?: typeof cheap
  readonly log?: (line: string) => void
}

/** A page of our own with nothing on it, for browsers. */
const emptyPage: Route = {
  method: 'GET',
  path: '/page',
  handler: async () => ({
    status: 200,
    headers: { 'Content-Type': 'text/html', 'Content-Security-Policy': "connect-src 'self'" },
    body: '<!doctype html><title>Page</title><link rel="icon" href="data:,">',
  }),
}

export async function startStage(options: StageOptions = {}) {
  const clock = { at: Date.parse('2026-03-02T09:00:00Z') }
  const now = () => clock.at
  const folder = options.folder ?? createFolder()
  const database = await openTestDatabase(`${folder}/fixladder.db`)
  const config = readConfig(options.settings ?? {})
  const origins = createOrigins({
    publicUrl: config.PUBLIC_URL,
    allowed: config.ALLOWED_ORIGINS,
  })
  const log = pino(
    { level: options.log ? 'debug' : 'silent' },
    { write: (line) => options.log?.(line) },
  )
  const agents = createAgents({
    settings: config,
    database,
    origins,
    signingKey: 'the key of this stage, which is long',
    now,
    log,
    cost: options.cost ?? cheap,
  })
  const routes = [...agents.routes, emptyPage]
  const http = createHttp({ log, origins, publicUrl: config.PUBLIC_URL, routes })
  const { port } = await http.listen(0, '127.0.0.1')
  const host = `localhost:${port}`
  const origin = config.PUBLIC_URL ?? `http://${host}`

  /** One request as the console's own page sends it. */
  const ask = (method: string, path: string, asking: Asking = {}) =>
    new Promise<{
      status: number
      json: AnswerJson
      text: string
      cookie: string | undefined
      headers: Readonly<Record<string, string | string[] | undefined>>
    }>((resolve, reject) => {
      const { cookie, body, from } = asking
      const isChange = method !== 'GET'
      const headers = {
        host,
        origin: isChange ? origin : undefined,
        'sec-fetch-site': 'same-origin',
        'x-fixladder': isChange ? 'console' : undefined,
        'content-type': isChange ? 'application/json' : undefined,
        'x-forwarded-for': from,
        cookie,
        ...asking.headers,
      }
      const sent = Object.entries(headers).filter(([, value]) => value !== undefined)
      const asked = request(
        { port, host: '127.0.0.1', method, path, headers: Object.fromEntries(sent), agent: false },
        (answer) => {
          let text = ''
          answer.setEncoding('utf8').on('data', (part: string) => (text += part))
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              json: (text ? JSON.parse(text) : {}) as AnswerJson,
              text,
              cookie: answer.headers['set-cookie']?.[0]?.split(';')[0],
              headers: answer.headers,
            }),
          )
        },
      )
      asked.on('error', reject)
      asked.end(isChange ? JSON.stringify(body ?? {}) : undefined)
    })

  const get = (path: string, cookie?: string, asking: Asking = {}) =>
    ask('GET', path, { cookie, ...asking })
  const post = (path: string, cookie?: string, body?: unknown, asking: Asking = {}) =>
    ask('POST', path, { cookie, body, ...asking })
  const signIn = (email: string, password: string, asking: Asking = {}) =>
    post('/console/api/sign-in', undefined, { email, password }, asking)
  const join = (link: string, name: string, email: string, password = good) =>
    post('/console/api/join', undefined, { secret: secretOf(link), name, email, password })

  /** The first account, made by the set-up link. Gives its cookie. */
  async function setUp(name = 'Ada', email = 'ada@example.org'): Promise<string> {
    const link = await agents.setUpLink(origin)
    if (!link) throw new Error('There is no set-up link any more.')
    return cookieOf(await join(link, name, email))
  }
  /** Another account, by an invitation of this admin. Gives its cookie. */
  async function add(admin: string, role: Role, name: string): Promise<string> {
    const { json } = await post('/console/api/agents/invite', admin, { role })
    return cookieOf(await join(json.link, name, `${name.toLowerCase()}@example.org`))
  }
  const me = async (cookie?: string) => (await get('/console/api/me', cookie)).json.agent
  /** What the audit log says, oldest first. */
  const audit = async (admin: string) =>
    (await get('/console/api/audit', admin)).json.entries.toReversed()

  return {
    agents,
    database,
    clock,
    folder,
    origin,
    port,
    ask,
    get,
    post,
    signIn,
    join,
    setUp,
    add,
    me,
    audit,
    async close() {
      await http.close()
      await database.close()
      if (options.folder === undefined) removeFolder(folder)
    },
  }
}

export type Stage = Awaited<ReturnType<typeof startStage>>

export const secretOf = (link: string): string => link.replace(/^.*#join=/, '')

export function cookieOf(answer: { status: number; text: string; cookie?: string | undefined }) {
  if (answer.cookie === undefined) throw new Error(`${answer.status}, no cookie: ${answer.text}`)
  return answer.cookie
}
