import { refuse } from '../http'
import { callerOf, createTries } from './tries'

/** Wrong passwords from one address; what turns out right is not counted. As Chatwoot has it after CVE-2022-3741. */
const perAddress = { most: 5, ms: 5 * 60_000 }
/** Wrong passwords for one account, from wherever, also for one that does not exist. */
const perAccount = { most: 10, ms: 15 * 60_000 }

/** How often a password may be tried. Kept in memory: a restart forgets, and nobody but the operator restarts us. */
export interface SignInLimits {
  /** Counts one more try from an address. Throws the 429. */
  takeAddress(address: string): void
  /** Counts one more try for an account. False when there were too many: then no password is right, and the answer does not tell. */
  takeAccount(email: string): boolean
  /** The password was right. */
  wasRight(address: string, email: string): void
}

export function createSignInLimits(now: () => number): SignInLimits {
  const addresses = createTries({ ...perAddress, now })
  const accounts = createTries({ ...perAccount, now })
  return {
    takeAddress(address) {
      const caller = callerOf(address)
      if (addresses.take(caller)) return
      throw refuse(429, 'TooManyTries', 'Too many tries. Wait a few minutes, then try again.', {
        headers: { 'Retry-After': String(addresses.wait(caller)) },
      })
    },
    takeAccount: (email) => accounts.take(email),
    wasRight(address, email) {
      addresses.giveBack(callerOf(address))
      accounts.giveBack(email)
    },
  }
}
