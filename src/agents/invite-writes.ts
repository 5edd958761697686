import { statement, type Tx } from '../storage'
import { named, ownAccounts, selectAdmins, selectByEmail } from './accounts'
import type { Who } from './audit'
import { appendAudit } from './audit-writes'
import type { Role } from './role'
import { endSessionsOf, setPassword, signIn, type NewSession } from './session-writes'

/** What changes links, and the accounts that come of them. Runs inside the storage worker's transactions. */
export const inviteWrites = { makeSetUpLink, dropSetUpLink, makeInvite, revokeInvite, join }

export interface NewInvite {
  readonly id: string
  readonly hash: string
  readonly role: Role
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly expiresAt: number
}

/** Makes the link to the first account, and voids the one of an earlier start. False once there is an admin. */
async function makeSetUpLink(
  tx: Tx,
  input: { id: string; hash: string; expiresAt: number },
): Promise<boolean> {
  await dropSetUpLink(tx)
  if ((await tx.run(selectAdmins, { issuer: ownAccounts })).length > 0) return false
  await tx.run(insertInvite, { ...input, kind: 'set_up', role: 'admin', name: null, email: null })
  return true
}

/** Voids the link to the first account, where people sign in another way. */
async function dropSetUpLink(tx: Tx): Promise<void> {
  await tx.run(deleteSetUps, {})
}

/** Makes an invitation; those past their time are swept on the way. */
async function makeInvite(
  tx: Tx,
  input: NewInvite & { by: Who | null; at: number },
): Promise<void> {
  const { by, at, name, email, ...invite } = input
  await tx.run(sweep, { at })
  await tx.run(insertInvite, {
    ...invite,
    kind: 'invite',
    name: name ?? null,
    email: email ?? null,
  })
  const [account] =
    email === undefined ? [] : await tx.run(selectByEmail, { email, issuer: ownAccounts })
  const whom = account ? `new password for ${named(account)}:` : undefined
  const about = [whom, invite.role, name, `(${invite.id})`].filter(Boolean).join(' ')
  await appendAudit(tx, { by, what: 'invite_made', about }, at)
}

/** Takes an invitation back. False when there is none. */
async function revokeInvite(tx: Tx, input: { id: string; by: Who; at: number }): Promise<boolean> {
  const [invite] = await tx.run(deleteInvite, { id: input.id })
  if (!invite) return false
  const about = [invite.role, invite.name, `(${input.id})`].filter(Boolean).join(' ')
  await appendAudit(tx, { by: input.by, what: 'invite_revoked', about }, input.at)
  return true
}

export type Joined = 'joined' | 'unknown' | 'taken' | 'for_another'

/**
 * Uses a link, once: makes the account and signs it in. An invitation that names the address of an account is for
 * whoever forgot their password: they get a new one, and keep account and role. It is no good once the role is another.
 */
async function join(
  tx: Tx,
  input: {
    hash: string
    id: string
    name: string
    email: string
    password: string
    session: NewSession
    at: number
  },
): Promise<Joined> {
  const { hash, name, email, password, session, at } = input
  const [invite] = await tx.run(selectInvite, { hash, at })
  if (!invite) return 'unknown'
  const isSetUp = invite.kind === 'set_up'
  if (isSetUp && (await tx.run(selectAdmins, { issuer: ownAccounts })).length > 0) return 'unknown'
  const [account] = await tx.run(selectByEmail, { email, issuer: ownAccounts })
  if (invite.email !== null && invite.email !== email) return 'for_another'
  if (account && (isSetUp || account.disabled_at !== null || invite.email === null)) return 'taken'
  if (account && account.role !== invite.role) return 'taken'

  const who = { id: account?.id ?? input.id, name: account?.name ?? name }
  await tx.run(deleteInvite, { id: invite.id })
  await tx.run(deleteInvitesTo, { email })
  if (isSetUp) await dropSetUpLink(tx)
  const link = isSetUp ? 'the set-up link' : `${invite.role} (${invite.id})`
  await appendAudit(tx, { by: null, what: 'invite_used', about: `${link} by ${named(who)}` }, at)
  if (account) {
    await tx.run(setPassword, { id: account.id, password })
    await endSessionsOf(tx, { agent: account.id })
    // Whoever has the link did it, which need not be who it is for.
    const about = `${named(who)} by the invitation (${invite.id})`
    await appendAudit(tx, { by: null, what: 'password_changed', about }, at)
  } else {
    await tx.run(insertAccount, { id: who.id, name, email, role: invite.role, password, at })
    await appendAudit(
      tx,
      { by: who, what: 'agent_added', about: `${named(who)}: ${invite.role}` },
      at,
    )
  }
  await signIn(tx, who, session, at)
  return 'joined'
}

const insertInvite = statement<{
  id: string
  hash: string
  kind: 'set_up' | 'invite'
  role: Role
  name: string | null
  email: string | null
  expiresAt: number
}>()((db, at) =>
  db.insertInto('agent_invites').values({
    id: at('id'),
    hash: at('hash'),
    kind: at('kind'),
    role: at('role'),
    name: at('name'),
    email: at('email'),
    expires_at: at('expiresAt'),
  }),
)

export const selectInvite = statement<{ hash: string; at: number }>()((db, at) =>
  db
    .selectFrom('agent_invites')
    .select(['id', 'kind', 'role', 'name', 'email'])
    .where('hash', '=', at('hash'))
    .where('expires_at', '>', at('at')),
)

const deleteInvite = statement<{ id: string }>()((db, at) =>
  db.deleteFrom('agent_invites').where('id', '=', at('id')).returning(['role', 'name']),
)

/** Voids all links to an address: what they were made for is over. */
export const deleteInvitesTo = statement<{ email: string }>()((db, at) =>
  db.deleteFrom('agent_invites').where('email', '=', at('email')),
)

const deleteSetUps = statement<Record<string, never>>()((db) =>
  db.deleteFrom('agent_invites').where('kind', '=', 'set_up'),
)

const sweep = statement<{ at: number }>()((db, at) =>
  db.deleteFrom('agent_invites').where('expires_at', '<=', at('at')),
)

const insertAccount = statement<{
  id: string
  name: string
  email: string
  role: Role
  password: string
  at: number
}>()((db, at) =>
  db.insertInto('agents').values({
    id: at('id'),
    name: at('name'),
    email: at('email'),
    role: at('role'),
    password: at('password'),
    issuer: ownAccounts,
    subject: null,
    created_at: at('at'),
    seen_at: null,
    disabled_at: null,
  }),
)
