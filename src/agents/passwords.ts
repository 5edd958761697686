import { refuse } from '../http'
import { createGate } from './gate'
import { hashPassword, isPassword, presentCost, type Cost } from './password-hash'

/** So many hashes at once: each fills a core for a fifth of a second, and people chat on the same machine. */
const atOnce = 2
/** So many wait for their turn; more are somebody's flood, and everybody is asked to come back in a moment. */
const mostWaiting = 32

/** Hashing and checking of passwords, never more than two at once. Throws a `Refusal` (429) in a flood. */
export class Passwords {
  readonly cost: Cost
  readonly #gate = createGate({ atOnce, waiting: mostWaiting })

  constructor(cost: Cost = presentCost) {
    this.cost = cost
  }

  hash(password: string): Promise<string> {
    return this.#take(() => hashPassword(password, this.cost))
  }

  /** Whether it is the password behind what `find` gives once it is its turn; the same work when that is none. */
  isRight(password: string, find: () => string | undefined): Promise<boolean> {
    return this.#take(() => isPassword(password, find(), this.cost))
  }

  async #take<T>(work: () => Promise<T>): Promise<T> {
    const taken = this.#gate.run(work)
    if (taken) return taken
    throw refuse(429, 'TooManyTries', 'Too many are signing in at once. Try again in a moment.', {
      headers: { 'Retry-After': '5' },
    })
  }
}
