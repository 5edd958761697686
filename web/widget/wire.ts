/** What the server tells the panel, as both sides agreed. Times are milliseconds since 1970, unless they are text. */

export interface Button {
  readonly label: string
  readonly answer: string
}

/** What became of a fix. */
export type RungResult =
  | 'helped'
  | 'no_help'
  | 'partly'
  | 'already_tried'
  | 'parked'
  | 'cannot'
  | 'skipped'
  | 'found'
  | 'declined'

interface Told {
  /** What became of fixes, by fix, as the bot has written it down with this. */
  readonly results?: Readonly<Record<string, RungResult>>
}

interface Question extends Told {
  /** Number of the question in its conversation; a button of an earlier one is stale. */
  readonly ask: number
  readonly case?: string
  readonly buttons: readonly Button[]
}

export interface RungReply extends Question {
  readonly kind: 'rung'
  readonly fix: string
  /** Every fix of quick checks that are asked together. */
  readonly together?: readonly string[]
  readonly title: string
  /** Which rung this is, counted from 1. */
  readonly number: number
  /** How many there are, as far as is known by then. */
  readonly about?: number
  readonly minutes: number
  /** The opening clause with the reason and the minutes. */
  readonly lead: string
  readonly note?: string
  readonly steps: readonly string[]
  readonly check?: string
  readonly worked?: string
  /** Why it stands where it stands on the ladder. */
  readonly why?: string
  readonly question: string
  /** The agent who sends it; absent when the bot tells it. */
  readonly by?: string
}

/** What the bot says, undrawn. */
export type Reply =
  | (Told & { readonly kind: 'say'; readonly text: string })
  | (Question & { readonly kind: 'ask'; readonly text: string })
  | (Question & { readonly kind: 'choices'; readonly text: string })
  | RungReply
  | (Told & { readonly kind: 'progress'; readonly text: string })
  | (Told & { readonly kind: 'system'; readonly text: string })

/** What a pressed button sends back. */
export interface Press {
  readonly case?: string
  readonly ask: number
  readonly answer: string
}

export interface Author {
  readonly kind: 'bot' | 'agent'
  readonly name: string
}

/** One activity of the conversation, as Direct Line 3.0 carries it. */
export interface WireActivity {
  readonly type: string
  readonly id: string
  /** ISO 8601, by the server's clock. */
  readonly timestamp: string
  readonly from: { readonly id: string; readonly name?: string; readonly role?: 'user' | 'bot' }
  readonly text?: string
  readonly textFormat?: string
  /** What a person sent besides words. */
  readonly attachments?: readonly {
    readonly contentType: string
    readonly contentUrl: string
    readonly name?: string
  }[]
  /** Of an event. */
  readonly name?: string
  readonly value?: unknown
  readonly channelData?: {
    /** The id under which the panel sent it. */
    readonly clientActivityID?: string
    readonly fixladder?: Reply
    readonly author?: Author
    /** An agent's own words, without the name before them. */
    readonly words?: string
  }
}

export interface ActivitySet {
  readonly activities: readonly WireActivity[]
  /** Absent in a frame with hints only. */
  readonly watermark?: string
}

/** Who has the conversation, and what the desk can promise. Numbers only where they are known. */
export interface Standing {
  readonly holder: 'bot' | 'queue' | 'agent'
  readonly agent?: string
  readonly ahead?: number
  readonly usualMinutes?: number
  readonly desk: {
    readonly isOpen?: boolean
    readonly opensAt?: number
    readonly answersBy?: string
    readonly agentsIn?: number
  }
  readonly title: string
  readonly examples: readonly string[]
  readonly language: string
  readonly retentionDays: number
  /** What can be sent besides words; absent when nothing can. */
  readonly uploads?: {
    readonly maxBytes: number
    readonly maxCount: number
    readonly kinds: readonly string[]
  }
}

/** A token of one conversation, and the secret that opens it again. */
export interface TokenAnswer {
  readonly token: string
  readonly conversationId: string
  readonly userId: string
  /** Seconds. */
  readonly expires_in: number
  readonly resume: string
}

/** A conversation that was started or taken up, with its log if that was asked for. */
export interface OpenAnswer extends Partial<ActivitySet> {
  readonly conversationId: string
  readonly token: string
  readonly expires_in: number
  readonly streamUrl: string
  /** The log goes on. */
  readonly more?: boolean
}
