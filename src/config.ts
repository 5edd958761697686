import { z } from 'zod'
import { enoughCases, isTimeZone } from '../knowledge'
import { faultOfIssuer } from './agents/oidc/issuer'
import { FixladderError } from './errors'
import {
  halfOfADesk,
  incompleteDesk,
  incompleteProvider,
  samePort,
  sharedByServers,
  smallUploads,
} from './config-rules'
import { faultsOf as faultsOfTeams } from './channels/teams/settings'
import { parseHours } from './handoff/hours'
import { faultOfAddress } from './handoff/webhook/address'
import { proxiesOf } from './http/address'
import { isLoopbackHost, isPlainHost } from './http/target'
import { isSlipOf } from './slip'

/**
 * Every setting, in one schema: the only place that reads the environment.
 * `.env.example` is its manual; a test compares the two.
 */

/** A whole number in a range; whatever is wrong with it, the answer is the same sentence. */
const whole = (least: number, most: number, rule: string) =>
  z.coerce.number(rule).int(rule).min(least, rule).max(most, rule)
/** In days: longer than anything here lasts, and still a date. */
const forEver = 36_500
const choice = <const T extends readonly [string, ...string[]]>(...names: T) =>
  z.enum(names, `must be one of ${names.join(', ')}`)
const words = (rule: string) => z.string(rule).min(1, rule)

const port = (example: number) =>
  whole(0, 65535, `must be a port from 0 to 65535, for example ${example}`)
/** A host by its name or address: what else a URL lets in, a policy would read as many of them, or as its next rule. */
const oneHost = /^([a-z\d_.-]+|\[[a-f\d:.]+\])$/i
const origin = (rule: string) =>
  z
    .url({ protocol: /^https?$/, hostname: oneHost, error: rule })
    .transform((text) => new URL(text).origin)
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
)
const ownSecret = z
  .string()
  .min(32, 'needs at least 32 characters; openssl rand -base64 48 makes good ones')
/** A check that says for itself what is wrong, if anything is. */
const sound = <T>(faultOf: (value: T) => string | undefined) =>
  z.check<T>(({ value, issues }) => {
    const message = faultOf(value)
    if (message !== undefined) issues.push({ code: 'custom', input: value, message })
  })
/** What reading it throws. */
const faultIn = (read: () => unknown): string | undefined => {
  try {
    read()
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
/** Hours are read with their time zone when the server is put together; here it is seen that they can be. */
const hoursRule = sound<string>((text) => faultIn(() => parseHours(text, 'UTC')))
const proxiesRule = sound<string[]>((entries) => {
  const fault = faultIn(() => proxiesOf(entries))
  return (
    fault &&
    `must be addresses or networks with commas between them, for example 10.0.0.5,10.1.0.0/28; ${fault}`
  )
})
const teamsId = (what: string) =>
  z
    .string()
    .regex(
      /^19:[^\s/;?#]{1,200}@thread\.(tacv2|skype)$/,
      `must be the id of ${what} as Teams writes it, for example 19:0a1b2c3d4e5f@thread.tacv2`,
    )
/** A page that Teams shows beside the app. */
const teamsPage = z
  .url({
    protocol: /^https$/,
    error: 'must be an https address, for example https://it.example.org/privacy',
  })
  .max(2048, 'must have at most 2048 characters')
/** A secret that was copied from an example, or typed by leaning on a key, is everybody's. */
const isMadeUp = (text: string): boolean =>
  new Set(text).size < 10 || /example|change.?me|placeholder|your.?secret|secret.?here/i.test(text)

const localKeys =
  'must be an address on this machine, for example http://127.0.0.1:56151/.well-known/openidconfiguration'

/** An unset variable and an empty one mean the same: people leave `NAME=` in their .env. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
const withDefault = <T extends z.ZodType>(schema: T, value: string) =>
  z.preprocess((given) => (given === undefined || given === '' ? value : given), schema)

export const settings = {
  PORT: withDefault(port(3978), '3978'),
  HOST: withDefault(
    words('must be an address of this machine, for example 127.0.0.1'),
    '127.0.0.1',
  ),
  /** Where people reach the server from outside, for example https://help.example.org */
  PUBLIC_URL: optional(origin('must be an address, for example https://help.example.org')),
  /** Origins of the pages that may open a chat; by default only the server's own. */
  ALLOWED_ORIGINS: withDefault(
    list.pipe(
      z.array(
        origin(
          'must be addresses with commas between them, for example https://www.example.org,https://shop.example.org',
        ),
      ),
    ),
    '',
  ),
  /** Reverse proxies on other machines whose `X-Forwarded-For` is believed: addresses and networks. */
  TRUSTED_PROXIES: withDefault(list.check(proxiesRule), ''),
  ADMIN_PORT: withDefault(port(3979), '3979'),
  DATA_DIR: withDefault(words('must be a folder, for example ./data'), './data'),
  /** A PostgreSQL that any number of servers share; without it all is kept in DATA_DIR. */
  DATABASE_URL: optional(
    z.url({
      protocol: /^postgres(ql)?$/,
      error:
        'must be the address of a PostgreSQL, for example postgres://user:password@db.example.org/fixladder',
    }),
  ),
  /** The pack to serve: a folder. */
  PACK_DIR: withDefault(
    words('must be a folder with a knowledge pack'),
    './knowledge/packs/icloud-photo-sharing',
  ),
  /** Signs visitors' tokens; made and kept in DATA_DIR when not given, and needed with DATABASE_URL. */
  SIGNING_KEY: optional(ownSecret),
  /** Lets a back end of yours ask for visitors' tokens (`POST /v3/directline/tokens/generate`). */
  DIRECT_LINE_SECRET: optional(ownSecret),
  /** Days after the last word until a conversation is erased; as long it can be taken up again, and phrases which were not understood are kept. */
  RETENTION_DAYS: withDefault(
    whole(
      0,
      3650,
      'must be a number of days from 1 to 3650, for example 90, or 0 for ever',
    ).transform((days) => (days === 0 ? forEver : days)),
    '90',
  ),
  /** Whether people may send pictures and screen recordings, and how much: of one file, message, conversation and day, and in all. */
  UPLOADS: withDefault(choice('on', 'off'), 'off'),
  /** Folder of these files, which is there already, in place of one in DATA_DIR; needed with DATABASE_URL, and shared by all servers then. */
  UPLOADS_DIR: optional(words('must be a folder')),
  UPLOAD_FILE_MB: withDefault(
    whole(1, 200, 'must be a number of megabytes from 1 to 200, for example 25'),
    '25',
  ),
  UPLOAD_FILES: withDefault(
    whole(1, 10, 'must be a number of files from 1 to 10, for example 4'),
    '4',
  ),
  UPLOAD_DAY_FILES: withDefault(
    whole(1, 1000, 'must be a number of files from 1 to 1000, for example 20'),
    '20',
  ),
  UPLOAD_DAY_MB: withDefault(
    whole(1, 10_000, 'must be a number of megabytes from 1 to 10000, for example 100'),
    '100',
  ),
  UPLOAD_STORE_MB: withDefault(
    whole(1, 1_000_000, 'must be a number of megabytes from 1 to 1000000, for example 2000'),
    '2000',
  ),
  /** From so many cases on a family of devices is believed for itself; before that all devices count together. */
  BELIEF_CASES: withDefault(
    whole(1, 100_000, 'must be a number of cases from 1 to 100000, for example 30'),
    String(enoughCases),
  ),
  /** What bringing in a person costs, in minutes of the person chatting. 0: a person is never offered early. */
  HUMAN_MINUTES: withDefault(
    whole(0, 10_000, 'must be a number of minutes from 0 to 10000, for example 60'),
    '60',
  ),
  /** Told of every hand-off by POST. */
  HANDOFF_WEBHOOK_URL: optional(
    z.url({
      protocol: /^https?$/,
      error: 'must be an address, for example https://hooks.example.org/fixladder',
    }),
  ),
  /** A help desk elsewhere that is passed every case, and what both sides sign with. */
  DESK_WEBHOOK_URL: optional(z.string().check(sound(faultOfAddress))),
  DESK_WEBHOOK_SECRET: optional(
    ownSecret.refine(
      (text) => !isMadeUp(text),
      'looks like an example; openssl rand -base64 48 makes good ones',
    ),
  ),
  /** When people answer, as words: "by 10:00 tomorrow", "within 2 hours". */
  HANDOFF_ANSWERS_BY: optional(words('must be words, for example within 2 hours')),
  /** When people answer, as hours: "mo-fr 9:00-12:00 13:00-17:00; 2026-12-25 closed". */
  DESK_HOURS: optional(z.string().check(hoursRule)),
  /** The time zone of these hours; by default the server's own. */
  DESK_TIME_ZONE: optional(
    z.string().refine(isTimeZone, 'must be a time zone, for example Europe/London'),
  ),
  /** The identity provider that agents sign in with; without one they have accounts here. */
  OIDC_ISSUER: optional(
    z
      .string()
      .check(sound(faultOfIssuer))
      .transform((text) => new URL(text).href),
  ),
  OIDC_CLIENT_ID: optional(words('must not be empty')),
  OIDC_CLIENT_SECRET: optional(words('must not be empty')),
  /** What the button to it says: "Sign in with ...". */
  OIDC_NAME: withDefault(words('must be words, for example Contoso'), 'your organisation'),
  /** The claim of the ID token with the roles. */
  OIDC_ROLES_CLAIM: withDefault(words('must be the name of a claim'), 'roles'),
  /** What a role's name has to begin with to count; without one, bare names count as well. */
  OIDC_ROLES_PREFIX: optional(words('must not be empty')),
  /** What the app package says (`npm run teams:package`); the server does not look at it. */
  TEAMS_APP_NAME: withDefault(
    words('must be words').max(30, 'must have at most 30 characters, for example Photo help'),
    'Fixladder',
  ),
  TEAMS_ACCENT: withDefault(
    z.string().regex(/^#[\da-f]{6}$/i, 'must be a colour, for example #1d4f91'),
    '#1d4f91',
  ),
  TEAMS_DEVELOPER_NAME: optional(
    words('must be words').max(32, 'must have at most 32 characters, for example Contoso IT'),
  ),
  TEAMS_DEVELOPER_URL: optional(teamsPage),
  TEAMS_PRIVACY_URL: optional(teamsPage),
  TEAMS_TERMS_URL: optional(teamsPage),
  LOG_LEVEL: withDefault(choice('debug', 'info', 'warn', 'error', 'silent'), 'info'),
  MicrosoftAppType: withDefault(
    choice('MultiTenant', 'SingleTenant', 'UserAssignedMSI'),
    'SingleTenant',
  ),
  MicrosoftAppId: optional(
    z.uuid('must be an id, for example 00000000-0000-0000-0000-000000000000'),
  ),
  MicrosoftAppPassword: optional(words('must not be empty')),
  MicrosoftAppTenantId: optional(words('must not be empty')),
  /** A certificate in place of the secret: its fingerprint, and its key in PEM or the path of a file with it. */
  CertificateThumbprint: optional(words('must not be empty')),
  CertificatePrivateKey: optional(words('must not be empty')),
  /** Where Azure gives a managed identity its tokens; App Service and Container Apps set both. */
  IDENTITY_ENDPOINT: optional(words('must not be empty')),
  IDENTITY_HEADER: optional(words('must not be empty')),
  /** The tenants whose people are answered in Teams; `*` is everybody. */
  ALLOWED_TENANTS: withDefault(
    list.pipe(
      z.array(
        z
          .string()
          .regex(
            /^(\*|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i,
            'must be tenant ids with commas between them, for example 0f1e2d3c-4b5a-4697-8879-6a5b4c3d2e1f',
          ),
      ),
    ),
    '',
  ),
  /** For tests with a Teams client on this machine: where else its connector may be, and whose keys are believed. */
  CONNECTOR_HOSTS: withDefault(
    list.pipe(
      z.array(
        z
          .string()
          .refine(
            isPlainHost,
            'must be hosts with commas between them, for example 127.0.0.1:56150',
          ),
      ),
    ),
    '',
  ),
  CONNECTOR_KEYS_URL: optional(
    z
      .url({ protocol: /^https?$/, error: localKeys })
      .refine((text) => !URL.canParse(text) || isLoopbackHost(new URL(text).host), localKeys),
  ),
  /** A Teams channel as the desk: its id, the id of its team, and where its connector is reached. */
  TEAMS_DESK_CHANNEL: optional(teamsId('a channel')),
  TEAMS_DESK_TEAM: optional(teamsId('a team')),
  TEAMS_DESK_SERVICE_URL: withDefault(z.string(), 'https://smba.trafficmanager.net/teams/'),
} as const

const schema = z.object(settings)

/** The settings after checking. `ALLOWED_ORIGINS` does not yet hold the server's own origin. */
export type Config = z.infer<typeof schema>

/** Reads the settings from `environment`. Throws `config_invalid` with all problems at once. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const result = schema.safeParse(environment)
  const problems = [
    ...(result.success
      ? [...samePort(result.data), ...smallUploads(result.data)]
      : wrongValues(result.error, environment)),
    ...incompleteProvider(environment),
    ...incompleteDesk(environment),
    ...halfOfADesk(environment),
    ...faultsOfTeams(asFarAsGood(environment)),
    ...sharedByServers(environment),
    ...misspelt(environment),
  ].filter(firstOfItsSetting())
  if (result.success && problems.length === 0) return result.data
  throw invalid(problems)
}

/**
 * Reads these settings alone, for a tool that needs no others: it may run where the server's secrets are not. Throws
 * `config_invalid` with all problems at once, among them those that the caller found for its own purpose.
 */
export function readSome<N extends keyof Config>(
  environment: Record<string, string | undefined>,
  names: readonly N[],
  others: readonly string[],
): Pick<Config, N> {
  const read = names.map((name) => [name, settings[name].safeParse(environment[name])] as const)
  const wrong = read.flatMap(([name, { error }]) =>
    (error?.issues ?? []).map((issue) => ({ ...issue, path: [name, ...issue.path] })),
  )
  const problems = [
    ...wrongValues(new z.ZodError(wrong), environment),
    ...misspelt(environment),
    ...others,
  ]
  if (problems.length > 0) throw invalid(problems)
  return Object.fromEntries(read.map(([name, { data }]) => [name, data])) as Pick<Config, N>
}

const invalid = (problems: readonly string[]) =>
  new FixladderError(
    'config_invalid',
    `These settings need attention (.env.example explains each):\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
  )

/** The settings that can be read, and the defaults of those that cannot: what else is wrong shall be told at once. */
const asFarAsGood = (environment: Record<string, string | undefined>): Config =>
  schema.parse(
    Object.fromEntries(
      Object.entries(settings).map(([name, rule]) => [
        name,
        rule.safeParse(environment[name]).success ? environment[name] : undefined,
      ]),
    ),
  )

/** Lets one sentence of each setting pass: the first, as the others follow from it. */
function firstOfItsSetting(): (problem: string) => boolean {
  const told = new Set<string>()
  return (problem) => {
    const [name = ''] = problem.split(':', 1)
    return told.size < told.add(name).size
  }
}

/** One sentence for each setting, however many entries of a list are wrong. */
const wrongValues = (
  error: z.ZodError,
  environment: Record<string, string | undefined>,
): Set<string> =>
  new Set(
    error.issues.map(({ path: [name], message }) => {
      return `${String(name)}: ${message} (given: ${shown(environment, name)})`
    }),
  )

/** The environment is full of others' variables; only what is a slip away from a name of ours is told. */
function misspelt(environment: Record<string, string | undefined>): string[] {
  const names = Object.keys(settings)
  return Object.keys(environment).flatMap((given) => {
    if (names.includes(given) || !environment[given]) return []
    // On Windows a name counts in any case, so it is ours and has been read.
    const meant = names.find(
      (name) => isSlipOf(given, name) && environment[name] !== environment[given],
    )
    return meant ? [`${given}: no such setting. Did you mean "${meant}"?`] : []
  })
}
const secret = /key|password|secret|url/i

function shown(
  environment: Record<string, string | undefined>,
  name: PropertyKey | undefined,
): string {
  const key = String(name)
  const value = environment[key]
  if (value === undefined || value === '') return 'nothing'
  return secret.test(key) ? `${value.length} characters` : JSON.stringify(value)
}
