import { hashOf, newSecret } from '../secrets'

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
/** So many are under way at once; of more, the oldest are forgotten and begin anew. About 5 MB. */
const mostUnderWay = 10_000

/** Sign-ins under way, in memory: after a restart one begins anew with one click. Each is good once, for the browser that holds its secret. */
export interface Transactions {
  /** Keeps it; the secret goes into the browser's cookie. */
  keep(transaction: Transaction): string
  take(secret: string): Transaction | undefined
}

export function createTransactions(now: () => number): Transactions {
  const underWay = new Map<string, Transaction & { readonly at: number }>()
  return {
    keep(transaction) {
      const secret = newSecret()
      underWay.set(hashOf(secret), { ...transaction, at: now() })
      if (underWay.size > mostUnderWay) underWay.delete(underWay.keys().next().value ?? '')
      return secret
    },
    take(secret) {
      const hash = hashOf(secret)
      const found = underWay.get(hash)
      underWay.delete(hash)
      return found && now() - found.at < transactionSeconds * 1000 ? found : undefined
    },
  }
}
