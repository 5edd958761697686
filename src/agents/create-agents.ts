import type { Origins, Route } from '../http'
import type { Log } from '../log'
import type { Database } from '../storage'
import { ownAccounts } from './accounts'
import { Agents } from './agents'
import { auditRoutes } from './audit-routes'
import { colleagueRoutes } from './colleague-routes'
import { joinRoutes } from './join-routes'
import { oidcRoutes, providerOf, type OidcSettings } from './oidc'
import type { Cost } from './password-hash'
import { passwordRoutes } from './password-routes'
import { Passwords } from './passwords'
import type { RouteParts, SignInWay } from './route-parts'
import { sessionRoutes } from './session-routes'

export interface AgentOptions {
  readonly settings: OidcSettings
  readonly database: Database
  readonly origins: Origins
  readonly signingKey: string
  readonly now: () => number
  readonly log: Log
  /** What a password's hash costs; tests make it cheap. */
  readonly cost?: Cost
}

/** Puts the room together: accounts of our own, or an identity provider when one is set. */
export function createAgents(options: AgentOptions): Agents {
  const provider = providerOf(options.settings, options)
  const way: SignInWay = provider
    ? { kind: 'oidc', name: options.settings.OIDC_NAME, url: '/console/sign-in' }
    : { kind: 'password' }
  const issuer = provider?.issuer ?? ownAccounts
  return new Agents({
    ...options,
    issuer,
    routes: (agents): readonly Route[] => {
      const parts: RouteParts = {
        ...options,
        agents,
        issuer,
        way,
        passwords: new Passwords(options.cost),
      }
      return [
        ...sessionRoutes(parts),
        ...colleagueRoutes(parts),
        ...auditRoutes(parts),
        ...(provider
          ? oidcRoutes(parts, provider)
          : [...passwordRoutes(parts), ...joinRoutes(parts)]),
      ]
    },
  })
}
