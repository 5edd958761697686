import type { Origins } from '../http'
import type { Log } from '../log'
import type { Database } from '../storage'
import type { Issuer } from './accounts'
import type { Agents } from './agents'
import type { Passwords } from './passwords'

/** How the console signs in, as it is told. */
export type SignInWay =
  | { readonly kind: 'password' }
  | { readonly kind: 'oidc'; readonly name: string; readonly url: '/console/sign-in' }

/** What the routes of this room share. */
export interface RouteParts {
  readonly agents: Agents
  readonly database: Database
  readonly origins: Origins
  readonly passwords: Passwords
  readonly issuer: Issuer
  readonly way: SignInWay
  /** Seals what browsers keep for the servers. */
  readonly signingKey: string
  readonly now: () => number
  readonly log: Log
}
