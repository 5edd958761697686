import { createPrivateKey, type KeyObject } from 'node:crypto'

/** A certificate's fingerprint as an assertion names it, and the signature that goes with it. */
export interface Thumbprint {
  readonly header: 'x5t#S256' | 'x5t'
  /** In base64url. */
  readonly value: string
  readonly algorithm: 'PS256' | 'RS256'
}

/**
 * Reads a fingerprint in hexadecimal, as openssl (with colons) and Entra (without) show it. Entra documents SHA-256
 * with PS256; SHA-1 with RS256 is what it documented before and what its portal still shows. Undefined for anything else.
 */
export function thumbprintOf(text: string): Thumbprint | undefined {
  const digits = text.replaceAll(/[\s:]/g, '')
  if (!/^[\da-f]+$/i.test(digits)) return undefined
  const value = Buffer.from(digits, 'hex').toString('base64url')
  if (digits.length === 64) return { header: 'x5t#S256', value, algorithm: 'PS256' }
  if (digits.length === 40) return { header: 'x5t', value, algorithm: 'RS256' }
  return undefined
}

/** Whether this is a key in PEM, and not the path of a file with one. */
export const isKeyText = (text: string): boolean => text.trimStart().startsWith('-----BEGIN')

/** Reads a private key in PEM, whose line ends may be written as `\n`. Throws when it is none. */
export const readKey = (pem: string): KeyObject =>
  createPrivateKey({ key: pem.replaceAll('\\n', '\n'), format: 'pem' })

/** What keeps a text in PEM from being the key of a certificate at Entra; undefined when nothing does. Nothing of the key is in it. */
export function faultOfKey(pem: string): string | undefined {
  if (pem.includes('ENCRYPTED'))
    return 'must not be encrypted; openssl pkey -in bot.key -out plain.key takes the password off'
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = readKey(pem)
    return type === 'rsa' && (details?.modulusLength ?? 0) >= 2_048
      ? undefined
      : 'must be an RSA key of 2048 bits or more'
  } catch {
    // OpenSSL's own words say less than this, and might repeat what was given.
    return 'must be a private key in PEM, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----, with \\n for its line ends, or the path of a file with it'
  }
}
