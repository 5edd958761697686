import { z } from 'zod'
import { isStorable, longestName, oneLine } from '../plain-text'
import { highestOf, type Role } from '../role'

/** Who somebody is by a checked ID token. */
export interface Person {
  readonly subject: string
  readonly name: string
  readonly email?: string
  /** The highest role that the token names; without one nobody gets in. */
  readonly role?: Role
}

/** Where a token names roles. With a prefix only names that carry it count: where one list serves several applications, a bare "admin" is another's. */
export interface RolesRule {
  readonly claim: string
  readonly prefix?: string | undefined
}

/** Without a rule about it, a role's name may carry this in front. */
const usualPrefix = 'fixladder.'

const text = z.string().optional().catch(undefined)
const identity = z.object({
  sub: z.string().min(1).max(255).refine(isStorable),
  name: text,
  preferred_username: text,
  email: text,
})

/** Reads a token's claims. Only `sub` says who it is: a name or an address may change hands. */
export function personOf(claims: Readonly<Record<string, unknown>>, roles: RolesRule): Person {
  const { sub, name, preferred_username, email } = identity.parse(claims)
  const role = highestOf(namesIn(claims, roles.claim).flatMap(withoutPrefix(roles.prefix)))
  const shown = [name, preferred_username, email].map(plain).find(Boolean)
  const address = plain(email)
  return {
    subject: sub,
    name: shown ?? 'Agent',
    ...(address ? { email: address } : {}),
    ...(role ? { role } : {}),
  }
}

/** The names in a claim: a list or one name. `realm_access.roles` is looked for inside `realm_access`, if no claim has the whole name. */
function namesIn(claims: Readonly<Record<string, unknown>>, claim: string): readonly string[] {
  const whole = Object.hasOwn(claims, claim) ? claims[claim] : undefined
  const value = whole ?? claim.split('.').reduce<unknown>(inside, claims)
  const names = Array.isArray(value) ? (value as readonly unknown[]) : [value]
  return names.filter((each) => typeof each === 'string')
}

const inside = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined

const withoutPrefix =
  (prefix: string | undefined) =>
  (name: string): readonly string[] => {
    const front = prefix ?? usualPrefix
    if (name.startsWith(front)) return [name.slice(front.length)]
    return prefix === undefined ? [name] : []
  }

const plain = (value: string | undefined): string | undefined =>
  value === undefined ? undefined : oneLine(oneLine(value).slice(0, longestName))
