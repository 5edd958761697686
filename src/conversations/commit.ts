import type { UnmatchedWhy } from '../../dialogs'
import type { Happening } from '../ledger'
import type { NewRow } from './rows'

/** What a turn wants to have happened, as plain data: all of it is written, or nothing. */
export interface Commit {
  readonly conversation: string
  /** The bot's cursor as the turn saw it, and the number of the row it answered. */
  readonly cursor: { readonly from: number; readonly to: number }
  /** The holder's version as the turn saw it; another one means that somebody took over meanwhile. */
  readonly holderVersion: number
  readonly at: number
  readonly rows: readonly NewRow[]
  /** The bot's new state as JSON; absent when it did not change. */
  readonly state?: string
  readonly timers?: { readonly set: readonly Timer[]; readonly cancel: readonly string[] }
  readonly happenings?: readonly Happening[]
  readonly unmatched?: readonly UnmatchedPhrase[]
  readonly waits?: IncidentWaits
  readonly handoff?: NewHandoff
  /** Id of the case that the newest ticket is about from now on. */
  readonly handoffAbout?: string
  /** How the case of the newest ticket stood when it ended: a brief. */
  readonly closingBrief?: unknown
  /** The person leaves the queue: they would rather not wait, or something has helped meanwhile. */
  readonly handoffEnds?: 'cancel' | 'help'
  readonly ratings?: readonly Rating[]
  /** The talk goes on in another conversation of the person, by this row of its log. */
  readonly moved?: { readonly to: string; readonly row: NewRow }
  /** Where the person can be answered outside the chat, for the ticket that is open. */
  readonly replyAddress?: string
}

/** An event that is to be appended to the log when its time has come. */
export interface Timer {
  readonly id: string
  readonly dueAt: number
  readonly name: string
  readonly value: unknown
}

/** Incidents, by their ids, that the person wants to hear the end of, and those that they no longer do. */
export interface IncidentWaits {
  readonly set: readonly { readonly incident: string; readonly caseId: string }[]
  readonly cancel: readonly string[]
}

/** What the person says of how a ticket was handled: a score from 1 to 5, or words that go with it. */
export interface Rating {
  readonly ticket: string
  readonly score?: number
  readonly words?: string
}

/** Something the person typed that the bot had no use for. `offered` are ids of symptoms that were turned down. */
export interface UnmatchedPhrase {
  readonly text: string
  readonly why: UnmatchedWhy
  readonly offered: readonly string[]
  readonly nearest?: string
  readonly packVersion: string
}

/** A case passed to a person. `brief` is what the agent reads first. */
export interface NewHandoff {
  readonly id: string
  readonly caseId?: string
  readonly reason: string
  readonly brief: unknown
  /** The person was promised an answer, whether their page is open or not. */
  readonly isKept: boolean
}
