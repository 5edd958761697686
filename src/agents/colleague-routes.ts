import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { refuse, type Answer, type HttpRequest, type Route } from '../http'
import { accountByEmail, listAccounts, type Account } from './accounts'
import { whoOf } from './agents'
import { email, isEmail, name, readBody, role } from './body'
import { inviteDays, listInvites } from './invites'
import { joinLink } from './join-link'
import { secureOrigin } from './own-requests'
import type { RouteParts } from './route-parts'
import { hashOf, newSecret } from './secrets'

/** What an admin does about colleagues. */
export function colleagueRoutes(parts: RouteParts): readonly Route[] {
  const { agents, database, issuer, origins, way, now } = parts
  const requireAdmin = (request: HttpRequest) => agents.require(request, { role: 'admin' })

  async function list(request: HttpRequest): Promise<Answer> {
    await requireAdmin(request)
    const [accounts, invites] = await Promise.all([
      listAccounts(database, issuer),
      listInvites(database, now()),
    ])
    return { status: 200, json: { agents: accounts.map(listed), invites } }
  }

  async function invite(request: HttpRequest): Promise<Answer> {
    const by = await requireAdmin(request)
    if (way.kind === 'oidc') throw peopleElsewhere(way.name)
    const body = await readBody(
      request,
      inviteBody,
      'Send {"role": "agent", "supervisor" or "admin", "name"?, "email"?} as JSON.',
    )
    await assertInvitable(body)
    const secret = newSecret()
    const expiresAt = now() + inviteDays * 24 * 60 * 60_000
    await database.write('makeInvite', {
      id: randomUUID(),
      hash: hashOf(secret),
      role: body.role,
      name: body.name || undefined,
      email: body.email || undefined,
      expiresAt,
      by: whoOf(by),
      at: now(),
    })
    return {
      status: 200,
      json: { link: joinLink(secureOrigin(request, origins), secret), expiresAt },
    }
  }

  /** Somebody who has an account gets a link to a new password; what else the account is stays as it is. */
  async function assertInvitable({ email, role }: z.infer<typeof inviteBody>): Promise<void> {
    if (!email) return
    if (!isEmail(email))
      throw refuse(400, 'BadAccount', 'Enter an e-mail address, for example ada@example.org.')
    const account = await accountByEmail(database, email)
    if (account?.isDisabled)
      throw refuse(
        400,
        'BadAccount',
        `${account.name} has an account that is closed. Open it again first.`,
      )
    if (account && account.role !== role)
      throw refuse(
        400,
        'BadAccount',
        `${account.name} has an account as ${account.role}. Change the role there; a link gives them a new password only.`,
      )
  }

  async function change(request: HttpRequest): Promise<Answer> {
    const by = await requireAdmin(request)
    const body = await readBody(request, changeBody, 'Send {"role"?, "isDisabled"?} as JSON.')
    if (body.role !== undefined && way.kind === 'oidc') throw peopleElsewhere(way.name)
    const changed = await database.write('changeAgent', {
      id: request.params.id ?? '',
      issuer,
      ...body,
      by: whoOf(by),
      at: now(),
    })
    if (changed === 'unknown') throw unknownAgent()
    if (changed === 'last_admin')
      throw refuse(409, 'LastAdmin', 'This is the last admin. Make somebody else one first.')
    return { status: 204 }
  }

  async function signOut(request: HttpRequest): Promise<Answer> {
    const by = await requireAdmin(request)
    const id = request.params.id ?? ''
    if (!(await database.write('signOutAgent', { id, issuer, by: whoOf(by), at: now() })))
      throw unknownAgent()
    return { status: 204 }
  }

  async function revoke(request: HttpRequest): Promise<Answer> {
    const by = await requireAdmin(request)
    const id = request.params.id ?? ''
    if (!(await database.write('revokeInvite', { id, by: whoOf(by), at: now() })))
      throw refuse(404, 'InviteUnknown', 'This invitation was used or taken back already.')
    return { status: 204 }
  }

  return [
    { method: 'GET', path: '/console/api/agents', handler: list },
    { method: 'POST', path: '/console/api/agents/invite', handler: invite },
    { method: 'POST', path: '/console/api/agents/:id', handler: change },
    { method: 'POST', path: '/console/api/agents/:id/sign-out', handler: signOut },
    { method: 'POST', path: '/console/api/invites/:id/revoke', handler: revoke },
  ]
}

const listed = ({ id, name, email, role, isDisabled, seenAt }: Account) => ({
  id,
  name,
  ...(email === undefined ? {} : { email }),
  role,
  isDisabled,
  ...(seenAt === undefined ? {} : { lastSeenAt: seenAt }),
})

/** With an identity provider, who comes in and as what is decided there. */
const peopleElsewhere = (provider: string) =>
  refuse(
    400,
    'PasswordsOff',
    `People sign in with ${provider}; who they are and their role are set there.`,
  )

const unknownAgent = () => refuse(404, 'AgentUnknown', 'There is no such agent.')

const inviteBody = z.object({ role, name: name.optional(), email: email.optional() })
const changeBody = z.object({ role: role.optional(), isDisabled: z.boolean().optional() })
