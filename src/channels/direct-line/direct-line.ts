import type { Conversations, Presence } from '../../conversations'
import { createBuckets, isLoopback, type Buckets, type Route, type Upgrade } from '../../http'
import type { Log } from '../../log'
import { filesRoute, kinds, type Links, type Uploads } from '../../uploads'
import { conversationRoutes } from './conversation-routes'
import type { FileLinks } from './draw'
import { forgetRoute } from './forget'
import type { VisitorSecrets } from './secrets'
import { standingRoute, type StandingSources } from './standing'
import { createStreams } from './stream'
import { createTokens } from './tokens'
import { createUpload } from './upload'
import { visitorRoutes } from './visitors'

export interface DirectLineOptions {
  readonly conversations: Pick<
    Conversations,
    | 'create'
    | 'get'
    | 'append'
    | 'appended'
    | 'read'
    | 'newest'
    | 'watch'
    | 'forget'
    | 'isForgotten'
  >
  /** Keeps files that people send, and takes new ones if it is on; without it they are refused. */
  readonly files?: { readonly uploads: Uploads; readonly links: Links } | undefined
  readonly secrets: VisitorSecrets
  /** Who types, and whose page is open. */
  readonly presence: Presence
  readonly standing: StandingSources
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly settings: DirectLineSettings
}

export interface DirectLineSettings {
  readonly signingKey: string
  readonly retentionDays: number
  readonly publicUrl?: string | undefined
  /** Lets a back end ask for tokens; without it `tokens/generate` refuses. */
  readonly directLineSecret?: string | undefined
  /** Messages of one conversation: so many at once, then one a second. */
  readonly messageBurst?: number
  /** New conversations of one address in an hour; this machine itself may open any number. */
  readonly newConversationsPerHour?: number
  /** How often the logs of open streams are looked at without being told, in milliseconds. */
  readonly pollMs?: number
}

/** The channel as the HTTP front takes it: its routes and the one upgrade. Close it before the front. */
export interface DirectLine {
  readonly routes: readonly Route[]
  readonly upgrades: readonly Upgrade[]
  close(): Promise<void>
}

/** A self-hosted Direct Line 3.0 for the unmodified clients, which appends to the log and reads from it, and no more. */
export function createDirectLine(options: DirectLineOptions): DirectLine {
  const { conversations, secrets, presence, files, log, now, settings } = options
  const taking = files?.uploads.isOn ? files.uploads : undefined
  const tokens = createTokens(settings.signingKey, now)
  const pollMs = settings.pollMs ?? 1000
  const { publicUrl = '' } = settings
  const linksTo: FileLinks | undefined =
    files &&
    ((file) => {
      const path = files.links.to(file)
      return path && publicUrl + path
    })
  const streams = createStreams({
    conversations,
    secrets,
    presence,
    tokens,
    linksTo,
    log,
    now,
    pollMs,
  })
  const messages = createBuckets({ burst: settings.messageBurst ?? 10, perSecond: 1, now })
  const asks = createBuckets({ burst: mostAsks, perSecond: 5, now })
  return {
    routes: [
      ...visitorRoutes({
        secrets,
        tokens,
        asks,
        newConversations: newConversations(settings.newConversationsPerHour ?? 30, now),
        retentionDays: settings.retentionDays,
        directLineSecret: settings.directLineSecret,
        now,
      }),
      standingRoute({
        ...options.standing,
        conversations,
        tokens,
        asks,
        retentionDays: settings.retentionDays,
        uploads: taking && {
          maxBytes: taking.limits.fileBytes,
          maxCount: taking.limits.files,
          kinds: Object.values(kinds).map(({ type }) => type),
        },
      }),
      ...(files ? [filesRoute(files)] : []),
      forgetRoute({ conversations, tokens, streams, asks, log, now }),
      ...conversationRoutes({
        conversations,
        tokens,
        streams,
        presence,
        messages,
        publicUrl: settings.publicUrl,
        upload: taking && createUpload({ uploads: taking, conversations, presence, messages, now }),
        linksTo,
        now,
      }),
    ],
    upgrades: [streams.upgrade],
    close: () => streams.close(),
  }
}

/** Of a token again, of standing, of erasing, at once; every open tab asks for the first two when it wakes. */
const mostAsks = 60

function newConversations(perHour: number, now: () => number): Buckets {
  const buckets = createBuckets({ burst: perHour, perSecond: perHour / 3600, now })
  return { take: (address) => isLoopback(address) || buckets.take(address) }
}
