import { randomUUID } from 'node:crypto'
import jwt from 'jsonwebtoken'
import type { Credentials, Proof } from './credentials'

/** How a token for the connector is asked for. */
export interface TokenRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

const resource = 'https://api.botframework.com'
/** Where a virtual machine asks for its identity's tokens: a fixed address that never leaves the host, by plain http. */
const machinesEndpoint = 'http://169.254.169.254/metadata/identity/oauth2/token'
/** Entra recommends five to ten minutes. */
const assertionSeconds = 5 * 60

/** Draws the request for these credentials, `now` in milliseconds. */
export function tokenRequest({ appId, proof, issuingTenant }: Credentials, now: number) {
  return proof.kind === 'identity'
    ? fromIdentity(appId, proof)
    : fromEntra(
        `https://login.microsoftonline.com/${encodeURIComponent(issuingTenant)}/oauth2/v2.0/token`,
        appId,
        proof,
        now,
      )
}

/** The client-credentials grant ("Microsoft identity platform and the OAuth 2.0 client credentials flow"). */
const fromEntra = (
  url: string,
  appId: string,
  proof: Exclude<Proof, { kind: 'identity' }>,
  now: number,
): TokenRequest => ({
  url,
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: appId,
    scope: `${resource}/.default`,
    ...(proof.kind === 'secret'
      ? { client_secret: proof.password }
      : {
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: assertion(url, appId, proof, now),
        }),
  }).toString(),
})

/** What proves that we hold the certificate's key ("Microsoft identity platform application authentication certificate credentials"). */
function assertion(
  url: string,
  appId: string,
  { thumbprint, key }: Extract<Proof, { kind: 'certificate' }>,
  now: number,
): string {
  const at = Math.floor(now / 1000)
  return jwt.sign(
    {
      aud: url,
      iss: appId,
      sub: appId,
      jti: randomUUID(),
      iat: at,
      nbf: at,
      exp: at + assertionSeconds,
    },
    key,
    {
      algorithm: thumbprint.algorithm,
      header: { alg: thumbprint.algorithm, [thumbprint.header]: thumbprint.value },
    },
  )
}

/**
 * What the platform gives for a user-assigned identity: the REST endpoint of App Service and Container Apps ("How to use
 * managed identities for App Service"), or the one of a virtual machine ("How to use managed identities on an Azure VM").
 */
function fromIdentity(
  appId: string,
  { local }: Extract<Proof, { kind: 'identity' }>,
): TokenRequest {
  const url = new URL(local?.endpoint ?? machinesEndpoint)
  url.searchParams.set('api-version', local ? '2019-08-01' : '2018-02-01')
  url.searchParams.set('resource', resource)
  url.searchParams.set('client_id', appId)
  return {
    url: url.href,
    method: 'GET',
    headers: local ? { 'x-identity-header': local.header } : { metadata: 'true' },
  }
}
