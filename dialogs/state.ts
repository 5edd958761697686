import type { DialogState } from 'botbuilder-dialogs'
import type { Facts } from '../knowledge'
import type { Ladder } from '../knowledge'
import type { HandoffReason } from './effects'
import type { Button, Reply } from './reply'
import type { SentFiles } from './sent-files'

/** What a question was about, which decides how the answer is understood. */
export type Topic =
  | 'opening'
  | 'choice'
  | 'device'
  | 'role'
  | 'scope'
  | 'system'
  | 'consent'
  | 'helped'
  | 'checks'
  | 'which'
  | 'found'
  | 'parked'
  | 'still_coming'
  | 'later'
  | 'needed'
  | 'switch'
  | 'resume'
  | 'send'
  | 'add_words'
  | 'come_back'
  | 'rating'
  | 'reply_address'
  | 'meanwhile'
  | 'place_again'
  | 'rating_words'
  | 'incident'
  | 'incident_waiting'
  | 'incident_meanwhile'
  | 'incident_over'
  | 'after_agent'

/** The question that waits for an answer. */
export interface OpenQuestion {
  readonly ask: number
  readonly topic: Topic
  readonly buttons: readonly Button[]
  /** True once an agent has said something since: then words may answer that, and only a button answers this. */
  readonly isPressOnly?: boolean
  /** True for a question that came in between; `behind` is what was open before it, if anything was. */
  readonly isBetween?: boolean
  readonly behind?: OpenQuestion
  /** The reply that asked, kept so that it can be asked again as it was; absent when the bot only listens. */
  readonly reply?: Reply
}

/** A symptom that was thought of. */
export interface Alternative {
  readonly symptom: string
  readonly confidence: number
}

/** The problem at hand, from symptom to outcome. */
export interface Case {
  readonly id: string
  readonly symptom: string
  readonly confidence?: number
  /** What else the person might have meant by the words that opened it, the likeliest first. */
  readonly alternatives?: readonly Alternative[]
  /** Absent for an answer, which has no rungs. */
  readonly ladder?: Ladder
  /** A timer that will ask again, and what it is for. */
  readonly reminder?:
    | {
        readonly id: string
        readonly fix: string
        /** When the person was promised to be asked, and for when; absent in states of earlier versions. */
        readonly setAt?: number
        readonly dueAt?: number
      }
    | undefined
  /** True once a person was asked to take over. */
  readonly handedOff?: boolean
  /** The rungs as they were put before the person, the latest last; absent in states of earlier versions. */
  readonly cards?: readonly SentCard[]
  /** The shared cause that the person was told of in this case. */
  readonly incident?: ToldIncident
}

/** A rung as it was put before the person. While an agent is there its buttons count for its fixes, whatever was asked after it. */
export interface SentCard {
  readonly ask: number
  /** More than one for quick checks that are asked together. */
  readonly fixes: readonly string[]
  readonly topic: Topic
  readonly answers: readonly string[]
}

/** An incident as a case remembers it. */
export interface ToldIncident {
  readonly id: string
  /** What the pack called it, for the day the pack no longer knows it. */
  readonly title: string
  /** The person wants to hear when it is over. */
  readonly waits?: true
  /** What the person would rather try meanwhile: the fixes that can help all the same, or every one. */
  readonly tries?: 'helpful' | 'all'
}

/** A case that ended, kept so that the same trouble within seven days is the same case. */
export interface ClosedCase extends Case {
  /** What was known about this case alone: role, scope, what was tried. */
  readonly facts?: Facts
  readonly closedAt: number
  readonly outcome: 'solved' | 'workaround' | 'abandoned'
}

/** A case that waits while another trouble is looked at. */
export interface AsideCase extends Case {
  /** What was known about this case alone: role, scope, what was tried. */
  readonly facts: Facts
  /** True once the person would rather leave it: it is not offered again, only taken up when they name it. */
  readonly isLeft?: boolean
}

/** The bot's memory of one conversation, as plain JSON. Everything is by name, so a new version of the pack or of the dialogs can take it up. */
export interface BotState {
  readonly dialogs?: DialogState
  /** How many questions were asked so far; the newest has this number. */
  readonly asked: number
  readonly question?: OpenQuestion | undefined
  readonly facts: Facts
  /** Misunderstandings in a row. */
  readonly misses: number
  readonly case?: Case
  readonly closed?: ClosedCase
  /** Cases set aside for another trouble, the latest last. */
  readonly aside?: readonly AsideCase[]
  /** Symptom that the person may want to change to, while that is being asked. */
  readonly other?: { readonly symptom: string; readonly confidence?: number }
  /** The question that was open when that was asked, or when "continue or start over?" was. */
  readonly paused?: OpenQuestion | undefined
  /** A vague symptom whose choices are being offered. */
  readonly vague?: { readonly symptom: string; readonly confidence?: number }
  /** What the newest message that told of a trouble was matched with, the likeliest first. */
  readonly heard?: readonly Alternative[]
  /** The last thing the person said about the trouble, for the brief. */
  readonly lastWords?: string
  /** What they sent besides words, for the brief. */
  readonly sent?: SentFiles
  /** Set once the person spoke of killing or harming: from then on no phrase of this conversation is kept as unmatched. */
  readonly spokeOfDanger?: boolean
  /** The person's time zone as their client names it (IANA). */
  readonly timeZone?: string
  /** When person and bot last spoke; absent in states of earlier versions. */
  readonly lastAt?: number
  /** The ticket whose handling the person was asked about last. */
  readonly rating?: { readonly ticket: string; readonly askedAt: number }
  /** While the person is asked whether to get in line again: why they were passed on. */
  readonly givenUp?: { readonly reason: HandoffReason }
  /** What the person added to the brief. */
  readonly addedWords?: string
}

/** The last words in the brief are kept to this many characters. */
export const mostKeptWords = 300

export const freshState: BotState = { asked: 0, facts: {}, misses: 0 }

/** What is known of the case at hand, or of the one closed last: what belonged to that alone went with it. */
export const factsAbout = ({ case: open, closed, facts }: BotState): Facts =>
  open || !closed ? facts : { ...facts, ...closed.facts }

/** The same trouble within this time continues the case. */
export const sameCaseFor = 7 * 24 * 60 * 60 * 1000
