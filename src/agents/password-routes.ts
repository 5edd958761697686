import { z } from 'zod'
import { refuse, type Answer, type HttpRequest, type Route } from '../http'
import { accountByEmail, named, type Account } from './accounts'
import { whoOf } from './agents'
import { email, password, readBody } from './body'
import { readCookie, sessionCookie, setSession } from './cookies'
import { createFailureNotes } from './failures'
import { assertOwn, secureOrigin } from './own-requests'
import { isOutdated } from './password-hash'
import { faultOfPassword } from './password-rules'
import type { RouteParts } from './route-parts'
import { hashOf, newSecret } from './secrets'
import { createSignInLimits } from './sign-in-limits'

/** Signing in with an address and a password, and changing it. */
export function passwordRoutes(parts: RouteParts): readonly Route[] {
  const { agents, database, origins, passwords, now } = parts
  const limits = createSignInLimits(now)
  const note = createFailureNotes(parts)

  /**
   * Unknown account, wrong password, closed account, too many tries for the account: the same answer after the same
   * work, so that nobody learns which it was.
   */
  async function signIn(request: HttpRequest): Promise<Answer> {
    secureOrigin(request, origins)
    assertOwn(request, origins)
    const typed = await readBody(request, signInBody, 'Send {"email", "password"} as JSON.')
    const account = await accountByEmail(database, typed.email)
    const stored = account?.isDisabled === false ? account.password : undefined
    const isRight = await check(request, typed.email, typed.password, stored)
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
    return { status: 204, headers: setSession(secret) }
  }

  /** Whether a password is right and may be tried. What finds no room is no try; the account's counts only once it is looked at. */
  async function check(
    request: HttpRequest,
    email: string,
    typed: string,
    stored: string | undefined,
  ): Promise<boolean> {
    limits.takeAddress(request.address)
    try {
      const find = () => (limits.takeAccount(email) ? stored : undefined)
      const isRight = await passwords.isRight(typed, find)
      if (isRight) limits.wasRight(request.address, email)
      return isRight
    } catch (error) {
      limits.giveBackAddress(request.address)
      throw error
    }
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
    // Not what was typed: people type their password into the other field.
    const about = account ? named(account) : 'an unknown account'
    await note({ address: request.address, agent: account?.id }, about)
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
    if (!(await check(request, account.email, body.old, stored))) {
      await noteFailure(request, account)
      throw wrongPassword()
    }
    const secret = newSecret()
    const isChanged = await database.write('changePassword', {
      by: whoOf(by),
      from: stored,
      to: await passwords.hash(body.new),
      session: { hash: hashOf(secret) },
      at: now(),
    })
    if (!isChanged) throw wrongPassword()
    return { status: 204, headers: setSession(secret) }
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
