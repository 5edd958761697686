import type { Config } from './config'

/** What settings ask of one another; each rule gives a sentence for whoever sets them. */

type Environment = Record<string, string | undefined>

/** Two servers on one port. */
export const samePort = ({ PORT, ADMIN_PORT }: Config): string[] =>
  PORT === ADMIN_PORT && PORT !== 0
    ? [
        `PORT and ADMIN_PORT: both are ${PORT}. Give one of them another number, for example ${PORT + 1}`,
      ]
    : []

/** A message that is within its own limits must not be too much for a day, nor a day for the store. */
export const smallUploads = (config: Config): string[] => {
  const {
    UPLOAD_FILE_MB: file,
    UPLOAD_FILES: files,
    UPLOAD_DAY_MB: day,
    UPLOAD_STORE_MB: store,
  } = config
  if (config.UPLOADS === 'off') return []
  return [
    ...(file * files > day
      ? [
          `UPLOAD_DAY_MB: is ${day}, and one message may bring ${files} files of ${file} (UPLOAD_FILES, UPLOAD_FILE_MB). Set it to at least ${file * files}, or these lower`,
        ]
      : []),
    ...(day > store
      ? [
          `UPLOAD_STORE_MB: is ${store}, less than UPLOAD_DAY_MB (${day}). Set it to at least ${day}`,
        ]
      : []),
  ]
}

/** Half of an identity provider is none, and agents would silently sign in another way. */
export function incompleteProvider(environment: Environment): string[] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: id, OIDC_CLIENT_SECRET: given } = environment
  if (issuer && !id)
    return [
      'OIDC_CLIENT_ID: needed with OIDC_ISSUER; the provider calls it the client id or application id',
    ]
  if ((id || given) && !issuer)
    return [
      'OIDC_ISSUER: needed with OIDC_CLIENT_ID, for example https://login.microsoftonline.com/<tenant id>/v2.0',
    ]
  return []
}

const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** The desk in Teams is the bot's, and its agents are the members of one team in one tenant. */
export function incompleteDesk(environment: Environment): string[] {
  const { TEAMS_DESK_CHANNEL: channel, TEAMS_DESK_TEAM: team } = environment
  const { MicrosoftAppId: app, MicrosoftAppTenantId: tenant } = environment
  if (!channel)
    return team ? ['TEAMS_DESK_CHANNEL: needed with TEAMS_DESK_TEAM; see docs/teams-desk.md'] : []
  return [
    ...(team
      ? []
      : ['TEAMS_DESK_TEAM: needed with TEAMS_DESK_CHANNEL; its members are the agents']),
    ...(app ? [] : ['MicrosoftAppId: needed with TEAMS_DESK_CHANNEL, and what goes with it']),
    ...(guid.test(tenant ?? '')
      ? []
      : [
          'MicrosoftAppTenantId: needed with TEAMS_DESK_CHANNEL; agents of this tenant only can answer there',
        ]),
  ]
}

/** Without the secret nothing could be signed, and without the address nothing would be sent. */
export function halfOfADesk(environment: Environment): string[] {
  const { DESK_WEBHOOK_URL: url, DESK_WEBHOOK_SECRET: given } = environment
  if (url && !given)
    return [
      'DESK_WEBHOOK_SECRET: needed with DESK_WEBHOOK_URL, and the same on both sides; openssl rand -base64 48 makes good ones',
    ]
  return given && !url
    ? [
        'DESK_WEBHOOK_URL: needed with DESK_WEBHOOK_SECRET, for example https://desk.example.org/fixladder',
      ]
    : []
}

/** Servers that share a database share their visitors, too: each reads the tokens that another one signed, and gives the files that another one took. */
export const sharedByServers = (environment: Environment): string[] => {
  const { DATABASE_URL: url, SIGNING_KEY: key, UPLOADS: uploads, UPLOADS_DIR: folder } = environment
  if (!url) return []
  return [
    ...(key
      ? []
      : [
          'SIGNING_KEY: needed with DATABASE_URL, and the same on every server; openssl rand -base64 48 makes good ones',
        ]),
    ...(uploads === 'on' && !folder
      ? [
          'UPLOADS_DIR: needed with UPLOADS=on and DATABASE_URL; a folder that all servers share, for example /mnt/fixladder',
        ]
      : []),
  ]
}
