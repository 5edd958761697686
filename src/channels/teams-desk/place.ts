import type { Config } from '../../config'

/** Where the desk is: a channel of a team, of one tenant. Ids as Teams writes them; the tenant in lower case. */
export interface DeskPlace {
  readonly channel: string
  readonly team: string
  readonly tenant: string
  /** Where the channel's connector is reached. */
  readonly serviceUrl: string
}

/** The desk's place, or undefined without one. The settings were found complete when they were read. */
export function placeOf(settings: Config): DeskPlace | undefined {
  const {
    TEAMS_DESK_CHANNEL: channel,
    TEAMS_DESK_TEAM: team,
    TEAMS_DESK_SERVICE_URL: serviceUrl,
    MicrosoftAppTenantId: tenant,
  } = settings
  if (channel === undefined || team === undefined || tenant === undefined) return undefined
  return { channel, team, serviceUrl, tenant: tenant.toLowerCase() }
}
