import type { Reply } from '../../dialogs'

/** What a row of the log is: something said, a replacement of an earlier row, something that happened, or a remark for agents. */
export type RowKind = 'activity' | 'update' | 'event' | 'note'

/** Who may read a row. */
export type Audience = 'person' | 'agents' | 'bot'

/**
 * What a row says. A person's row carries what the channel let through; a bot's row carries its reply undrawn,
 * and each reader draws it (see `dialogs/reply.ts`).
 */
export interface Body {
  /** Activity type of Bot Framework: `message`, `event`, `conversationUpdate` … */
  readonly type: string
  readonly from: {
    readonly id: string
    readonly name?: string
    readonly role: 'user' | 'bot' | 'agent'
  }
  readonly text?: string
  readonly name?: string
  readonly value?: unknown
  readonly locale?: string
  /** When it was sent, as the channel says; by it a message is known that is delivered again. */
  readonly timestamp?: string
  readonly localTimestamp?: string
  readonly localTimezone?: string
  readonly membersAdded?: readonly { readonly id: string; readonly name?: string }[]
  /** Id of the row that this one answers. */
  readonly replyToId?: string
  /** As the channel sent it, less what is reserved; a bot's row has its reply under `fixladder`. */
  readonly channelData?: { readonly [name: string]: unknown; readonly fixladder?: Reply }
  /** The kinds of what was sent along; where the channel is ours, the files themselves are under `files`. */
  readonly attachments?: readonly unknown[]
  /** Files that are kept here. Only the upload writes it. */
  readonly files?: readonly SentFile[]
  readonly entities?: readonly unknown[]
}

/** A file that a person sent: its id in the store, and what it is. */
export interface SentFile {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly bytes: number
  /** When it is erased, in milliseconds since 1970. */
  readonly until: number
}

/** One entry of a conversation's log. `seq` counts 1, 2, 3 … in each conversation; `id` is the activity id seen outside. */
export interface Row {
  readonly seq: number
  readonly id: string
  /** Milliseconds since 1970, by the clock of the writer; never used for order. */
  readonly at: number
  readonly kind: RowKind
  readonly audience: readonly Audience[]
  /** For an update: id of the row it replaces. */
  readonly target?: string
  /** What a sender calls this row, so that a repeated one is known. */
  readonly key?: string
  /** Null once erased. */
  readonly body: Body | null
}

/** A row before it has its number. */
export type NewRow = Omit<Row, 'seq' | 'id'>

/** The id of the row with this number: `abc|0000007`, as Direct Line writes activity ids. */
export const rowId = (conversation: string, seq: number): string =>
  `${conversation}|${String(seq).padStart(7, '0')}`

/** What the person reads of a row where the channel shows all that we say as one sender's: an agent's words begin with their name. */
export const withName = ({ from }: Body, text: string): string =>
  from.role === 'agent' && from.name
    ? `${from.name.replace(/[*_`[\]<>#|\\~]/g, '')}: ${text}`
    : text
