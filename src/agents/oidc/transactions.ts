import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Database } from '../../storage'
import { hashOf } from '../secrets'

/** What a sign-in under way has to come back with. */
export interface Transaction {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** The session that the new one takes the place of. */
  readonly replaces?: string | undefined
}

/** How long somebody may take at the provider, with a second factor and a forgotten password. */
export const transactionSeconds = 10 * 60

/** AES-256-GCM with a random nonce: nobody reads what is sealed, and nobody changes it. */
const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

const sealed = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  replaces: z.string().optional(),
  until: z.number(),
})

/** Sign-ins under way, kept by the browsers: any server can go on with one, also after a restart. Each is good once, for the browser that holds it. */
export interface Transactions {
  /** Seals it for the browser's cookie. */
  seal(transaction: Transaction): string
  /** What was sealed, the first time that it comes back in time. */
  take(text: string): Promise<Transaction | undefined>
}

export function createTransactions(options: {
  readonly signingKey: string
  readonly database: Database
  readonly now: () => number
}): Transactions {
  const { signingKey, database, now } = options
  const key = Buffer.from(hkdfSync('sha256', signingKey, '', 'sign-ins under way', 32))
  return {
    seal(transaction) {
      const until = now() + transactionSeconds * 1000
      const nonce = randomBytes(nonceBytes)
      const sealing = createCipheriv(cipher, key, nonce)
      const text = JSON.stringify({ ...transaction, until })
      const bytes = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()])
      return Buffer.concat([nonce, sealing.getAuthTag(), bytes]).toString('base64url')
    },
    async take(text) {
      const opened = sealed.safeParse(open(key, Buffer.from(text, 'base64url')))
      if (!opened.success || opened.data.until <= now()) return undefined
      const { until, ...transaction } = opened.data
      const ticket = { id: hashOf(`sign-in ${transaction.state}`), expiresAt: until, now: now() }
      return (await database.write('useTicket', ticket)) ? transaction : undefined
    },
  }
}

/** What was sealed with this key; undefined for anything else. */
function open(key: Buffer, bytes: Buffer): unknown {
  if (bytes.length <= nonceBytes + tagBytes) return undefined
  const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes))
  opening.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  try {
    const text = Buffer.concat([
      opening.update(bytes.subarray(nonceBytes + tagBytes)),
      opening.final(),
    ])
    return JSON.parse(text.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}
