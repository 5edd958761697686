import * as client from 'openid-client'
import { z } from 'zod'
import { FixladderError } from '../../errors'
import type { Log } from '../../log'
import type { RolesRule } from './claims'
import type { Transaction } from './transactions'

export interface OidcSettings {
  readonly OIDC_ISSUER?: string | undefined
  readonly OIDC_CLIENT_ID?: string | undefined
  readonly OIDC_CLIENT_SECRET?: string | undefined
  readonly OIDC_NAME: string
  readonly OIDC_ROLES_CLAIM: string
  readonly OIDC_ROLES_PREFIX?: string | undefined
}

/** An identity provider, as far as we talk to it: code flow with PKCE, state and nonce. */
export interface Provider {
  /** The issuer, as the key of its accounts. */
  readonly issuer: string
  readonly roles: RolesRule
  /** Where to send the browser. Throws `provider_unavailable`. */
  begin(returnTo: string, transaction: Transaction): Promise<URL>
  /** The claims of the ID token that the answer leads to. Throws when anything about it is not as it must be. */
  finish(answer: URL, transaction: Transaction): Promise<Readonly<Record<string, unknown>>>
}

/** Seconds that the provider may take for each answer. */
const patience = 10
/** What the provider says of itself is asked again after so long, since addresses move. */
const freshMs = 24 * 60 * 60_000

/** The provider that the settings name, if they name one. */
export function providerOf(
  settings: OidcSettings,
  { now, log }: { readonly now: () => number; readonly log: Log },
): Provider | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = settings
  if (!issuer || !clientId) return undefined
  let known: { readonly configuration: client.Configuration; readonly at: number } | undefined
  let asking: Promise<client.Configuration> | undefined

  /** Asked at the first sign-in, and at each one after a failure: a provider that is down does not keep the server from starting. */
  async function configuration(): Promise<client.Configuration> {
    if (known && now() - known.at < freshMs) return known.configuration
    asking ??= discover(issuer ?? '', clientId ?? '', settings.OIDC_CLIENT_SECRET).finally(() => {
      asking = undefined
    })
    try {
      known = { configuration: await asking, at: now() }
    } catch (error) {
      // What it said of itself yesterday most likely holds today.
      if (!known) throw error
      log.warn({ err: error }, 'the identity provider could not be asked again')
    }
    return known.configuration
  }

  return {
    issuer,
    roles: { claim: settings.OIDC_ROLES_CLAIM, prefix: settings.OIDC_ROLES_PREFIX },
    async begin(returnTo, { state, nonce, verifier }) {
      return client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: returnTo,
        scope: 'openid profile email',
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
    },
    async finish(answer, { state, nonce, verifier }) {
      const tokens = await client.authorizationCodeGrant(await configuration(), answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      return tokens.claims() ?? {}
    },
  }
}

async function discover(
  issuer: string,
  clientId: string,
  secret: string | undefined,
): Promise<client.Configuration> {
  const isPlain = issuer.startsWith('http:')
  try {
    const found = await client.discovery(
      new URL(issuer),
      clientId,
      undefined,
      secret === undefined ? client.None() : secretAs(secret),
      {
        timeout: patience,
        // The token comes over TLS, so the library would believe it unsigned; we want the signature as well.
        execute: [
          client.enableNonRepudiationChecks,
          // Of http, config.ts lets only this machine through.
          ...(isPlain ? [client.allowInsecureRequests] : []),
        ],
      },
    )
    assertIssuer(found.serverMetadata().issuer, issuer)
    return found
  } catch (cause) {
    if (cause instanceof FixladderError) throw cause
    const another = anotherIssuer.safeParse(cause)
    if (another.success) assertIssuer(another.data.cause.body.issuer, issuer)
    throw new FixladderError(
      'provider_unavailable',
      `The identity provider at ${issuer} (OIDC_ISSUER) does not answer as one.`,
      { cause },
    )
  }
}

/** As the provider takes it; what says nothing takes it in the header (OpenID Connect Discovery, section 3). */
const secretAs =
  (secret: string): client.ClientAuth =>
  (server, ...rest) =>
    server.token_endpoint_auth_methods_supported?.includes('client_secret_post')
      ? client.ClientSecretPost(secret)(server, ...rest)
      : client.ClientSecretBasic(secret)(server, ...rest)

/** What the library throws when somebody else answers. */
const anotherIssuer = z.object({ cause: z.object({ body: z.object({ issuer: z.string() }) }) })

/** The library lets Microsoft's issuers of many tenants through and believes the token which one it is; here one is fixed. */
export function assertIssuer(named: string, issuer: string): void {
  if (URL.canParse(named) && new URL(named).href === issuer) return
  throw new FixladderError(
    'provider_unavailable',
    `What answers at ${issuer} (OIDC_ISSUER) calls itself ${named}. Set OIDC_ISSUER to that, if it is the one you mean.`,
  )
}
