import { join } from 'node:path'
import { createAgents } from './agents'
import { createDirectLine, storedSecrets, uploadMs } from './channels/direct-line'
import { createPersonalChats, createTeams, isTeamsConversation } from './channels/teams'
import { createTeamsDesk, placeOf } from './channels/teams-desk'
import type { Config } from './config'
import { createConsole } from './console'
import { Conversations, Presence, Timers, Turns } from './conversations'
import {
  Absences,
  Announcer,
  caseLink,
  createWebhookDesk,
  giveUpFarewells,
  Handoffs,
  parseHours,
  Queue,
} from './handoff'
import {
  createHttp,
  createOrigins,
  loadConsole,
  loadPanel,
  loadSite,
  loadWeb,
  proxiesOf,
} from './http'
import { incidentRoutes, Incidents } from './incidents'
import { insightRoutes, Sweep } from './insights'
import { prepareReplies } from '../knowledge'
import { Erasure, keepingRoutes, Retention } from './keeping'
import { KnowledgeStore } from './knowledge'
import { BeliefStore, Silence } from './ledger'
import { Duty } from './duty'
import type { Log } from './log'
import { patiently } from './patiently'
import { signingKey } from './signing-key'
import type { Database } from './storage'
import { databasePlace, openDatabase } from './storage/open'
import { createLinks, Uploads, type UploadLimits } from './uploads'

export interface AppOptions {
  readonly config: Config
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** The folder that the build wrote the pages to. */
  readonly webDir: string
  /** Messages that one conversation may send at once; benchmarks and chaos tests raise it. */
  readonly messageBurst?: number
  /** Hears what the server cannot go on after: the storage worker died. */
  readonly onFatal?: (error: Error) => void
}

export interface App {
  /** Where people open the chat. */
  readonly url: string
  /** Where the tools of whoever runs the server ask. */
  readonly adminUrl: string
  /** Where the first account is made, as long as there is none; it is good once. */
  readonly setUpLink: string | undefined
  readonly port: number
  /** Loads the pack again; resolves to false when it has faults and the last good version stays. */
  reloadKnowledge(): Promise<boolean>
  /** Finishes what is under way and closes everything. */
  close(): Promise<void>
}

/** Puts the server together and starts it. Nothing here decides anything; it only connects. */
export async function startApp({
  config,
  log,
  now: own = Date.now,
  webDir,
  messageBurst,
  onFatal,
}: AppOptions): Promise<App> {
  const [knowledge, database] = await bothOrNeither(
    KnowledgeStore.open({ folder: config.PACK_DIR, dataDir: config.DATA_DIR, log }),
    openDatabase(databasePlace(config), { log, onFatal }),
  )
  // Several servers go by one clock.
  const now = () => own() + Math.round(database.peers?.aheadMs ?? 0)
  for (const note of database.notes) log.error({ note }, 'the database was not closed in order')
  prepareReplies()
  const uploads = new Uploads({
    isOn: config.UPLOADS === 'on',
    folder: config.UPLOADS_DIR ?? join(config.DATA_DIR, 'uploads'),
    isShared: config.UPLOADS_DIR !== undefined,
    database,
    limits: uploadLimits(config),
    retentionDays: config.RETENTION_DAYS,
    now,
    log,
  })
  const conversations = new Conversations(database, now, (ids) => uploads.remove(ids))
  const presence = new Presence({ now, isNotified: isTeamsConversation, peers: database.peers })
  const zone = config.DESK_TIME_ZONE ?? new Intl.DateTimeFormat().resolvedOptions().timeZone
  const queue = new Queue({
    database,
    hours: config.DESK_HOURS === undefined ? undefined : parseHours(config.DESK_HOURS, zone),
    answersBy: config.HANDOFF_ANSWERS_BY,
    hasOtherDesk: Boolean(config.TEAMS_DESK_CHANNEL ?? config.DESK_WEBHOOK_URL),
    now,
    log,
  })
  const incidents = new Incidents({ database, conversations, now, log })
  const beliefs = new BeliefStore({
    storage: database,
    pack: () => knowledge.current.pack,
    enough: config.BELIEF_CASES,
    now,
    log,
  })
  const turns = new Turns({
    conversations,
    database,
    knowledge: () => knowledge.current,
    beliefs: () => beliefs.current,
    humanMinutes: config.HUMAN_MINUTES || undefined,
    desk: (conversation) => queue.view(conversation),
    incidents: () => incidents.running,
    personalChat: createPersonalChats(database, config.MicrosoftAppId),
    now,
    log,
  })
  const timers = new Timers({ database, turns, now, log })
  const sweep = new Sweep({ database, retentionDays: config.RETENTION_DAYS, now, log })
  const retention = new Retention({
    storage: database,
    conversations,
    retentionDays: config.RETENTION_DAYS,
    now,
    log,
  })
  const silence = new Silence({ database, now, log })
  const handoffs = new Handoffs({ database, conversations, now })
  const absences = new Absences({
    database,
    conversations,
    presence,
    desk: () => queue.view(''),
    now,
    log,
  })

  const key = signingKey(config.SIGNING_KEY, config.DATA_DIR)
  const links = createLinks({ signingKey: key, now })
  const directLine = createDirectLine({
    conversations,
    files: { uploads, links },
    secrets: storedSecrets(database, now),
    presence,
    standing: {
      pack: () => knowledge.current.pack,
      desk: (conversation) => queue.view(conversation),
      agentOf: (conversation) => handoffs.agentOf(conversation),
    },
    log,
    now,
    settings: {
      signingKey: key,
      retentionDays: config.RETENTION_DAYS,
      publicUrl: config.PUBLIC_URL,
      directLineSecret: config.DIRECT_LINE_SECRET,
      ...(messageBurst === undefined ? {} : { messageBurst }),
    },
  })
  const { PUBLIC_URL: publicUrl } = config
  const linkTo =
    publicUrl === undefined
      ? undefined
      : (ticket: string) => caseLink(`${publicUrl}/console`, ticket)
  const webhookDesk = createWebhookDesk({
    linkTo,
    settings: config,
    database,
    conversations,
    handoffs,
    log,
    now,
    typed: (conversation, name) => presence.typed(conversation, { role: 'agent', name }),
  })
  const pageOptions = { publicUrl: config.PUBLIC_URL, mayFrame: config.ALLOWED_ORIGINS }
  const pages = [
    loadSite(join(webDir, 'site'), pageOptions),
    loadPanel(join(webDir, 'chat'), pageOptions),
    loadWeb(webDir, { ...pageOptions, takesFiles: uploads.isOn }),
    loadConsole(join(webDir, 'console'), pageOptions),
  ]
  const origins = createOrigins({
    publicUrl: config.PUBLIC_URL,
    allowed: config.ALLOWED_ORIGINS,
  })
  const agents = createAgents({ settings: config, database, origins, signingKey: key, now, log })
  const known = {
    pack: () => knowledge.current.pack,
    beliefs: () => beliefs.current,
    incidents: () => incidents.running,
  }
  const place = placeOf(config)
  const teams = createTeams({
    conversations,
    database,
    presence,
    settings: config,
    known: { ...known, knowledge: () => knowledge.current },
    log,
    now,
    part:
      place &&
      (({ call, id }) =>
        createTeamsDesk({
          place,
          linkTo,
          bot: id,
          call,
          conversations,
          database,
          handoffs,
          known,
          audit: ({ by, ...entry }) => agents.audit({ by: by && { agent: by }, ...entry }),
          log,
          now,
        })),
  })
  const desk = createConsole({
    linksTo: (file) => links.to(file),
    agents,
    handoffs,
    conversations,
    storage: database,
    presence,
    queue,
    ...known,
    now,
    log,
  })
  const front = createHttp({
    log,
    origins,
    publicUrl: config.PUBLIC_URL,
    longestMs: uploads.isOn ? uploadMs : undefined,
    isProxy: proxiesOf(config.TRUSTED_PROXIES),
    canKeep: () => database.peers?.isReachable ?? true,
    routes: [
      ...pages.flatMap(({ routes }) => routes),
      ...agents.routes,
      ...desk.routes,
      ...directLine.routes,
      ...(teams?.routes ?? []),
      ...(webhookDesk?.routes ?? []),
    ],
    files: new Map(pages.flatMap(({ files }) => [...files])),
    upgrades: [...directLine.upgrades, ...desk.upgrades],
  })
  const adminOrigins = createOrigins({})
  const admin = createHttp({
    log,
    origins: adminOrigins,
    longestTarget: 12_000,
    routes: [
      ...incidentRoutes({
        incidents,
        pack: () => knowledge.current.pack,
        origins: adminOrigins,
        now,
        log,
      }),
      ...insightRoutes({
        storage: database,
        knowledge: () => knowledge.current,
        beliefs: () => beliefs.current,
        retentionDays: config.RETENTION_DAYS,
        origins: adminOrigins,
        now,
      }),
      ...keepingRoutes({
        erasure: new Erasure({ database, conversations, now }),
        // With a database that several share, files lie where all of them look, or out of reach.
        reachesFiles: database.peers === undefined || config.UPLOADS_DIR !== undefined,
        origins: adminOrigins,
        log,
      }),
    ],
  })

  await uploads.start()
  await beliefs.start()
  await incidents.start()
  await queue.start()
  await absences.start()
  await desk.start()
  await turns.start()
  const joined = [
    ...(place && teams ? ['teams' as const] : []),
    ...(webhookDesk ? ['webhook' as const] : []),
  ]
  await giveUpFarewells({ database, joined, now, log })
  const { port } = await front.listen(config.PORT, config.HOST)
  const { port: adminPort } = await admin.listen(config.ADMIN_PORT, '127.0.0.1')
  const adminUrl = `http://localhost:${adminPort}`
  const url = config.PUBLIC_URL ?? `http://${shownHost(config.HOST)}:${port}`
  const announcer = new Announcer({
    handoffs,
    log,
    now,
    webhookUrl: config.HANDOFF_WEBHOOK_URL,
    consoleUrl: `${url}/console`,
  })
  const duty = new Duty({
    parts: [
      ...[sweep, silence, retention, timers, announcer],
      ...[teams, webhookDesk].flatMap((part) => (part ? [part] : [])),
    ],
    peers: database.peers,
    log,
  })
  duty.start()

  return {
    url,
    adminUrl,
    setUpLink: await agents.setUpLink(url),
    port,
    reloadKnowledge: async () => {
      const isLoaded = await knowledge.reload()
      if (isLoaded) await beliefs.refresh()
      return isLoaded
    },
    close: async () => {
      const begun = Date.now()
      // Nobody is let in from here on, and each part begins nothing new.
      const answering = [front.drain(), admin.drain(), desk.close()]
      const sending = duty.stop()
      const looking = [...[absences.stop(), incidents.stop(), beliefs.stop()]]
      uploads.stop()
      queue.stop()
      answering.push(directLine.close())
      // What nobody waits for any longer is not lost: it was not acknowledged, or stands behind a cursor.
      await patiently('requests', begun + patience.requests, answering, log)
      await patiently('turns', begun + patience.turns, [turns.stop(), ...looking], log)
      await patiently('calls', begun + patience.calls, [sending], log)
      await patiently('the database', begun + patience.database, [database.close()], log)
      await Promise.all([front.close(), admin.close()])
    },
  }
}

/** Until when the parts may take to end, in milliseconds from the beginning of it: all of it is to be over within ten seconds. */
const patience = { requests: 3_000, turns: 5_000, calls: 6_500, database: 8_500 } as const

/** The pack is learnt while the database opens. If one of them fails, the other is not left open. */
async function bothOrNeither(
  loading: Promise<KnowledgeStore>,
  opening: Promise<Database>,
): Promise<[KnowledgeStore, Database]> {
  const [knowledge, database] = await Promise.allSettled([loading, opening])
  if (knowledge.status === 'fulfilled' && database.status === 'fulfilled')
    return [knowledge.value, database.value]
  if (database.status === 'fulfilled') {
    await database.value.close()
    throw (knowledge as PromiseRejectedResult).reason
  }
  throw database.reason
}

const megabyte = 1_000_000
const uploadLimits = (config: Config): UploadLimits => ({
  fileBytes: config.UPLOAD_FILE_MB * megabyte,
  files: config.UPLOAD_FILES,
  dayFiles: config.UPLOAD_DAY_FILES,
  dayBytes: config.UPLOAD_DAY_MB * megabyte,
  storeBytes: config.UPLOAD_STORE_MB * megabyte,
})

/** An address as a person can open it. */
const shownHost = (host: string): string =>
  ['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost'].includes(host) ? 'localhost' : host
