import { join } from 'node:path'
import { pino } from 'pino'
import type { DeskView } from '../../dialogs'
import { createDirectLine, type DirectLineSettings } from '../../src/channels/direct-line'
import { Presence } from '../../src/conversations'
import { Handoffs } from '../../src/handoff'
import { createLinks, Uploads, type UploadLimits } from '../../src/uploads'
import { createHttp, createOrigins, type HttpOptions, type Route } from '../../src/http'
import { createFolder, createStore, removeFolder } from './store'

const signingKey = 'a key for tests, not one to use anywhere'
const plenty: UploadLimits = {
  fileBytes: 1_000_000,
  files: 4,
  dayFiles: 100,
  dayBytes: 50_000_000,
  storeBytes: 100_000_000,
}

export interface ServerOptions {
  /** Where the database lies; without one it has a folder of its own, which goes when it closes. */
  readonly folder?: string
  readonly port?: number
  readonly now?: () => number
  readonly allowed?: readonly string[]
  readonly settings?: Partial<DirectLineSettings>
  readonly routes?: readonly Route[]
  readonly http?: Partial<HttpOptions>
  /** Takes files, with these limits where others are meant than plenty. */
  readonly uploads?: Partial<UploadLimits>
  /** The desk as a conversation sees it. */
  readonly desk?: DeskView
}

/** The HTTP front with the Direct Line channel, on a free port of this machine. */
export async function startServer(options: ServerOptions = {}) {
  const now = options.now ?? Date.now
  const folder = options.folder ?? createFolder()
  const store = await createStore(folder, now)
  const log = pino({ level: 'silent' })
  const uploads = new Uploads({
    isOn: options.uploads !== undefined,
    folder: join(folder, 'uploads'),
    isShared: false,
    database: store.database,
    limits: { ...plenty, ...options.uploads },
    retentionDays: 90,
    now,
    log,
  })
  await uploads.start()
  store.files.remove = (ids) => uploads.remove(ids)
  const presence = new Presence({ now })
  const handoffs = new Handoffs({ ...store, now })
  const links = createLinks({ signingKey, now })
  const directLine = createDirectLine({
    ...store,
    files: { uploads, links },
    presence,
    standing: {
      pack: () => ({
        info: { title: 'Shared albums', examples: ['an', 'or', 'a'], language: 'en' },
      }),
      desk: () => options.desk ?? {},
      agentOf: (conversation) => handoffs.agentOf(conversation),
    },
    log,
    now,
    settings: {
      signingKey,
      retentionDays: 90,
      pollMs: 20,
      ...options.settings,
    },
  })
  const publicUrl = options.settings?.publicUrl
  const http = createHttp({
    log,
    origins: createOrigins({ publicUrl, allowed: options.allowed ?? [] }),
    publicUrl,
    routes: [...directLine.routes, ...(options.routes ?? [])],
    upgrades: directLine.upgrades,
    ...options.http,
  })
  const { port } = await http.listen(options.port ?? 0, '127.0.0.1')
  const url = `http://127.0.0.1:${port}`
  return {
    ...store,
    handoffs,
    presence,
    uploads,
    links,
    folder,
    port,
    url,
    domain: `${url}/v3/directline`,
    async close() {
      uploads.stop()
      await directLine.close()
      await http.close()
      await store.close()
      if (options.folder === undefined) removeFolder(folder)
    },
  }
}

export type Server = Awaited<ReturnType<typeof startServer>>
