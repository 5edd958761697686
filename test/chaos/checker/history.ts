/**
 * What a run leaves for the checker: what clients sent and were told, what each reader saw, and what the database holds.
 * Nothing in it says which engine or how many servers there were.
 */
export interface History {
  readonly sent: readonly Sent[]
  readonly views: readonly View[]
  /** The log, row by row, in any order. */
  readonly log: readonly Entry[]
  readonly talks: readonly Talk[]
  readonly spans: readonly Span[]
  readonly tickets: readonly Ticket[]
  readonly outbox: Outbox
}

/** One message of a client, under one key, however often it was sent. */
export interface Sent {
  readonly conversation: string
  readonly key: string
  readonly text: string
  /** Every acknowledgement that came; none means that nobody knows whether it arrived. */
  readonly acks: readonly Ack[]
  /** Every try was answered with a refusal. */
  readonly isRefused?: boolean
  /** Rows with which the bot answers it; one, unless it is said. */
  readonly replies?: number
}

export interface Ack {
  /** Absent where a channel does not tell it. */
  readonly seq?: number
  /** By the clock of the run, the same for everything in it. */
  readonly at: number
}

/** One row of the log. */
export interface Entry {
  readonly conversation: string
  readonly seq: number
  /** Who wrote it: a client, the bot's turn, an agent, or the server by itself. */
  readonly from: 'client' | 'bot' | 'agent' | 'server'
  /** Of an agent: who. */
  readonly by?: string
  /** Who reads it. */
  readonly audience: readonly Audience[]
  readonly key?: string
  /** Of a client's row. */
  readonly text?: string
  /** Of the bot's row: the row that it answers. */
  readonly answers?: number
}

export type Audience = 'person' | 'agents' | 'bot'

/** A conversation as it is stored beside its log. */
export interface Talk {
  readonly id: string
  readonly lastSeq: number
  readonly botCursor: number
}

/**
 * What one reader saw in one sitting: from the watermark that it brought, page by page. A reader that begins again with an
 * older watermark on purpose has another view.
 */
export interface View {
  readonly reader: string
  readonly kind: 'stream' | 'polling' | 'transcript' | 'console' | 'instance' | 'teams'
  readonly conversation: string
  readonly audience: Exclude<Audience, 'bot'>
  readonly from: number
  /** `from` is from the future: the reader gets what comes from now on, wherever that begins. */
  readonly isAhead?: boolean
  readonly pages: readonly Page[]
  /** It was read to the end, once all was over. */
  readonly reachesEnd?: boolean
  /** Of what arrives elsewhere: so many rows may come twice, since nobody knew whether they had arrived. */
  readonly mayRepeat?: number
}

export interface Page {
  /** Where the reader is after it. */
  readonly watermark: number
  readonly seen: readonly Seen[]
  /** When it was asked for; it then holds all that was acknowledged before. Absent for what is pushed, and for a part of more. */
  readonly asked?: number
}

export interface Seen {
  readonly seq: number
  /** Of a client's row. */
  readonly text?: string
}

/** Who answers the person in a part of the log. */
export interface Span {
  readonly conversation: string
  /** `bot`, `queue`, or an agent. */
  readonly owner: string
  /** The first row of it. */
  readonly from: number
  /** The first row that is not of it any more. */
  readonly to?: number
}

export interface Ticket {
  readonly id: string
  readonly conversation: string
  /** The row at which it was opened; or the time, where its ends are told by time too. */
  readonly opened: number
  /** Every end that it came to. */
  readonly ends: readonly { readonly state: string; readonly seq: number }[]
}

/** What goes to somebody elsewhere, and how far that is. */
export interface Outbox {
  readonly cursors: readonly { readonly conversation: string; readonly seq: number }[]
  readonly postings: readonly Posting[]
}

export interface Posting {
  readonly conversation: string
  readonly seq: number
  readonly state: 'waiting' | 'sent' | 'dead'
  /** Why it will never arrive. */
  readonly reason?: string
}
