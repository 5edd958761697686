import { refuse } from '../http'
import { callerOf, createTries, networkOf } from './tries'

/** Wrong passwords from one address; what turns out right is not counted. As Chatwoot has it after CVE-2022-3741. */
const perAddress = { most: 5, ms: 5 * 60_000 }
/** Wrong passwords from one IPv6 network: whoever rents a server often has the 65,536 networks of a /48. */
const perNetwork = { most: 25, ms: 5 * 60_000 }
/** Wrong passwords for one account, from wherever, also for one that does not exist. */
const perAccount = { most: 10, ms: 15 * 60_000 }

/** How often a password may be tried. Kept in memory: a restart forgets, and nobody but the operator restarts us. */
export interface SignInLimits {
  /** Counts one more try from an address. Throws the 429. */
  takeAddress(address: string): void
  /** Counts one more try for an account. False when there were too many: then no password is right, and the answer does not tell. */
  takeAccount(email: string): boolean
  /** The try from this address was not looked at. */
  giveBackAddress(address: string): void
  /** The password was right. */
  wasRight(address: string, email: string): void
}

export function createSignInLimits(now: () => number): SignInLimits {
  const addresses = createTries({ ...perAddress, now })
  const accounts = createTries({ ...perAccount, now })
  const networks = createTries({ ...perNetwork, now })

  function takeAddress(address: string): void {
    const caller = callerOf(address)
    if (!addresses.take(caller)) throw tooMany(addresses.wait(caller))
    const network = networkOf(address)
    if (network === undefined || networks.take(network)) return
    addresses.giveBack(caller)
    throw tooMany(networks.wait(network))
  }

  function giveBackAddress(address: string): void {
    addresses.giveBack(callerOf(address))
    networks.giveBack(networkOf(address) ?? '')
  }

  return {
    takeAddress,
    giveBackAddress,
    takeAccount: (email) => accounts.take(email),
    wasRight(address, email) {
      giveBackAddress(address)
      accounts.giveBack(email)
    },
  }
}

const tooMany = (seconds: number) =>
  refuse(429, 'TooManyTries', 'Too many tries. Wait a few minutes, then try again.', {
    headers: { 'Retry-After': String(seconds) },
  })
