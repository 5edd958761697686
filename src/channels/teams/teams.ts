import type { Config } from '../../config'
import type { Conversations, Presence } from '../../conversations'
import { FixladderError } from '../../errors'
import type { Answer, Route } from '../../http'
import type { Log } from '../../log'
import type { Database } from '../../storage'
import { createAccessTokens, type Credentials } from './access-tokens'
import { Addresses } from './addresses'
import { createCaller, type Caller } from './calls'
import { createConnector } from './connector'
import { createConnectorTokens } from './connector-tokens'
import { messagesRoute } from './messages-route'
import type { Fetch } from './outgoing'
import { Sender } from './sender'
import { createSigningKeys } from './signing-keys'
import { Typing } from './typing'

export type TeamsSettings = Pick<
  Config,
  'MicrosoftAppType' | 'MicrosoftAppId' | 'MicrosoftAppPassword' | 'MicrosoftAppTenantId'
>

export interface TeamsOptions {
  readonly conversations: Pick<Conversations, 'create' | 'append' | 'get' | 'read' | 'watchAll'>
  readonly database: Database
  /** Who types. */
  readonly presence: Presence
  readonly settings: TeamsSettings
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** How calls to Microsoft leave; the addresses themselves are fixed. */
  readonly fetch?: Fetch
  /** Another part that speaks to Teams by the same bot: the desk in a channel. */
  readonly part?: ((bot: { readonly call: Caller; readonly id: string }) => TeamsPart) | undefined
  /** How often the sender looks at the log without being told, in milliseconds. */
  readonly sweepMs?: number
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
  const tokens = createConnectorTokens({ appId, keys: createSigningKeys({ fetch, log, now }), now })
  const accessTokens = createAccessTokens({ credentials, fetch, log, now })
  const call = createCaller({ tokens: accessTokens, fetch, now })
  const connector = createConnector(call)
  const sender = new Sender({ conversations, database, addresses, connector, log, now, sweepMs })
  const typing = new Typing({ presence, addresses, connector, sender, log, now })
  const tenant =
    settings.MicrosoftAppType === 'SingleTenant' ? credentials.issuingTenant : undefined
  // Teams writes an app's account like this everywhere.
  const part = options.part?.({ call, id: `28:${appId}` })
  return {
    routes: [messagesRoute({ tokens, conversations, addresses, presence, part, tenant, log, now })],
    start() {
      sender.start()
      typing.start()
      part?.start()
    },
    async stop() {
      await Promise.all([sender.stop(), typing.stop(), part?.stop()])
    },
  }
}

/** Issues the tokens of bots that serve several tenants. */
const tenantOfAll = 'botframework.com'
const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** The bot's credentials, or undefined when there is no bot in Teams. Throws `config_invalid` with all problems at once. */
function readCredentials(settings: TeamsSettings): Credentials | undefined {
  const {
    MicrosoftAppType: type,
    MicrosoftAppId: appId,
    MicrosoftAppPassword: password,
    MicrosoftAppTenantId: tenant,
  } = settings
  if (appId === undefined) return undefined
  const problems: string[] = []
  if (type === 'UserAssignedMSI')
    problems.push(
      'MicrosoftAppType: UserAssignedMSI (a managed identity) is not supported yet; use SingleTenant with a client secret',
    )
  else if (password === undefined)
    problems.push(
      'MicrosoftAppPassword: needed with MicrosoftAppId; the client secret of the app registration',
    )
  if (type === 'SingleTenant' && !guid.test(tenant ?? ''))
    problems.push(
      `MicrosoftAppTenantId: needed with SingleTenant, as the directory (tenant) ID, for example 0f1e2d3c-4b5a-4697-8879-6a5b4c3d2e1f (given: ${JSON.stringify(tenant ?? '')})`,
    )
  if (problems.length > 0 || password === undefined)
    throw new FixladderError(
      'config_invalid',
      `These settings need attention (.env.example explains each):\n${problems.map((each) => `  ${each}`).join('\n')}`,
    )
  return {
    appId: appId.toLowerCase(),
    password,
    issuingTenant: type === 'SingleTenant' ? (tenant ?? '').toLowerCase() : tenantOfAll,
  }
}
