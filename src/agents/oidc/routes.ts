import { randomUUID } from 'node:crypto'
import * as client from 'openid-client'
import { FixladderError } from '../../errors'
import { createBuckets, type Answer, type HttpRequest, type Route } from '../../http'
import { readCookie, readTransaction, sessionCookie, setSession, setTransaction } from '../cookies'
import { createFailureNotes } from '../failures'
import { isOwnPageLoad, secureOrigin } from '../own-requests'
import type { RouteParts } from '../route-parts'
import { hashOf, newSecret } from '../secrets'
import { callerOf } from '../tries'
import { personOf } from './claims'
import type { Provider } from './provider'
import { createTransactions, transactionSeconds } from './transactions'

/** Sign-ins that one address may begin: so many at once, then one in three seconds. An office has one address. */
const begun = { burst: 60, perSecond: 1 / 3 }
/** Lines in the server's log about answers that nobody here asked for: so many at once, then one in ten seconds. */
const uncalled = { burst: 20, perSecond: 1 / 10 }

const notUnderWay = 'no sign-in is under way in this browser'
const returnPath = '/console/sign-in/done'
/** What the page makes of the part behind the `#`. */
type Failure = 'failed' | 'no-role' | 'unavailable'

/** Signing in through the identity provider: out to it, and back with its answer. */
export function oidcRoutes(parts: RouteParts, provider: Provider): readonly Route[] {
  const { database, origins, now, log } = parts
  const transactions = createTransactions(parts)
  const begins = createBuckets({ ...begun, now })
  const strays = createBuckets({ ...uncalled, now })
  const note = createFailureNotes(parts)

  async function begin(request: HttpRequest): Promise<Answer> {
    const origin = secureOrigin(request, origins)
    // A picture in another page must not begin sign-ins; who follows a link presses the button.
    if (!isOwnPageLoad(request)) return { status: 302, headers: { Location: '/console' } }
    if (!begins.take(callerOf(request.address))) return back('failed')
    const before = readCookie(request.header('cookie'), sessionCookie)
    const transaction = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
      replaces: before && hashOf(before),
    }
    try {
      const url = await provider.begin(origin + returnPath, transaction)
      const cookie = setTransaction(transactions.seal(transaction), transactionSeconds)
      return { status: 302, headers: { ...cookie, Location: url.href } }
    } catch (error) {
      return failed(request, error)
    }
  }

  /** Everything about the answer is checked before anything in it is believed; the transaction is used up whatever comes of it. */
  async function finish(request: HttpRequest): Promise<Answer> {
    const origin = secureOrigin(request, origins)
    const sealed = readTransaction(request.header('cookie'))
    const transaction = sealed === undefined ? undefined : await transactions.take(sealed)
    if (!transaction) {
      if (strays.take(''))
        log.warn({ address: request.address, why: notUnderWay }, 'a sign-in failed')
      return back('failed')
    }
    const answer = new URL(origin + returnPath)
    for (const [key, value] of request.query) answer.searchParams.set(key, value)
    try {
      const claims = await provider.finish(answer, transaction)
      return await letIn(claims, transaction.replaces)
    } catch (error) {
      return failed(request, error)
    }
  }

  async function letIn(
    claims: Readonly<Record<string, unknown>>,
    replaces: string | undefined,
  ): Promise<Answer> {
    const { issuer } = provider
    const { role, ...person } = personOf(claims, provider.roles)
    if (!role) {
      log.warn({ subject: person.subject }, 'somebody without a role wanted to sign in')
      await database.write('refuseSubject', { issuer, subject: person.subject, at: now() })
      return back('no-role')
    }
    const secret = newSecret()
    const isIn = await database.write('signInSubject', {
      ...person,
      issuer,
      role,
      id: randomUUID(),
      session: { hash: hashOf(secret), replaces },
      at: now(),
    })
    // The cookie of the transaction stays until its time is up; it opens nothing any more.
    return isIn
      ? { status: 302, headers: { ...setSession(secret), Location: '/console' } }
      : back('failed')
  }

  async function failed(request: HttpRequest, why: unknown): Promise<Answer> {
    const isDown = why instanceof FixladderError && why.code === 'provider_unavailable'
    const line = { address: request.address, ...told(why) }
    if (isDown) log.warn(line, 'a sign-in failed')
    else await note(line, 'through the provider')
    return back(isDown ? 'unavailable' : 'failed')
  }

  return [
    { method: 'GET', path: '/console/sign-in', handler: begin },
    { method: 'GET', path: returnPath, handler: finish },
  ]
}

const back = (failure: Failure): Answer => ({
  status: 302,
  headers: { Location: `/console#sign-in=${failure}` },
})

/** What of an error may stand in the log: its kind and sentence. What it carries besides may hold codes and tokens. */
function told(why: unknown): { readonly why: string; readonly code?: string } {
  if (!(why instanceof Error)) return { why: String(why) }
  const { code, error, cause } = why as { code?: unknown; error?: unknown; cause?: unknown }
  const words = [why.message, error, cause instanceof Error ? cause.message : undefined]
  return {
    why: words.filter((word) => typeof word === 'string').join(': '),
    ...(typeof code === 'string' ? { code } : {}),
  }
}
