import { statement, type Tx } from '../storage'
import { accountColumns, named } from './accounts'
import { appendAudit } from './audit-writes'
import type { Role } from './role'
import { endSessionsOf, signIn, type NewSession } from './session-writes'

/** What an identity provider's word changes. Runs inside the storage worker's transactions. */
export const subjectWrites = { signInSubject, refuseSubject }

/** Who somebody is, as the provider says it. Only `issuer` and `subject` say which account it is. */
export interface Subject {
  readonly issuer: string
  readonly subject: string
  readonly name: string
  readonly email?: string | undefined
  readonly role: Role
}

/** Signs in whom the provider vouches for, and takes over name, e-mail and role as they are there now. False when the account is closed here. */
async function signInSubject(
  tx: Tx,
  input: Subject & { id: string; session: NewSession; at: number },
): Promise<boolean> {
  const { issuer, subject, name, email = null, role, session, at } = input
  const [account] = await tx.run(selectSubject, { issuer, subject })
  if (account && account.disabled_at !== null) {
    await appendAudit(tx, { by: null, what: 'sign_in_failed', about: named(account) }, at)
    return false
  }
  const who = { id: account?.id ?? input.id, name }
  if (account) {
    await tx.run(refresh, { id: account.id, name, email, role })
    if (account.role !== role) {
      await endSessionsOf(tx, { agent: account.id })
      const about = `${named(who)}: ${account.role}, now ${role}`
      await appendAudit(tx, { by: null, what: 'agent_changed', about }, at)
    }
  } else {
    await tx.run(insertSubject, { id: input.id, name, email, role, issuer, subject, at })
    await appendAudit(tx, { by: null, what: 'agent_added', about: `${named(who)}: ${role}` }, at)
  }
  await signIn(tx, who, session, at)
  return true
}

/** Notes that somebody was vouched for and has no role here, and ends what they have open from before. */
async function refuseSubject(
  tx: Tx,
  input: { issuer: string; subject: string; at: number },
): Promise<void> {
  const [account] = await tx.run(selectSubject, { issuer: input.issuer, subject: input.subject })
  if (account) await endSessionsOf(tx, { agent: account.id })
  const about = account ? `${named(account)}: no role` : 'no role'
  await appendAudit(tx, { by: null, what: 'sign_in_failed', about }, input.at)
}

const selectSubject = statement<{ issuer: string; subject: string }>()((db, at) =>
  db
    .selectFrom('agents')
    .select(accountColumns)
    .where('issuer', '=', at('issuer'))
    .where('subject', '=', at('subject')),
)

const refresh = statement<{ id: string; name: string; email: string | null; role: Role }>()(
  (db, at) =>
    db
      .updateTable('agents')
      .set({ name: at('name'), email: at('email'), role: at('role') })
      .where('id', '=', at('id')),
)

const insertSubject = statement<{
  id: string
  name: string
  email: string | null
  role: Role
  issuer: string
  subject: string
  at: number
}>()((db, at) =>
  db.insertInto('agents').values({
    id: at('id'),
    name: at('name'),
    email: at('email'),
    role: at('role'),
    password: null,
    issuer: at('issuer'),
    subject: at('subject'),
    created_at: at('at'),
    seen_at: null,
    disabled_at: null,
  }),
)
