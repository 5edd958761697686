import type { Config } from '../../config'
import { isLoopbackHost } from '../../http/target'
import { faultOfKey, isKeyText, thumbprintOf } from './trust/certificate'
import { ownersOf } from './trust/service-urls'
import { tenantsOf } from './trust/tenants'

/** What of the settings the channel is made of. */
export type TeamsSettings = Pick<
  Config,
  | 'HOST'
  | 'PUBLIC_URL'
  | 'MicrosoftAppType'
  | 'MicrosoftAppId'
  | 'MicrosoftAppPassword'
  | 'MicrosoftAppTenantId'
  | 'CertificateThumbprint'
  | 'CertificatePrivateKey'
  | 'IDENTITY_ENDPOINT'
  | 'IDENTITY_HEADER'
  | 'ALLOWED_TENANTS'
  | 'CONNECTOR_HOSTS'
  | 'CONNECTOR_KEYS_URL'
  | 'TEAMS_DESK_CHANNEL'
  | 'TEAMS_DESK_SERVICE_URL'
>

const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Everything that keeps these settings from being a bot's in Teams, one sentence each. No file is opened for it. */
export function faultsOf(settings: TeamsSettings): readonly string[] {
  return [
    ...strangersLetIn(settings),
    ...(settings.MicrosoftAppId === undefined
      ? []
      : [
          ...(settings.MicrosoftAppType === 'UserAssignedMSI'
            ? faultsOfIdentity(settings)
            : faultsOfProof(settings)),
          ...faultsOfTenants(settings),
        ]),
    ...faultsOfDeskAddress(settings),
  ]
}

/** Who can be reached by others must take Microsoft's word alone. */
function strangersLetIn(settings: TeamsSettings): string[] {
  const { HOST: host, PUBLIC_URL: address } = settings
  const isOpen =
    !isLoopbackHost(hostInAddress(host)) ||
    (address !== undefined && !isLoopbackHost(new URL(address).host))
  if (!isOpen) return []
  const set = [
    ...(settings.CONNECTOR_HOSTS.length > 0 ? ['CONNECTOR_HOSTS'] : []),
    ...(settings.CONNECTOR_KEYS_URL === undefined ? [] : ['CONNECTOR_KEYS_URL']),
  ]
  return set.map(
    (name) =>
      `${name}: only for tests on this machine: unset it, or set HOST to 127.0.0.1 and no other PUBLIC_URL (given: HOST ${JSON.stringify(host)}${address === undefined ? '' : `, PUBLIC_URL ${address}`})`,
  )
}

const hostInAddress = (host: string): string => (host.includes(':') ? `[${host}]` : host)

/** A managed identity proves itself by where it runs. */
function faultsOfIdentity(settings: TeamsSettings): string[] {
  const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header } = settings
  const faults = (
    ['MicrosoftAppPassword', 'CertificateThumbprint', 'CertificatePrivateKey'] as const
  ).flatMap((name) =>
    settings[name] === undefined
      ? []
      : [`${name}: unset it; with UserAssignedMSI (a managed identity) there is no secret`],
  )
  if (!guid.test(settings.MicrosoftAppTenantId ?? ''))
    faults.push(needsTenant('UserAssignedMSI', settings.MicrosoftAppTenantId))
  if (endpoint !== undefined && !isHttp(endpoint))
    faults.push(
      'IDENTITY_ENDPOINT: must be an address; App Service and Container Apps set it, for example http://localhost:42356/msi/token',
    )
  if (endpoint !== undefined && header === undefined)
    faults.push('IDENTITY_HEADER: needed with IDENTITY_ENDPOINT; the platform sets both')
  return faults
}

const isHttp = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

/** An app registration proves itself by a client secret or by a certificate. */
function faultsOfProof(settings: TeamsSettings): string[] {
  const {
    MicrosoftAppType: type,
    MicrosoftAppPassword: password,
    CertificateThumbprint: thumbprint,
    CertificatePrivateKey: key,
    MicrosoftAppTenantId: tenant,
  } = settings
  const faults: string[] = []
  const hasCertificate = thumbprint !== undefined || key !== undefined
  if (password !== undefined && hasCertificate)
    faults.push(
      'MicrosoftAppPassword: unset it, or the two settings of the certificate; only one of them can count',
    )
  if (password === undefined && !hasCertificate)
    faults.push(
      'MicrosoftAppPassword: needed with MicrosoftAppId; the client secret of the app registration, or set CertificateThumbprint and CertificatePrivateKey',
    )
  if (thumbprint === undefined && key !== undefined)
    faults.push(
      "CertificateThumbprint: needed with CertificatePrivateKey; openssl x509 -in bot.crt -noout -fingerprint -sha256 shows the certificate's",
    )
  else if (thumbprint !== undefined && !thumbprintOf(thumbprint))
    faults.push(
      `CertificateThumbprint: must be 64 hexadecimal digits (SHA-256) or 40 (SHA-1), colons or none between them (given: ${thumbprint.length} characters)`,
    )
  if (thumbprint !== undefined && key === undefined)
    faults.push(
      'CertificatePrivateKey: needed with CertificateThumbprint; the key in PEM with \\n for its line ends, or the path of a file with it',
    )
  const faultOfText = key !== undefined && isKeyText(key) ? faultOfKey(key) : undefined
  if (faultOfText) faults.push(`CertificatePrivateKey: ${faultOfText}`)
  if (type === 'SingleTenant' && !guid.test(tenant ?? '')) faults.push(needsTenant(type, tenant))
  return faults
}

const needsTenant = (type: string, given: string | undefined): string =>
  `MicrosoftAppTenantId: needed with ${type}, as the directory (tenant) ID, for example 0f1e2d3c-4b5a-4697-8879-6a5b4c3d2e1f (given: ${JSON.stringify(given ?? '')})`

function faultsOfTenants(settings: TeamsSettings): string[] {
  const { ALLOWED_TENANTS: named, MicrosoftAppType: type, MicrosoftAppTenantId: own } = settings
  if (type === 'MultiTenant' && named.length === 0)
    return [
      'ALLOWED_TENANTS: needed with MultiTenant; the ids of the tenants whose people are answered with commas between them, or * for everybody who has the app',
    ]
  if (type !== 'MultiTenant' && named.includes('*'))
    return [
      `ALLOWED_TENANTS: * is for MultiTenant; ${type} serves named tenants, by default its own`,
    ]
  if (named.includes('*') && named.length > 1)
    return ['ALLOWED_TENANTS: either * for everybody or ids, not both']
  const tenants = tenantsOf(settings)
  // People of another tenant than the desk's get no further than the door.
  if (settings.TEAMS_DESK_CHANNEL !== undefined && own !== undefined && guid.test(own))
    return tenants === 'all' || tenants.has(own.toLowerCase())
      ? []
      : [
          'ALLOWED_TENANTS: must name MicrosoftAppTenantId as well, since the agents of TEAMS_DESK_CHANNEL are of that tenant',
        ]
  return []
}

function faultsOfDeskAddress(settings: TeamsSettings): string[] {
  const { CONNECTOR_HOSTS: hosts, TEAMS_DESK_SERVICE_URL: address } = settings
  return ownersOf(hosts)(address)
    ? []
    : [
        `TEAMS_DESK_SERVICE_URL: must be an address of the connector in the public cloud, for example https://smba.trafficmanager.net/emea/ (given: ${address.length} characters)`,
      ]
}
