import { statement, type Reads } from '../storage'
import type { Who } from './audit'
import type { Role } from './role'

/** An account as the rest of the room sees it. */
export interface Account extends Who {
  readonly email?: string
  readonly role: Role
  readonly isDisabled: boolean
  readonly seenAt?: number
  /** The stored hash of its password. */
  readonly password?: string
}

/** Whose accounts count: empty for this server's own, otherwise those that this identity provider vouches for. */
export type Issuer = string
export const ownAccounts: Issuer = ''

/** What an account signs in with: capitals make no difference, and neither does a space that came with a paste. */
export const plainEmail = (email: string): string => email.trim().normalize('NFC').toLowerCase()

/** How the audit log names an account: the name for people, the id for later. */
export const named = ({ id, name }: Who): string => `${name} (${id})`

/** Everybody of this issuer, by name. */
export async function listAccounts(storage: Reads, issuer: Issuer): Promise<readonly Account[]> {
  return (await storage.read(selectAll, { issuer })).map(asAccount)
}

export async function accountByEmail(storage: Reads, email: string): Promise<Account | undefined> {
  const [found] = await storage.read(selectByEmail, { email, issuer: ownAccounts })
  return found && asAccount(found)
}

/** Whether somebody can sign in and let others in. Until then the link to the first account is good. */
export async function hasAdmin(storage: Reads, issuer: Issuer): Promise<boolean> {
  return (await storage.read(selectAdmins, { issuer })).length > 0
}

export interface AccountRow {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly role: Role
  readonly password: string | null
  readonly seen_at: number | null
  readonly disabled_at: number | null
}

export const asAccount = (row: AccountRow): Account => ({
  id: row.id,
  name: row.name,
  role: row.role,
  isDisabled: row.disabled_at !== null,
  ...(row.email === null ? {} : { email: row.email }),
  ...(row.seen_at === null ? {} : { seenAt: row.seen_at }),
  ...(row.password === null ? {} : { password: row.password }),
})

export const accountColumns = [
  'agents.id',
  'agents.name',
  'agents.email',
  'agents.role',
  'agents.password',
  'agents.seen_at',
  'agents.disabled_at',
] as const

const selectAll = statement<{ issuer: string }>()((db, at) =>
  db
    .selectFrom('agents')
    .select(accountColumns)
    .where('issuer', '=', at('issuer'))
    .orderBy('name')
    .orderBy('id'),
)

export const selectByEmail = statement<{ email: string; issuer: string }>()((db, at) =>
  db
    .selectFrom('agents')
    .select(accountColumns)
    .where('email', '=', at('email'))
    .where('issuer', '=', at('issuer'))
    .where('password', 'is not', null),
)

export const selectAdmins = statement<{ issuer: string }>()((db, at) =>
  db
    .selectFrom('agents')
    .select('id')
    .where('issuer', '=', at('issuer'))
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null),
)
