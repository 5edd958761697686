import type { KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { FixladderError } from '../../../errors'
import { faultOfKey, isKeyText, readKey, thumbprintOf, type Thumbprint } from './certificate'
import { faultsOf, type TeamsSettings } from '../settings'

/** By what the bot proves that it is itself when it asks for a token. */
export type Proof =
  | { readonly kind: 'secret'; readonly password: string }
  | { readonly kind: 'certificate'; readonly thumbprint: Thumbprint; readonly key: KeyObject }
  /** `local` is what App Service and Container Apps offer; without it the machine's metadata service is asked. */
  | {
      readonly kind: 'identity'
      readonly local?: { readonly endpoint: string; readonly header: string } | undefined
    }

export interface Credentials {
  /** In lower case. */
  readonly appId: string
  readonly proof: Proof
  /** The tenant that issues our tokens, in lower case: the bot's own, or Microsoft's for a bot of several. */
  readonly issuingTenant: string
}

/** Issues the tokens of bots that serve several tenants. */
const tenantOfAll = 'botframework.com'

/** The bot's credentials, or undefined when there is no bot in Teams. Throws `config_invalid` with all problems at once. */
export function readCredentials(settings: TeamsSettings): Credentials | undefined {
  const { MicrosoftAppId: appId, MicrosoftAppType: type, MicrosoftAppTenantId: tenant } = settings
  const faults = faultsOf(settings)
  if (faults.length > 0) throw invalid(faults)
  if (appId === undefined) return undefined
  return {
    appId: appId.toLowerCase(),
    proof: proofOf(settings),
    issuingTenant: type === 'MultiTenant' ? tenantOfAll : (tenant ?? '').toLowerCase(),
  }
}

function proofOf(settings: TeamsSettings): Proof {
  const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header } = settings
  if (settings.MicrosoftAppType === 'UserAssignedMSI')
    return {
      kind: 'identity',
      local: endpoint !== undefined && header !== undefined ? { endpoint, header } : undefined,
    }
  const thumbprint = thumbprintOf(settings.CertificateThumbprint ?? '')
  if (!thumbprint) return { kind: 'secret', password: settings.MicrosoftAppPassword ?? '' }
  return { kind: 'certificate', thumbprint, key: keyOf(settings.CertificatePrivateKey ?? '') }
}

/** The key itself, or what the file holds that is named. */
function keyOf(given: string): KeyObject {
  if (isKeyText(given)) return readKey(given)
  let pem: string
  try {
    pem = readFileSync(given, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw invalid(
      [
        `CertificatePrivateKey: is no key in PEM, and as the path of a file it cannot be read (${code ?? 'unknown'})`,
      ],
      error,
    )
  }
  const fault = faultOfKey(pem)
  if (fault) throw invalid([`CertificatePrivateKey: the file it names ${fault}`])
  return readKey(pem)
}

const invalid = (faults: readonly string[], cause?: unknown): FixladderError =>
  new FixladderError(
    'config_invalid',
    `These settings need attention (.env.example explains each):\n${faults.map((each) => `  ${each}`).join('\n')}`,
    { cause },
  )
