import type { Answer, HttpRequest, Route } from '../http'
import { Refusal } from '../http'
import { hasAdmin } from './accounts'
import { notSignedIn, ownView } from './agents'
import { clearSession } from './cookies'
import { assertOwn, assertSpeaker, secureOrigin } from './own-requests'
import type { RouteParts } from './route-parts'

/** Who am I, and goodbye. */
export function sessionRoutes(parts: RouteParts): readonly Route[] {
  const { agents, database, issuer, origins, way, now } = parts

  /** What the page asks first: who is signed in, or how to. No activity: a page left alone asks too. Where no cookie can work, the refusal says so. */
  async function me(request: HttpRequest): Promise<Answer> {
    assertOwn(request, origins)
    const session = await agents.recognise(request)
    if (session) return { status: 200, json: { agent: ownView(session.account), signIn: way } }
    const hasAgents = way.kind === 'oidc' || (await hasAdmin(database, issuer))
    return { status: 401, json: { ...refusalFor(request), signIn: way, hasAgents } }
  }

  const refusalFor = (request: HttpRequest): object => {
    try {
      secureOrigin(request, origins)
    } catch (error) {
      if (error instanceof Refusal) return error.answer.json as object
      throw error
    }
    return notSignedIn().answer.json as object
  }

  async function signOut(request: HttpRequest): Promise<Answer> {
    assertOwn(request, origins)
    const session = await agents.recognise(request)
    if (session) {
      assertSpeaker(request, session.account.id)
      const { id, name } = session.account
      await database.write('endSession', { hash: session.hash, by: { id, name }, at: now() })
    }
    return { status: 204, headers: clearSession }
  }

  return [
    { method: 'GET', path: '/console/api/me', handler: me },
    { method: 'POST', path: '/console/api/sign-out', handler: signOut },
  ]
}
