import { statement, type Tx } from '../storage'
import { named, selectAdmins, type Issuer } from './accounts'
import type { AuditEntry, Who } from './audit'
import { appendAudit } from './audit-writes'
import { deleteInvitesTo } from './invite-writes'
import type { Role } from './role'
import { endSessionsOf, selectAgent, setPassword, signIn, type NewSession } from './session-writes'

/** What changes accounts that are there. Runs inside the storage worker's transactions. */
export const accountWrites = { changeAgent, changePassword, signOutAgent, writeAudit }

export type Changed = 'changed' | 'unknown' | 'last_admin'

/** Gives an account another role, closes it or opens it again. Whoever it is about is signed out everywhere. */
async function changeAgent(
  tx: Tx,
  input: {
    id: string
    issuer: Issuer
    role?: Role | undefined
    isDisabled?: boolean | undefined
    by: Who
    at: number
  },
): Promise<Changed> {
  const { id, issuer, by, at } = input
  const [account] = await tx.run(selectAgent, { id })
  if (!account || account.issuer !== issuer) return 'unknown'
  const was = { role: account.role, isDisabled: account.disabled_at !== null }
  const role = input.role ?? was.role
  const isDisabled = input.isDisabled ?? was.isDisabled
  if (role === was.role && isDisabled === was.isDisabled) return 'changed'
  if (was.role === 'admin' && !was.isDisabled && (role !== 'admin' || isDisabled)) {
    const admins = await tx.run(selectAdmins, { issuer })
    if (admins.length === 1) return 'last_admin'
  }
  await tx.run(setState, { id, role, disabledAt: isDisabled ? at : null })
  await endSessionsOf(tx, { agent: id })
  if (account.email !== null) await tx.run(deleteInvitesTo, { email: account.email })
  if (role !== was.role)
    await appendAudit(
      tx,
      { by, what: 'agent_changed', about: `${named(account)}: ${was.role}, now ${role}` },
      at,
    )
  if (isDisabled !== was.isDisabled)
    await appendAudit(
      tx,
      { by, what: isDisabled ? 'agent_disabled' : 'agent_enabled', about: named(account) },
      at,
    )
  return 'changed'
}

/** Exchanges a password that was just typed for a new one, and all sessions for a new one. False when it is no longer the present one. */
async function changePassword(
  tx: Tx,
  input: { by: Who; from: string; to: string; session: NewSession; at: number },
): Promise<boolean> {
  const { by, from, to, session, at } = input
  const [account] = await tx.run(selectAgent, { id: by.id })
  if (!account || account.password !== from) return false
  await tx.run(setPassword, { id: by.id, password: to })
  await endSessionsOf(tx, { agent: by.id })
  if (account.email !== null) await tx.run(deleteInvitesTo, { email: account.email })
  await appendAudit(tx, { by, what: 'password_changed', about: named(by) }, at)
  await signIn(tx, by, session, at)
  return true
}

/** Signs an agent out everywhere. False when there is no such agent. */
async function signOutAgent(
  tx: Tx,
  input: { id: string; issuer: Issuer; by: Who; at: number },
): Promise<boolean> {
  const { id, issuer, by, at } = input
  const [account] = await tx.run(selectAgent, { id })
  if (!account || account.issuer !== issuer) return false
  await endSessionsOf(tx, { agent: id })
  await appendAudit(tx, { by, what: 'sessions_ended', about: named(account) }, at)
  return true
}

async function writeAudit(tx: Tx, input: AuditEntry & { at: number }): Promise<void> {
  const { at, ...entry } = input
  await appendAudit(tx, entry, at)
}

const setState = statement<{ id: string; role: Role; disabledAt: number | null }>()((db, at) =>
  db
    .updateTable('agents')
    .set({ role: at('role'), disabled_at: at('disabledAt') })
    .where('id', '=', at('id')),
)
