import type { Call } from './calls'
import type { Kept } from './kept'
import type { Messages } from './messages'
import type { Store } from './store'
import type { LineOptions } from './types'

/** What all conversations of one line share. */
export interface World {
  readonly options: LineOptions
  readonly call: Call
  readonly store: Store
  readonly messages: Messages
  readonly random: () => number
  kept: Kept
  user: {
    readonly token: string | undefined
    /** The server has taken the token once. */
    isBelieved: boolean
  }
  /** The secret of a conversation that the server has lost: nobody goes back there. */
  lostResume: string | undefined
  /** A new conversation is on its way: what is written now is for that one. */
  isMoving: boolean
  /** The bot knows that somebody has come back. */
  hasSaidBack: boolean
  /** When the person typed last is told no more often than it helps. */
  hasJustTyped: boolean
}
