/**
 * Whom a signed user token names; undefined when it cannot be read. Only to keep the conversations of two people at one
 * computer apart: whether it is true is the server's to say.
 */
export function subjectOf(token: string | undefined): string | undefined {
  try {
    const [, payload = ''] = token?.split('.') ?? []
    const claims = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as unknown
    const subject =
      typeof claims === 'object' && claims !== null && 'sub' in claims ? claims.sub : undefined
    return typeof subject === 'string' && /^[\w.@-]{1,120}$/.test(subject) ? subject : undefined
  } catch {
    return undefined
  }
}
