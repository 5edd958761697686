import type { Beliefs, Pack, Reader } from '../knowledge'
import type { BotState } from './state'

/** What a turn is given: nothing in it changes, and nothing has to be fetched. */
export interface TurnInput {
  readonly activity: {
    readonly type: string
    readonly from?: { readonly role?: string }
    readonly name?: string
    readonly text?: string
    readonly value?: unknown
    readonly attachments?: readonly unknown[]
    /** Those of them that are kept, for people to look at. */
    readonly files?: readonly { readonly type: string }[]
    readonly localTimezone?: string
    readonly locale?: string
  }
  readonly state: BotState
  /** Milliseconds since 1970. */
  readonly now: number
  readonly pack: Pack
  readonly reader: Reader
  /** Who answers in this conversation. */
  readonly holder: 'bot' | 'queue' | 'agent'
  readonly desk: DeskView
  /** The channel tells the person of what is said after they have closed the chat, as Teams does. */
  readonly isNotified?: boolean
  /** Set where others read along, as in a channel of Teams; the personal chat is another conversation. */
  readonly shared?: SharedPlace
  readonly newId: () => string
  /** What was learnt from cases so far; without it the pack's own chances count. */
  readonly beliefs?: Beliefs
  /** What bringing in a person costs, in minutes of the person chatting; without it a person is offered at the end only. */
  readonly humanMinutes?: number
  /** Causes that many people share and that are at work now, the oldest first. */
  readonly incidents?: readonly RunningIncident[]
}

/** A talk that others read along in. */
export interface SharedPlace {
  /** Leads to the personal chat. */
  readonly link?: string
  /** The person has a personal chat that can be written to. */
  readonly isReachable: boolean
}

/** What is known, as a turn begins, of the people who may take over. */
export interface DeskView {
  /** When they answer, in the operator's words. */
  readonly answersBy?: string
  /** False outside their hours; absent when no hours are set. */
  readonly isOpen?: boolean
  /** When they are back, in milliseconds since 1970, if they are closed. */
  readonly opensAt?: number
  /** How many agents are at their consoles; absent where people work in another way. */
  readonly agentsIn?: number
  /** How many people wait before this one. */
  readonly ahead?: number
  /** What a wait usually takes, in minutes; absent while too few have waited. */
  readonly usualMinutes?: number
}

/** A shared cause at work. The pack knows its name, and whom it concerns. Times are milliseconds since 1970. */
export interface RunningIncident {
  readonly id: string
  readonly name: string
  /** What is said of it, in the operator's words. */
  readonly text: string
  readonly startedAt: number
  /** When it ends by itself. */
  readonly endsAt?: number
}
