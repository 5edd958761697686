import type { Conversations, Presence } from '../../conversations'
import type { Answer, Route } from '../../http'
import type { Log } from '../../log'
import type { Database } from '../../storage'
import { createAccessTokens } from './trust/access-tokens'
import { Addresses } from './addresses'
import { createCaller, type Caller } from './sending/calls'
import { createConnector } from './sending/connector'
import { createConnectorTokens } from './trust/connector-tokens'
import { readCredentials, type Proof } from './trust/credentials'
import { createFindFix, type Lookup } from './find'
import { messagesRoute } from './inbound/messages-route'
import type { Fetch } from './sending/outgoing'
import { limitsInAll, Pace } from './sending/pace'
import { personalChatLink } from './personal-chats'
import { Sender } from './sending/sender'
import { ownersOf } from './trust/service-urls'
import type { TeamsSettings } from './settings'
import { createSigningKeys } from './trust/signing-keys'
import { tenantsOf } from './trust/tenants'
import { Typing } from './sending/typing'

export interface TeamsOptions {
  readonly conversations: Pick<
    Conversations,
    'create' | 'appended' | 'get' | 'read' | 'watch' | 'watchAll'
  >
  readonly database: Database
  /** Who types. */
  readonly presence: Presence
  readonly settings: TeamsSettings
  /** What "Find a fix" looks at. */
  readonly known: Lookup
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** How calls to Microsoft leave; the addresses themselves are fixed. */
  readonly fetch?: Fetch
  /** Another part that speaks to Teams by the same bot: the desk in a channel. */
  readonly part?: ((bot: { readonly call: Caller; readonly id: string }) => TeamsPart) | undefined
  /** How often the sender looks at the log without being told, in milliseconds. */
  readonly sweepMs?: number
  /** How long a press may wait for its answer, in milliseconds. */
  readonly patienceMs?: number | undefined
}

/** A part of the channel beside the personal chats. */
export interface TeamsPart {
  /** Takes an activity whose token and tenant were verified, or leaves it to others (undefined). */
  take(json: unknown): Promise<Answer | undefined>
  start(): void
  stop(): Promise<void>
}

/** The channel as the server takes it: its route for the HTTP front, and the sender. Stop it before the database closes. */
export interface Teams {
  readonly routes: readonly Route[]
  start(): void
  stop(): Promise<void>
}

/**
 * Microsoft Teams over the Bot Connector. Undefined without an app id: then nobody could be authenticated, so there is
 * no door at all. Throws `config_invalid`.
 */
export function createTeams(options: TeamsOptions): Teams | undefined {
  const { conversations, database, presence, settings, log, now, sweepMs } = options
  const { fetch = globalThis.fetch } = options
  const credentials = readCredentials(settings)
  if (!credentials) return undefined

  const { appId } = credentials
  const addresses = new Addresses(database)
  const tenants = tenantsOf(settings)
  const ownerOf = ownersOf(settings.CONNECTOR_HOSTS)
  const keys = createSigningKeys({ fetch, log, now, url: settings.CONNECTOR_KEYS_URL })
  const tokens = createConnectorTokens({ appId, keys, now })
  const accessTokens = createAccessTokens({ credentials, fetch, log, now })
  const pace = new Pace(limitsInAll)
  const call = createCaller({ tokens: accessTokens, fetch, now, ownerOf, pace })
  const connector = createConnector(call)
  const sender = new Sender({ conversations, database, addresses, connector, log, now, sweepMs })
  const typing = new Typing({ presence, addresses, connector, sender, log, now })
  const findFix = createFindFix({ known: options.known, chat: personalChatLink(appId), now })
  // Teams writes an app's account like this everywhere.
  const part = options.part?.({ call, id: `28:${appId}` })
  return {
    routes: [
      messagesRoute({
        ...{
          tokens,
          tenants,
          ownerOf,
          conversations,
          database,
          addresses,
          presence,
          part,
          findFix,
          log,
          now,
        },
        patienceMs: options.patienceMs,
      }),
    ],
    start() {
      introduce(settings, credentials.proof, log)
      sender.start()
      typing.start()
      part?.start()
    },
    async stop() {
      await Promise.all([sender.stop(), typing.stop(), part?.stop()])
    },
  }
}

const proofs = {
  secret: 'a client secret',
  certificate: 'a certificate',
  identity: 'a managed identity',
} as const

/** Says what Teams is set up as, and nothing of the secret. */
function introduce(settings: TeamsSettings, { kind }: Proof, log: Log): void {
  const tenants = tenantsOf(settings)
  log.info(
    {
      type: settings.MicrosoftAppType,
      app: settings.MicrosoftAppId,
      by: proofs[kind],
      tenants: tenants === 'all' ? 'all' : [...tenants],
    },
    'Microsoft Teams is set up',
  )
  const { CONNECTOR_HOSTS: hosts, CONNECTOR_KEYS_URL: keys } = settings
  if (hosts.length > 0 || keys !== undefined)
    log.warn(
      { hosts, keys },
      'Teams is set up for tests on this machine: it takes the word of others than Microsoft',
    )
}
