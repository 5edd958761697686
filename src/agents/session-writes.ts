import { statement, type Tx } from '../storage'
import { accountColumns } from './accounts'
import type { Who } from './audit'
import { appendAudit } from './audit-writes'
import { keptMs, longestMs } from './session'

/** What changes sessions. Runs inside the storage worker's transactions. */
export const sessionWrites = { openSession, touchSession, endSession }

export interface NewSession {
  readonly hash: string
  /** The session that this one takes the place of. */
  readonly replaces?: string | undefined
}

/**
 * Signs in whoever typed the right password. False when the account was disabled or got another password while the
 * typed one was being checked. `rehashed` takes the place of a hash that cost too little.
 */
async function openSession(
  tx: Tx,
  input: {
    agent: string
    password: string
    rehashed?: string | undefined
    session: NewSession
    at: number
  },
): Promise<boolean> {
  const { agent, password, rehashed, session, at } = input
  const [account] = await tx.run(selectAgent, { id: agent })
  if (!account || account.disabled_at !== null || account.password !== password) return false
  if (rehashed !== undefined) await tx.run(setPassword, { id: agent, password: rehashed })
  await signIn(tx, account, session, at)
  return true
}

/** Opens a session in a transaction that has found out who it is for. */
export async function signIn(tx: Tx, who: Who, session: NewSession, at: number): Promise<void> {
  await tx.run(sweep, { before: at - longestMs - keptMs })
  if (session.replaces !== undefined) await tx.run(deleteSession, { hash: session.replaces })
  await tx.run(insertSession, { hash: session.hash, agent: who.id, at })
  await tx.run(setSeen, { id: who.id, at })
  await appendAudit(tx, { by: who, what: 'sign_in' }, at)
}

/** Notes that the agent did something. */
async function touchSession(tx: Tx, input: { hash: string; at: number }): Promise<void> {
  const [session] = await tx.run(setActive, input)
  if (session) await tx.run(setSeen, { id: session.agent, at: input.at })
}

async function endSession(tx: Tx, input: { hash: string; by: Who; at: number }): Promise<void> {
  const [ended] = await tx.run(deleteSession, { hash: input.hash })
  if (ended) await appendAudit(tx, { by: input.by, what: 'sign_out' }, input.at)
}

/** Ends all sessions of an agent. */
export async function endSessionsOf(tx: Tx, input: { agent: string }): Promise<void> {
  await tx.run(deleteSessions, input)
}

export const selectAgent = statement<{ id: string }>()((db, at) =>
  db
    .selectFrom('agents')
    .select([...accountColumns, 'issuer'])
    .where('id', '=', at('id')),
)

export const setPassword = statement<{ id: string; password: string }>()((db, at) =>
  db
    .updateTable('agents')
    .set({ password: at('password') })
    .where('id', '=', at('id')),
)

const setSeen = statement<{ id: string; at: number }>()((db, at) =>
  db
    .updateTable('agents')
    .set({ seen_at: at('at') })
    .where('id', '=', at('id')),
)

const insertSession = statement<{ hash: string; agent: string; at: number }>()((db, at) =>
  db.insertInto('agent_sessions').values({
    hash: at('hash'),
    agent: at('agent'),
    created_at: at('at'),
    seen_at: at('at'),
  }),
)

const setActive = statement<{ hash: string; at: number }>()((db, at) =>
  db
    .updateTable('agent_sessions')
    .set({ seen_at: at('at') })
    .where('hash', '=', at('hash'))
    .returning('agent'),
)

const deleteSession = statement<{ hash: string }>()((db, at) =>
  db.deleteFrom('agent_sessions').where('hash', '=', at('hash')).returning('agent'),
)

const deleteSessions = statement<{ agent: string }>()((db, at) =>
  db.deleteFrom('agent_sessions').where('agent', '=', at('agent')),
)

const sweep = statement<{ before: number }>()((db, at) =>
  db.deleteFrom('agent_sessions').where('created_at', '<', at('before')),
)
