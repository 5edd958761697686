import { z } from 'zod'
import type { TeamsSettings } from '../settings'

/** The tenants whose people are served, in lower case, or everybody's. */
export type Tenants = ReadonlySet<string> | 'all'

/** What `ALLOWED_TENANTS` comes to. Without it, it is the app's own tenant; a bot of several tenants has to name them. */
export function tenantsOf({
  ALLOWED_TENANTS: named,
  MicrosoftAppType: type,
  MicrosoftAppTenantId: own,
}: Pick<TeamsSettings, 'ALLOWED_TENANTS' | 'MicrosoftAppType' | 'MicrosoftAppTenantId'>): Tenants {
  if (named.includes('*')) return 'all'
  if (named.length > 0) return new Set(named.map((tenant) => tenant.toLowerCase()))
  return new Set(type === 'MultiTenant' || own === undefined ? [] : [own.toLowerCase()])
}

/** Whether an activity comes from a tenant that is served. One that names no tenant, or two, comes from none. */
export function isFrom(tenants: Tenants, json: unknown): boolean {
  if (tenants === 'all') return true
  const tenant = tenantOf(json)
  return tenant !== undefined && tenants.has(tenant)
}

const places = z.object({
  conversation: z.object({ tenantId: z.string().nullish() }),
  channelData: z.object({ tenant: z.object({ id: z.string().nullish() }).nullish() }).nullish(),
})

/** The tenant that an activity comes from, in lower case; undefined when it names none, or two in its two places. */
export function tenantOf(json: unknown): string | undefined {
  const read = places.safeParse(json)
  if (!read.success) return undefined
  const named = new Set(
    [read.data.conversation.tenantId, read.data.channelData?.tenant?.id].flatMap((tenant) =>
      tenant ? [tenant.toLowerCase()] : [],
    ),
  )
  return named.size === 1 ? [...named][0] : undefined
}
