import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { refuse, type HttpRequest, type Origins, type Route } from '../http'
import type { Log } from '../log'
import type { Database } from '../storage'
import { listAccounts, ownAccounts, type Account, type Issuer } from './accounts'
import type { AuditEntry, AuditWhat, Who } from './audit'
import { readCookie, sessionCookie } from './cookies'
import { setUpHours } from './invites'
import { joinLink } from './join-link'
import { assertOwn, assertSpeaker, foreign } from './own-requests'
import { isAtLeast, type Role } from './role'
import { hashOf, newSecret } from './secrets'
import { Sessions, type FoundSession, type Verdict } from './sessions'

/** An agent with a session that holds. `session` names the session and opens nothing: it is the hash of its secret. */
export interface SignedIn {
  readonly agent: { readonly id: string; readonly name: string; readonly role: Role }
  readonly session: string
}

/** Who may sign in, who is signed in and as what. The one door for everything that is for agents only. */
export class Agents {
  /** All below `/console/api` that is about signing in, colleagues and the audit log. */
  readonly routes: readonly Route[]
  readonly #database: Database
  readonly #origins: Origins
  readonly #issuer: Issuer
  readonly #now: () => number
  readonly #sessions: Sessions

  constructor(options: {
    database: Database
    origins: Origins
    issuer: Issuer
    now: () => number
    log: Log
    routes: (agents: Agents) => readonly Route[]
  }) {
    this.#database = options.database
    this.#origins = options.origins
    this.#issuer = options.issuer
    this.#now = options.now
    this.#sessions = new Sessions(options)
    this.routes = options.routes(this)
  }

  /**
   * The agent behind a request. Throws a `Refusal`: 403 `ForeignOrigin` (a change that is not the console's own),
   * 401 `NotSignedIn`, 409 `OtherAgent` (the page is another agent's), 403 `NotAllowed` (the role is too low). Counts as activity unless told otherwise.
   */
  async require(
    request: HttpRequest,
    options: { readonly role?: Role; readonly isActivity?: boolean } = {},
  ): Promise<SignedIn> {
    assertOwn(request, this.#origins)
    const session = await this.recognise(request)
    if (!session) throw notSignedIn()
    assertSpeaker(request, session.account.id)
    if (!isAtLeast(session.account.role, options.role ?? 'agent'))
      throw refuse(403, 'NotAllowed', 'Your role does not include this. An admin can change it.')
    if (options.isActivity ?? true) await this.#sessions.touch(session)
    return signedIn(session)
  }

  /**
   * The same for an upgrade to a WebSocket. Any page may open one anywhere, cookies and all, so the Origin must be
   * there and be our own. Opening one is no activity: a page left alone reconnects too.
   */
  async requireUpgrade(incoming: IncomingMessage): Promise<SignedIn> {
    const { origin, host = '', cookie } = incoming.headers
    if (origin === undefined || origin !== this.#origins.own(host)) throw foreign()
    const session = await this.#find(cookie)
    if (!session) throw notSignedIn()
    return signedIn(session)
  }

  /** The session behind a request, if one holds. */
  recognise(request: HttpRequest): Promise<FoundSession | undefined> {
    return this.#find(request.header('cookie'))
  }

  /** Whether a session still holds, and why not. A read by key, and no activity: an open socket may ask every two seconds. */
  check(session: string): Promise<Verdict> {
    return this.#sessions.check(session)
  }

  /** The agent did something. Written down once a minute at most. */
  async touch(session: string): Promise<void> {
    const found = await this.#sessions.find(session)
    if (found) await this.#sessions.touch(found)
  }

  /** Writes one line into the audit log. */
  async audit(entry: {
    readonly by: { readonly agent: Who } | null
    readonly what: AuditWhat
    readonly about?: string
  }): Promise<void> {
    const { by, what, about } = entry
    const line: AuditEntry = { by: by && whoOf(by), what, about }
    await this.#database.write('writeAudit', { ...line, at: this.#now() })
  }

  /** Everybody who may sign in, for the list to transfer to. */
  async all(): Promise<
    readonly { readonly id: string; readonly name: string; readonly role: Role }[]
  > {
    const accounts = await listAccounts(this.#database, this.#issuer)
    return accounts
      .filter((account) => !account.isDisabled)
      .map(({ id, name, role }) => ({ id, name, role }))
  }

  /** A new link to the first account, for whoever starts the server; the one of an earlier start is void. Undefined once there is an admin, and with an identity provider. */
  async setUpLink(url: string): Promise<string | undefined> {
    if (this.#issuer !== ownAccounts) {
      await this.#database.write('dropSetUpLink', undefined)
      return undefined
    }
    const secret = newSecret()
    const isMade = await this.#database.write('makeSetUpLink', {
      id: randomUUID(),
      hash: hashOf(secret),
      expiresAt: this.#now() + setUpHours * 60 * 60_000,
    })
    return isMade ? joinLink(url, secret) : undefined
  }

  async #find(cookies: string | undefined): Promise<FoundSession | undefined> {
    const secret = readCookie(cookies, sessionCookie)
    return secret === undefined ? undefined : this.#sessions.find(hashOf(secret))
  }
}

export const notSignedIn = () => refuse(401, 'NotSignedIn', 'Sign in to go on.')

export const whoOf = ({ agent }: { readonly agent: Who }): { id: string; name: string } => ({
  id: agent.id,
  name: agent.name,
})

/** What the console may know of the agent it belongs to. */
export const ownView = ({ id, name, email, role }: Account) => ({
  id,
  name,
  ...(email === undefined ? {} : { email }),
  role,
})

const signedIn = ({ hash, account: { id, name, role } }: FoundSession): SignedIn => ({
  agent: { id, name, role },
  session: hash,
})
