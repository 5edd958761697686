import { isSecret } from './secrets'

/**
 * The two cookies of the console. `__Host-` makes the browser refuse them unless they are Secure, for the whole host
 * and for this host only, so no neighbouring site can plant one. One holds a secret, the other what is sealed.
 */
export const sessionCookie = '__Host-fixladder'
/** Lax, because the identity provider's page sends the browser back here; Strict would keep it out of that request. */
const transactionCookie = '__Host-fixladder-sign-in'

const rights = 'Path=/; Secure; HttpOnly'

/** Without an age: it goes with the browser, and the server ends it earlier than that (session.ts). */
export const setSession = (secret: string): Record<string, string> => ({
  'Set-Cookie': `${sessionCookie}=${secret}; ${rights}; SameSite=Strict`,
})

export const clearSession: Readonly<Record<string, string>> = {
  'Set-Cookie': `${sessionCookie}=; ${rights}; SameSite=Strict; Max-Age=0`,
}

export const setTransaction = (sealed: string, seconds: number): Record<string, string> => ({
  'Set-Cookie': `${transactionCookie}=${sealed}; ${rights}; SameSite=Lax; Max-Age=${seconds}`,
})

/** The secret in a cookie of a request. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const value = valueOf(header, name)
  return value !== undefined && isSecret(value) ? value : undefined
}

const isSealed = (value: string): boolean => /^[\w-]{40,1000}$/.test(value)

/** What was sealed of the sign-in that is under way in this browser. */
export function readTransaction(header: string | undefined): string | undefined {
  const value = valueOf(header, transactionCookie)
  return value !== undefined && isSealed(value) ? value : undefined
}

/** A name that comes twice was meddled with, and counts as none. */
function valueOf(header: string | undefined, name: string): string | undefined {
  const values = (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1))
  return values.length === 1 ? values[0] : undefined
}
