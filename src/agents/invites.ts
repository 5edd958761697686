import { statement, type Reads } from '../storage'
import type { Role } from './role'

/** How long the link to the first account is good: long enough to find it in yesterday's terminal. */
export const setUpHours = 24
/** How long an invitation is good. */
export const inviteDays = 7

export interface Invite {
  readonly id: string
  readonly role: Role
  readonly name?: string
  readonly email?: string
  readonly expiresAt: number
}

/** Invitations that can still be used, the oldest first. Their secrets are not here: a link is shown once, when it is made. */
export async function listInvites(storage: Reads, at: number): Promise<readonly Invite[]> {
  const rows = await storage.read(selectInvites, { at })
  return rows.map(({ id, role, name, email, expires_at }) => ({
    id,
    role,
    ...(name === null ? {} : { name }),
    ...(email === null ? {} : { email }),
    expiresAt: expires_at,
  }))
}

const selectInvites = statement<{ at: number }>()((db, at) =>
  db
    .selectFrom('agent_invites')
    .select(['id', 'role', 'name', 'email', 'expires_at'])
    .where('kind', '=', 'invite')
    .where('expires_at', '>', at('at'))
    .orderBy('expires_at'),
)
