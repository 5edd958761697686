import { refuse, type Buckets, type HttpRequest } from '../../http'
import type { Principal, Tokens } from './tokens'

/**
 * Who is asking, by the token in the Authorization header. Refuses with 401 what is no token at all, and with 403
 * what is no longer or never was good. Stock clients take 403 as the end of the token, so a token that names
 * another conversation is the only other reason for one.
 */
export function principalOf(
  request: HttpRequest,
  tokens: Tokens,
  conversation?: string,
): Principal {
  const verdict = tokens.read(bearerOf(request))
  if (verdict.kind === 'expired')
    throw refuse(403, 'TokenExpired', 'This token has expired. Ask for a new one.')
  if (verdict.kind === 'bad') throw refuse(403, 'BadToken', 'This token is not one of ours.')
  if (conversation !== undefined && conversation !== verdict.value.conversation)
    throw refuse(403, 'BadToken', 'This token is for another conversation.')
  return verdict.value
}

/** What stands behind "Bearer". Throws the 401 when there is nothing that looks like a credential. */
export function bearerOf(request: HttpRequest): string {
  const [, bearer] =
    /^Bearer ([!-~][ -~]{15,2047})$/i.exec(request.header('authorization') ?? '') ?? []
  if (!bearer)
    throw refuse(401, 'MissingToken', 'Send "Authorization: Bearer" with a token.', {
      headers: { 'WWW-Authenticate': 'Bearer' },
    })
  return bearer
}

/** Refuses with 429 who asks for one conversation far more often than any number of open tabs does. */
export function limitAsks(asks: Buckets, conversation: string): void {
  if (!asks.take(conversation))
    throw refuse(429, 'TooManyRequests', 'That was a lot at once. Please wait a moment.', {
      headers: { 'Retry-After': '5' },
    })
}
