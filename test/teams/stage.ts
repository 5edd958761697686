import { sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jwt from 'jsonwebtoken'
import { createReader } from '../../knowledge'
import {
  createPersonalChats,
  createTeams,
  isTeamsConversation,
  type TeamsOptions,
  type TeamsSettings,
} from '../../src/channels/teams'
import { readConfig } from '../../src/config'
import { Conversations, Presence, Timers, Turns, type Knowledge } from '../../src/conversations'
import { createHttp, createOrigins } from '../../src/http'
import { createLog, type Log } from '../../src/log'
import { type Database } from '../../src/storage'
import { conversationIdOf } from '../../src/channels/teams/addresses'
import { createKey, startMicrosoft, type Key } from './microsoft'
import { wordsIn, type SentActivity } from './person-card'
import { loadFirstPack } from '../first-pack'
import { openTestDatabase } from '../storage/engine'

export const appId = '1b0f1a5e-2c3d-4e5f-8a9b-0c1d2e3f4a5b'
export const tenantId = '6f1c2d3e-4a5b-4c6d-9e8f-7a6b5c4d3e2f'
export const serviceUrl = 'https://smba.trafficmanager.net/emea/'
export const connectorKey = createKey('connector-key', ['msteams', 'webchat'])
export const webChatKey = createKey('webchat-key', ['webchat'])
export const bareKey = createKey('bare-key')
const published = [connectorKey, webChatKey, bareKey]

export const settings: TeamsSettings = {
  ...readConfig({}),
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppId: appId,
  MicrosoftAppPassword: 'the secret of the tests',
  MicrosoftAppTenantId: tenantId,
}

let knowledge: Promise<Knowledge> | undefined
export const loadKnowledge = async (): Promise<Knowledge> => {
  const pack = await loadFirstPack()
  return { pack, reader: createReader(pack) }
}

/** What a part beside the personal chats is made of. */
export interface StageParts {
  readonly conversations: Conversations
  readonly database: Database
  readonly known: Knowledge
  readonly log: Log
  readonly now: () => number
}

/** The HTTP front, the channel, the turns and a real database, with the services of Microsoft played on this machine. */
export async function startStage(
  given: Partial<TeamsSettings> = {},
  desk?: (parts: StageParts) => TeamsOptions['part'],
  leaving?: TeamsOptions['fetch'],
  // A press is answered with its card, however slow the machine.
  patienceMs = 20_000,
  lookup: Partial<TeamsOptions['known']> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-teams-'))
  const microsoft = await startMicrosoft(published)
  const clock = { ahead: 0 }
  const now = () => Date.now() + clock.ahead
  const log = createLog('silent')
  const known = await (knowledge ??= loadKnowledge())

  async function open() {
    const database = await openTestDatabase(join(folder, 'teams.db'))
    const conversations = new Conversations(database, now)
    const presence = new Presence({ now, isNotified: isTeamsConversation })
    const turns = new Turns({
      conversations,
      database,
      knowledge: () => known,
      desk: () => ({}),
      personalChat: createPersonalChats(database, appId),
      now,
      log,
    })
    const parts = { conversations, database, known, log, now }
    const teams = createTeams({
      conversations,
      database,
      presence,
      settings: { ...settings, ...given },
      known: { knowledge: () => known, ...lookup },
      log,
      now,
      fetch: leaving ?? microsoft.fetch,
      sweepMs: 20,
      part: desk?.(parts),
      patienceMs,
    })
    const http = createHttp({ log, origins: createOrigins({}), routes: teams?.routes ?? [] })
    const { port } = await http.listen(0, '127.0.0.1')
    return {
      database,
      conversations,
      presence,
      turns,
      timers: new Timers({ database, turns, now, log }),
      teams,
      http,
      url: `http://127.0.0.1:${port}/api/messages`,
    }
  }

  const posted = () => microsoft.connector.asked.filter(({ method }) => method === 'POST')
  let server = await open()
  const stage = {
    microsoft,
    clock,
    /** Where the database lies. */
    file: join(folder, 'teams.db'),
    get database() {
      return server.database
    },
    get conversations() {
      return server.conversations
    },
    get turns() {
      return server.turns
    },
    now,
    /** Where the door is. */
    get url() {
      return server.url
    },
    get presence() {
      return server.presence
    },
    async run() {
      await server.turns.start()
      server.teams?.start()
    },
    /** Looks once for timers that are due. */
    fireTimers: () => server.timers.look(),
    async stop() {
      await server.http.close()
      await server.turns.stop()
      await server.teams?.stop()
      await server.database.close()
    },
    /** Everything ends and begins again on the same file. */
    async restart() {
      await stage.stop()
      server = await open()
    },
    async close() {
      await stage.stop()
      await microsoft.close()
      rmSync(folder, { recursive: true, force: true })
    },

    /** Posts a body as somebody with this Authorization header. */
    async post(
      body: unknown,
      authorization: string = bearer({ exp: Math.floor(now() / 1000) + 600 }),
    ) {
      const response = await fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
        body: JSON.stringify(body),
      })
      return { status: response.status, body: await response.text() }
    },
    say: (text: string, more: object = {}) => stage.post(message({ text, ...more })),

    /** What was posted to the connector. */
    sent: () => posted().map(({ body }) => JSON.parse(body) as SentActivity),
    async untilSent(count: number) {
      await until(() => posted().length >= count)
      return stage.sent()
    },
    /** What the person sees now, message by message, buttons apart. */
    seen: () => microsoft.chat.messages.map(({ body }) => wordsIn(body)),
    /** Cards that were replaced, as often as it was tried. */
    replaced: (id = '') =>
      microsoft.connector.asked.filter(({ method, path }) => method === 'PUT' && path.endsWith(id))
        .length,
    rows: () =>
      server.conversations.read(conversationIdOf(teamsConversation), {
        after: 0,
        audience: 'person',
      }),
  }
  return stage
}

export type Stage = Awaited<ReturnType<typeof startStage>>

/** A token as the connector makes it, or with claims and a key of a forger's choice; `undefined` leaves a claim out. */
export function bearer(
  claims: Record<string, unknown> = {},
  {
    key = connectorKey,
    kid = key.kid,
    header = {},
  }: { key?: Key; kid?: string; header?: object } = {},
): string {
  const seconds = Math.floor(Date.now() / 1000)
  const all = {
    iss: 'https://api.botframework.com',
    aud: appId,
    nbf: seconds - 60,
    exp: seconds + 600,
    serviceurl: serviceUrl,
    ...claims,
  }
  const present = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
  const token = jwt.sign(present, key.privateKey, {
    algorithm: 'RS256',
    header: { alg: 'RS256', kid, ...header },
    noTimestamp: true,
  })
  return `Bearer ${token}`
}

/** A token whose two parts are exactly these bytes, with a signature that is right for them. */
export function signed(header: string, payload: string, key = connectorKey): string {
  const parts = [header, payload].map((part) => Buffer.from(part).toString('base64url')).join('.')
  return `Bearer ${parts}.${sign('sha256', Buffer.from(parts), key.privateKey).toString('base64url')}`
}

/** The parts of a token as text, and the signature as it stands. */
export function partsOf(authorization: string): [header: string, payload: string, rest: string] {
  const [header = '', payload = '', rest = ''] = authorization.slice('Bearer '.length).split('.')
  const read = (part: string) => Buffer.from(part, 'base64url').toString('utf8')
  return [read(header), read(payload), rest]
}

export const teamsConversation = 'a:1pZ-3_xQ8vK_the-conversation'
const bot = { id: `28:${appId}`, name: 'Fixladder' }
const person = {
  id: '29:1person',
  name: 'Ada Byron',
  aadObjectId: '9d8c7b6a-5f4e-4d3c-8b2a-1a0b9c8d7e6f',
}
let lastId = 0

const activity = (type: string, more: object) => ({
  type,
  channelId: 'msteams',
  serviceUrl,
  from: person,
  recipient: bot,
  conversation: { id: teamsConversation, conversationType: 'personal', tenantId },
  channelData: { tenant: { id: tenantId } },
  locale: 'en-GB',
  ...more,
})

/** What Teams posts when a person writes. */
export const message = (more: object = {}) =>
  activity('message', {
    id: `17000000${++lastId}`,
    text: 'my shared album is empty',
    entities: [{ type: 'clientInfo', timezone: 'Europe/London', platform: 'Web' }],
    ...more,
  })

/** What Teams posts when a person presses a button of a card by `Action.Execute`. */
export const invoke = (data: unknown, more: object = {}) =>
  activity('invoke', {
    id: `f:invoke-${++lastId}`,
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: 'answer', data }, trigger: 'manual' },
    ...more,
  })

/** What Teams posts when a person adds the bot. */
export const installed = (more: object = {}) =>
  activity('conversationUpdate', {
    id: 'f:installed',
    membersAdded: [{ id: bot.id }, { id: person.id }],
    ...more,
  })

/** Waits for something that happens soon; a test that never sees it fails here. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${isSo.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** A time in which something that must not happen would have happened, several sweeps long. */
export const aWhile = () => new Promise((resolve) => setTimeout(resolve, 250))
