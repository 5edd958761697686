import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createReader } from '../../knowledge'
import { Conversations, Turns, type Knowledge, type NewRow } from '../../src/conversations'
import { createWebhookDesk, Handoffs } from '../../src/handoff'
import { sign } from '../../src/handoff/webhook/signature'
import { createHttp, createOrigins } from '../../src/http'
import type { Log } from '../../src/log'
import { statement } from '../../src/storage'
import { saidIn } from '../conversations/stage'
import { loadFirstPack } from '../first-pack'
import { startFakeDesk } from './fake-desk'
import { openTestDatabase } from '../storage/engine'

export const secret = 'kZ2vQ8xW4nR7tB1mC6yH9dF3sJ5gL0pA'
export const conversation = 'on-stage'

let knowledge: Promise<Knowledge> | undefined
const loadKnowledge = async (): Promise<Knowledge> => {
  const pack = await loadFirstPack()
  return { pack, reader: createReader(pack) }
}

export interface StageOptions {
  /** False for a server without a webhook desk, until `join`. */
  readonly isJoined?: boolean
  /** Whether the clock stands still, at a moment that examples can name. */
  readonly stillAt?: number
}

/** Our server's side on a real database, and a help desk on the other side of real HTTP. */
export async function startStage({ isJoined = true, stillAt }: StageOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-webhook-'))
  const desk = await startFakeDesk()
  const clock = { ahead: 0 }
  const now = () => (stillAt ?? Date.now()) + clock.ahead
  const known = await (knowledge ??= loadKnowledge())
  const logged: string[] = []
  const typed: string[] = []
  const keep = (level: string) => (given: unknown, line?: string) =>
    void logged.push(`${level}: ${line ?? String(given)}`)
  const log: Log = {
    debug: () => undefined,
    info: keep('info'),
    warn: keep('warn'),
    error: keep('error'),
  }

  const joined = { DESK_WEBHOOK_URL: desk.url, DESK_WEBHOOK_SECRET: secret }
  let settings: Partial<typeof joined> = isJoined ? joined : {}

  async function open(port: number) {
    const database = await openTestDatabase(join(folder, 'stage.db'))
    const conversations = new Conversations(database, now)
    const turns = new Turns({
      conversations,
      database,
      knowledge: () => known,
      desk: () => ({ ahead: 0 }),
      now,
      log,
    })
    const handoffs = new Handoffs({ database, conversations, now })
    const webhook = createWebhookDesk({
      settings,
      database,
      conversations,
      handoffs,
      log,
      now,
      typed: (where, agent) => void typed.push(`${where}: ${agent}`),
      chance: () => 0,
      sweepMs: 20,
    })
    const http = createHttp({ log, origins: createOrigins({}), routes: webhook?.routes ?? [] })
    const { port: taken } = await http.listen(port, '127.0.0.1')
    await conversations.create(
      { id: conversation, channel: 'direct-line', userId: 'dl_ada', userName: 'Ada' },
      [],
    )
    await turns.start()
    webhook?.start()
    return { database, conversations, turns, handoffs, webhook, http, port: taken }
  }

  let server = await open(0)
  let sent = 0
  const stage = {
    desk,
    clock,
    logged,
    typed,
    now,
    get url() {
      return `http://127.0.0.1:${server.port}/desk/webhook`
    },
    get port() {
      return server.port
    },
    get handoffs() {
      return server.handoffs
    },
    get conversations() {
      return server.conversations
    },
    get database() {
      return server.database
    },
    async stop() {
      await server.http.close()
      await server.turns.stop()
      await server.webhook?.stop()
      await server.database.close()
    },
    /** From the next start on there is a webhook desk, the fake one or another. */
    join(url: string = desk.url) {
      settings = { ...joined, DESK_WEBHOOK_URL: url }
    },
    /** From the next start on there is none. */
    leave() {
      settings = {}
    },
    /** Everything of ours ends and begins again on the same file and port. */
    async restart(meanwhile: () => void | Promise<void> = () => undefined) {
      await stage.stop()
      await meanwhile()
      server = await open(server.port)
    },
    async close() {
      await stage.stop()
      await desk.close()
      rmSync(folder, { recursive: true, force: true })
    },

    /** The person writes. */
    async says(text: string, where = conversation) {
      await server.conversations.append(where, personSays(text, now(), `person-${++sent}`))
      await server.turns.settled()
    },
    /** The person asks for a person; gives the case. */
    async asks(text = 'talk to a person', where = conversation) {
      await stage.says(text, where)
      return stage.newest()
    },
    async newest() {
      const [newest] = await server.handoffs.newest(1)
      return newest?.id ?? ''
    },
    /** What the person has been told so far. */
    async heard(where = conversation) {
      await server.turns.settled()
      const rows = await server.conversations.read(where, { after: 0, audience: 'person' })
      return rows.filter(({ body }) => body?.from.role !== 'user').map((row) => saidIn(row) ?? '')
    },
    refusals: (ticket: string) => server.database.read(selectRefusals, { ticket }),
    async fixedBy(id: string) {
      const [row] = await server.database.read(selectFixed, { id })
      return row
    },
    /** What agents alone read. */
    async notes() {
      const rows = await server.conversations.read(conversation, { after: 0, audience: 'agents' })
      return rows
        .filter(({ kind }) => kind === 'note')
        .map(({ body }) => `${body?.from.name}: ${body?.text}`)
    },
    state: async (id: string) => (await server.handoffs.get(id))?.state,

    /** The desk posts, signed. */
    async posts(activity: object, more: Partial<Signing> = {}) {
      return stage.postsBytes(JSON.stringify(activity), more)
    },
    async postsBytes(body: string, more: Partial<Signing> = {}) {
      const seconds = more.seconds ?? Math.floor(now() / 1000)
      const response = await fetch(stage.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-fixladder-timestamp': String(seconds),
          'x-fixladder-signature': more.signature ?? sign(more.secret ?? secret, seconds, body),
          ...more.headers,
        },
        body: more.body ?? body,
      })
      const text = await response.text()
      return { status: response.status, text, code: codeIn(text) }
    },
    /** Waits until so many posts have failed, and the pauses after them have begun. */
    untilFailed: (count: number) =>
      until(() => logged.filter((line) => line.includes('not take something')).length >= count),
    /** Waits until the desk has got these lines, and no others. */
    async untilLines(lines: readonly string[]) {
      await until(() => desk.got.length >= lines.length)
      await aWhile()
      expect(desk.lines()).toEqual(lines)
    },
  }
  return stage
}

const selectRefusals = statement<{ ticket: string }>()((db, at) =>
  db.selectFrom('webhook_refusals').selectAll().where('ticket', '=', at('ticket')),
)

const selectFixed = statement<{ id: string }>()((db, at) =>
  db.selectFrom('handoffs').select(['fixed', 'fixed_words']).where('id', '=', at('id')),
)

export type Stage = Awaited<ReturnType<typeof startStage>>

interface Signing {
  readonly seconds: number
  readonly signature: string
  readonly secret: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

const codeIn = (text: string): string | undefined =>
  (JSON.parse(text) as { error?: { code: string } }).error?.code

const personSays = (text: string, at: number, key: string): NewRow => ({
  at,
  kind: 'activity',
  audience: ['person', 'agents', 'bot'],
  key,
  body: { type: 'message', text, from: { id: 'dl_ada', role: 'user' } },
})

export const ben = { id: '7', name: 'Ben' }
export const zoe = { id: '8', name: 'Zoe' }
let lastId = 0

/** What an agent of the desk writes. */
export const deskMessage = (ticket: string, text: string, from = ben, id = `m-${++lastId}`) => ({
  type: 'message',
  id,
  conversation: { id: ticket },
  from,
  text,
})

/** What the desk does with the case. */
export const deskStatus = (ticket: string, value: object, id = `s-${++lastId}`) => ({
  type: 'event',
  name: 'handoff.status',
  id,
  conversation: { id: ticket },
  value,
})

/** Waits for something that happens soon; a test that never sees it fails here. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${isSo.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** A time in which something that must not happen would have happened, several looks long. */
export const aWhile = () => new Promise((resolve) => setTimeout(resolve, 150))
