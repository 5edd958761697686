import { z } from 'zod'
import { createBuckets, refuse, type Answer, type HttpRequest, type Route } from '../http'
import { accountByEmail, named, type Account } from './accounts'
import { whoOf } from './agents'
import { email, password, readBody } from './body'
import { readCookie, sessionCookie, setSession } from './cookies'
import { assertOwn, secureOrigin } from './own-requests'
import { isOutdated } from './password-hash'
import { faultOfPassword } from './password-rules'
import type { RouteParts } from './route-parts'
import { hashOf, newSecret } from './secrets'
import { createSignInLimits } from './sign-in-limits'

/** Lines of failed sign-ins in the audit log: so many at once, then one in ten seconds. The server's log has every one. */
const notedFailures = { burst: 200, perSecond: 1 / 10 }

/** Signing in with an address and a password, and changing it. */
export function passwordRoutes(parts: RouteParts): readonly Route[] {
  const { agents, database, origins, passwords, now, log } = parts
  const limits = createSignInLimits(now)
  const failures = createBuckets({ ...notedFailures, now })

  /**
   * Unknown account, wrong password, closed account, too many tries for the account: the same answer after the same
   * work, so that nobody learns which it was.
   */
  async function signIn(request: HttpRequest): Promise<Answer> {
    secureOrigin(request, origins)
    assertOwn(request, origins)
    const typed = await readBody(request, signInBody, 'Send {"email", "password"} as JSON.')
    limits.takeAddress(request.address)
    const isWithin = limits.takeAccount(typed.email)
    const account = await accountByEmail(database, typed.email)
    const stored = isWithin && account?.isDisabled === false ? account.password : undefined
    const isRight = await passwords.isRight(typed.password, stored)
    const secret = newSecret()
    const isIn =
      isRight && account && stored && (await open(request, account, stored, typed.password, secret))
    if (!isIn) {
      await noteFailure(request, account)
      throw refuse(
        401,
        'SignInFailed',
        'The e-mail address or the password is not right, or there were too many tries. Check both, or ask an admin for a new link.',
      )
    }
    limits.wasRight(request.address, typed.email)
    return { status: 204, headers: setSession(secret) }
  }

  async function open(
    request: HttpRequest,
    account: Account,
    stored: string,
    typed: string,
    secret: string,
  ): Promise<boolean> {
    const before = readCookie(request.header('cookie'), sessionCookie)
    return database.write('openSession', {
      agent: account.id,
      password: stored,
      rehashed: isOutdated(stored, passwords.cost) ? await passwords.hash(typed) : undefined,
      session: { hash: hashOf(secret), replaces: before && hashOf(before) },
      at: now(),
    })
  }

  async function noteFailure(request: HttpRequest, account: Account | undefined): Promise<void> {
    log.warn({ address: request.address, agent: account?.id }, 'a sign-in failed')
    if (!failures.take('')) return
    // Not what was typed: people type their password into the other field.
    const about = account ? named(account) : 'an unknown account'
    await agents.audit({ by: null, what: 'sign_in_failed', about })
  }

  async function change(request: HttpRequest): Promise<Answer> {
    const by = await agents.require(request)
    const body = await readBody(request, changeBody, 'Send {"old", "new"} as JSON.')
    const account = (await agents.recognise(request))?.account
    const stored = account?.password
    if (!account?.email || !stored)
      throw refuse(400, 'PasswordsOff', 'This account has no password.')
    const fault = faultOfPassword(body.new, { name: account.name, email: account.email })
    if (fault !== undefined) throw refuse(400, 'BadAccount', fault)
    limits.takeAddress(request.address)
    const isWithin = limits.takeAccount(account.email)
    const isRight = await passwords.isRight(body.old, isWithin ? stored : undefined)
    if (!isRight) throw wrongPassword()
    limits.wasRight(request.address, account.email)
    const isChanged = await database.write('changePassword', {
      by: whoOf(by),
      from: stored,
      to: await passwords.hash(body.new),
      session: by.session,
      at: now(),
    })
    if (!isChanged) throw wrongPassword()
    return { status: 204 }
  }

  return [
    { method: 'POST', path: '/console/api/sign-in', handler: signIn },
    { method: 'POST', path: '/console/api/password', handler: change },
  ]
}

const wrongPassword = () =>
  refuse(401, 'WrongPassword', 'That is not your present password, or there were too many tries.')

const signInBody = z.object({ email, password })
const changeBody = z.object({ old: password, new: password })
