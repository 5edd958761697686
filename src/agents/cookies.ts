import { isSecret } from './secrets'

/**
 * The two cookies of the console. `__Host-` makes the browser refuse them unless they are Secure, for the whole host
 * and for this host only, so no neighbouring site can plant one. Both hold a secret and say nothing.
 */
export const sessionCookie = '__Host-fixladder'
/** Lax, because the identity provider's page sends the browser back here; Strict would keep it out of that request. */
export const transactionCookie = '__Host-fixladder-sign-in'

const rights = 'Path=/; Secure; HttpOnly'

/** Without an age: it goes with the browser, and the server ends it earlier than that (session.ts). */
export const setSession = (secret: string): Record<string, string> => ({
  'Set-Cookie': `${sessionCookie}=${secret}; ${rights}; SameSite=Strict`,
})

export const clearSession: Readonly<Record<string, string>> = {
  'Set-Cookie': `${sessionCookie}=; ${rights}; SameSite=Strict; Max-Age=0`,
}

export const setTransaction = (secret: string, seconds: number): Record<string, string> => ({
  'Set-Cookie': `${transactionCookie}=${secret}; ${rights}; SameSite=Lax; Max-Age=${seconds}`,
})

/** The secret in a cookie of a request. A name that comes twice was meddled with, and counts as none. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const values = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1))
  const [value] = values
  return values.length === 1 && value !== undefined && isSecret(value) ? value : undefined
}
