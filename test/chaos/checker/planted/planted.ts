import type { Invariant } from '../check'
import type { Draft } from './renumber'
import type { Random } from './picking'

/** Something that a server may do wrong, put into a history in which all was well. */
export interface Planted {
  readonly name: string
  /** The one invariant that it breaks. */
  readonly breaks: Invariant
  readonly plant: (history: Draft, random: Random) => void
}
