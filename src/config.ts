import { z } from 'zod'
import { FixladderError } from './errors'

/**
 * Every setting, in one schema: the only place that reads the environment.
 * `.env.example` is its manual; a test compares the two.
 */

const port = z.coerce.number().int().min(0).max(65535)
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
)
const origin = z.url({ protocol: /^https?$/ }).transform((text) => new URL(text).origin)
/** An unset variable and an empty one mean the same: people leave `NAME=` in their .env. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
const withDefault = <T extends z.ZodType>(schema: T, value: string) =>
  z.preprocess((given) => (given === undefined || given === '' ? value : given), schema)

export const settings = {
  PORT: withDefault(port, '3978'),
  HOST: withDefault(z.string().min(1), '127.0.0.1'),
  /** Where people reach the server from outside, for example https://help.example.org */
  PUBLIC_URL: optional(origin),
  /** Origins of the pages that may open a chat; by default only the server's own. */
  ALLOWED_ORIGINS: withDefault(list.pipe(z.array(origin)), ''),
  ADMIN_PORT: withDefault(port, '3979'),
  DATA_DIR: withDefault(z.string().min(1), './data'),
  /** The pack to serve: a folder. */
  PACK_DIR: withDefault(z.string().min(1), './knowledge/packs/icloud-photo-sharing'),
  /** Signs visitors' tokens; made and kept in DATA_DIR when not given. */
  SIGNING_KEY: optional(z.string().min(32, 'needs at least 32 characters')),
  /** Lets a back end of yours ask for visitors' tokens (`POST /v3/directline/tokens/generate`). */
  DIRECT_LINE_SECRET: optional(z.string().min(32, 'needs at least 32 characters')),
  /** Days that a conversation can be taken up again. */
  RETENTION_DAYS: withDefault(z.coerce.number().int().min(1).max(3650), '90'),
  /** Told of every hand-off by POST. */
  HANDOFF_WEBHOOK_URL: optional(z.url({ protocol: /^https?$/ })),
  /** When people answer, as words: "by 10:00 tomorrow", "within 2 hours". */
  HANDOFF_ANSWERS_BY: optional(z.string().min(1)),
  LOG_LEVEL: withDefault(z.enum(['debug', 'info', 'warn', 'error', 'silent']), 'info'),
  MicrosoftAppType: withDefault(
    z.enum(['MultiTenant', 'SingleTenant', 'UserAssignedMSI']),
    'SingleTenant',
  ),
  MicrosoftAppId: optional(z.uuid()),
  MicrosoftAppPassword: optional(z.string().min(1)),
  MicrosoftAppTenantId: optional(z.string().min(1)),
} as const

const schema = z.object(settings)

/** The settings after checking. `ALLOWED_ORIGINS` does not yet hold the server's own origin. */
export type Config = z.infer<typeof schema>

/** Reads the settings from `environment`. Throws `config_invalid` with all problems at once. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const result = schema.safeParse(environment)
  if (result.success) return result.data
  const problems = result.error.issues.map(
    (issue) =>
      `  ${issue.path.join('.')}: ${issue.message} (given: ${shown(environment, issue.path[0])})`,
  )
  throw new FixladderError(
    'config_invalid',
    `These settings need attention (.env.example explains each):\n${problems.join('\n')}`,
  )
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
