import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { refuse, type Answer, type HttpRequest, type Route } from '../http'
import { email, isEmail, name, password, readBody, secret } from './body'
import { readCookie, sessionCookie, setSession } from './cookies'
import { selectInvite } from './invite-writes'
import { assertOwn, secureOrigin } from './own-requests'
import { faultOfPassword } from './password-rules'
import type { RouteParts } from './route-parts'
import { hashOf, newSecret } from './secrets'

/** Coming in by a link: the one to the first account, and invitations. Their secrets have 256 bits, so no limit guards them. */
export function joinRoutes({ database, origins, passwords, now }: RouteParts): readonly Route[] {
  async function find(given: string) {
    const [invite] = await database.read(selectInvite, { hash: hashOf(given), at: now() })
    if (!invite) throw unknown()
    return invite
  }

  async function check(request: HttpRequest): Promise<Answer> {
    assertOwn(request, origins)
    const body = await readBody(request, checkBody, 'Send {"secret"} as JSON.')
    const invite = await find(body.secret)
    return {
      status: 200,
      json: {
        role: invite.role,
        ...(invite.name === null ? {} : { name: invite.name }),
        ...(invite.email === null ? {} : { email: invite.email }),
      },
    }
  }

  async function join(request: HttpRequest): Promise<Answer> {
    secureOrigin(request, origins)
    assertOwn(request, origins)
    const body = await readBody(
      request,
      joinBody,
      'Send {"secret", "name", "email", "password"} as JSON. A name has at most 80 characters.',
    )
    // Hashing is dear, so whoever has no link gets none of it.
    await find(body.secret)
    const fault = faultOf(body)
    if (fault !== undefined) throw refuse(400, 'BadAccount', fault)
    const session = newSecret()
    const before = readCookie(request.header('cookie'), sessionCookie)
    const joined = await database.write('join', {
      hash: hashOf(body.secret),
      id: randomUUID(),
      name: body.name,
      email: body.email,
      password: await passwords.hash(body.password),
      session: { hash: hashOf(session), replaces: before && hashOf(before) },
      at: now(),
    })
    if (joined === 'unknown') throw unknown()
    if (joined === 'for_another')
      throw refuse(
        400,
        'BadAccount',
        'This link was made for another e-mail address. Enter that one, or ask an admin for another link.',
      )
    if (joined === 'taken')
      throw refuse(
        400,
        'BadAccount',
        'There is an account with this e-mail address. Sign in with it, or ask an admin for a link to it.',
      )
    return { status: 204, headers: setSession(session) }
  }

  return [
    { method: 'POST', path: '/console/api/join/check', handler: check },
    { method: 'POST', path: '/console/api/join', handler: join },
  ]
}

function faultOf(body: z.infer<typeof joinBody>): string | undefined {
  if (body.name === '') return 'Enter your name. People you help will see it.'
  if (!isEmail(body.email)) return 'Enter your e-mail address, for example ada@example.org.'
  return faultOfPassword(body.password, body)
}

const unknown = () =>
  refuse(
    404,
    'InviteUnknown',
    'This link is not good any more: it was used, taken back, or is too old. Ask for a new one.',
  )

const checkBody = z.object({ secret })
const joinBody = z.object({ secret, name, email, password })
