import type { Device } from '../knowledge'
import type { Moved } from './events'

/** What a turn wants to happen besides its replies, as plain data. The server makes its commit of them. */
export type Effect =
  | {
      readonly effect: 'case_opened'
      readonly id: string
      readonly symptom: string
      readonly confidence?: number
      readonly packVersion: string
    }
  | { readonly effect: 'case_reopened'; readonly id: string }
  | {
      readonly effect: 'case_closed'
      readonly id: string
      readonly outcome: 'solved' | 'workaround' | 'handed_off' | 'abandoned'
      /** Id of the incident whose end solved it. */
      readonly incident?: string
    }
  /** A rung was put before the person. Of checks asked together each is shown; one told again is shown again. */
  | {
      readonly effect: 'rung_shown'
      readonly caseId: string
      readonly symptom: string
      readonly fix: string
      readonly device?: string
      readonly packVersion: string
    }
  | {
      readonly effect: 'rung_ended'
      readonly caseId: string
      readonly symptom: string
      readonly fix: string
      readonly result: string
      readonly device?: string
      readonly packVersion: string
    }
  | {
      readonly effect: 'timer_set'
      readonly id: string
      readonly dueAt: number
      readonly fix: string
      readonly caseId: string
    }
  | { readonly effect: 'timer_cancelled'; readonly id: string }
  | {
      readonly effect: 'handed_off'
      readonly id: string
      readonly caseId?: string
      readonly reason: HandoffReason
      readonly brief: Brief
      /** The person was told that they may leave: the answer waits for them, or the channel brings it. */
      readonly isKept: boolean
    }
  /** The newest ticket is about this case now: the person told of another trouble, or the agent chose the symptom. */
  | { readonly effect: 'handoff_about'; readonly caseId: string }
  /** The newest ticket has ended, and this is how its case stood then. */
  | { readonly effect: 'handoff_ended'; readonly brief: Brief }
  /** How satisfied the person is with what became of a ticket, from 1 to 5; and why, in their words. */
  | { readonly effect: 'rated'; readonly ticket: string; readonly score: number }
  | { readonly effect: 'rating_words'; readonly ticket: string; readonly words: string }
  /** Where the person can be answered outside the chat: an e-mail address or a telephone number, as typed. */
  | { readonly effect: 'reply_address'; readonly address: string }
  /** A remark for the agents. */
  | { readonly effect: 'note'; readonly text: string }
  /** The person leaves the queue: they would rather not wait, or something has helped meanwhile. */
  | { readonly effect: 'queue_left'; readonly why: 'cancel' | 'help' }
  /** Something the person typed was of no use to the bot: kept for those who write the pack. */
  | {
      readonly effect: 'unmatched'
      readonly text: string
      readonly why: UnmatchedWhy
      /** Ids of the symptoms that were offered and turned down, in the order offered. */
      readonly offered: readonly string[]
      /** Id of the symptom that came nearest, if any came near. */
      readonly nearest?: string
      readonly packVersion: string
    }

  /** The talk goes on in the person's personal chat, which is told all of this. */
  | { readonly effect: 'moved'; readonly moved: Moved }
  /** The person wants to hear when the incident is over. */
  | { readonly effect: 'incident_wait'; readonly incident: string; readonly caseId: string }
  | { readonly effect: 'incident_wait_cancelled'; readonly incident: string }

/** Not understood; about something else; or understood as symptoms that were all turned down. */
export type UnmatchedWhy = 'unknown' | 'off_topic' | 'none_of_these'

export const handoffReasons = [
  'asked',
  'ladder_ended',
  'needs_person',
  'not_understood',
  /** The next fix would have cost more than a person does. */
  'person_is_quicker',
] as const
export type HandoffReason = (typeof handoffReasons)[number]

/** What an agent reads first. */
export interface Brief {
  readonly symptom?: {
    readonly id: string
    readonly title: string
    readonly short: string
    readonly confidence?: number
  }
  readonly device?: Device
  readonly system?: string
  readonly role?: string
  readonly scope?: string
  /** The shared cause that explains it, as the bot knew it then; times are milliseconds since 1970. */
  readonly incident?: { readonly name: string; readonly title: string; readonly since: number }
  readonly rungs: readonly {
    readonly fix: string
    readonly title: string
    readonly result: string
  }[]
  readonly lastWords?: string
  readonly added?: string
  /** "a picture and 2 recordings" */
  readonly sent?: string
  readonly packVersion: string
}
