import type { Log } from '../log'
import { statement, type Database } from '../storage'
import { accountColumns, asAccount, type Account, type Issuer } from './accounts'
import { noteEveryMs, verdictOn, type Session } from './session'

/** A session that was looked up, and whose it is. */
export interface FoundSession extends Session {
  readonly hash: string
  readonly account: Account
}

/** Whether a session still holds, and why not. */
export type Verdict = 'good' | 'idle' | 'expired' | 'revoked'

/** Who is signed in, as the database has it. Looking one up is a read by key: some microseconds. */
export class Sessions {
  readonly #database: Database
  readonly #issuer: Issuer
  readonly #now: () => number
  readonly #log: Log

  constructor(options: { database: Database; issuer: Issuer; now: () => number; log: Log }) {
    this.#database = options.database
    this.#issuer = options.issuer
    this.#now = options.now
    this.#log = options.log
  }

  /** A session that holds now. */
  async find(hash: string): Promise<FoundSession | undefined> {
    const { session, verdict } = await this.#look(hash)
    return verdict === 'good' ? session : undefined
  }

  async check(hash: string): Promise<Verdict> {
    return (await this.#look(hash)).verdict
  }

  /** Notes that the agent did something, if the last note is old enough. */
  async touch(session: Pick<FoundSession, 'hash' | 'seenAt'>): Promise<void> {
    const at = this.#now()
    if (at - session.seenAt < noteEveryMs) return
    try {
      await this.#database.write('touchSession', { hash: session.hash, at })
    } catch (error) {
      // What the agent asked for goes on: a full disk must not keep them from reading.
      this.#log.warn({ err: error }, "an agent's activity could not be noted")
    }
  }

  async #look(hash: string): Promise<{ session?: FoundSession; verdict: Verdict }> {
    const [row] = await this.#database.read(selectSession, { hash, issuer: this.#issuer })
    if (!row || row.disabled_at !== null) return { verdict: 'revoked' }
    const session = {
      hash,
      createdAt: row.session_created_at,
      seenAt: row.session_seen_at,
      account: asAccount(row),
    }
    return { session, verdict: verdictOn(session, this.#now()) }
  }
}

/** Only of an account that may sign in the way it is done here now: a switch to an identity provider ends the passwords' sessions. */
const selectSession = statement<{ hash: string; issuer: string }>()((db, at) =>
  db
    .selectFrom('agent_sessions')
    .innerJoin('agents', 'agents.id', 'agent_sessions.agent')
    .select([
      ...accountColumns,
      'agent_sessions.created_at as session_created_at',
      'agent_sessions.seen_at as session_seen_at',
    ])
    .where('agent_sessions.hash', '=', at('hash'))
    .where('agents.issuer', '=', at('issuer')),
)
