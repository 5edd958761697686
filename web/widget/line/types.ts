import type { Standing, WireActivity } from '../wire'

/** What the line needs of the world outside; a page gives the browser's own. */
export interface LineOptions {
  /** Origin of the server, without a slash at its end. */
  readonly base: string
  readonly fetch: typeof fetch
  readonly openSocket: (url: string) => SocketLike
  /** Undefined, or one that throws: everything is kept in memory. */
  readonly storage: StorageLike | undefined
  /** Milliseconds since 1970; it may jump, so nothing depends on it alone. */
  readonly now: () => number
  /** Calls `then` once after so many milliseconds. Gives the way to call it off. */
  readonly setTimer: (ms: number, then: () => void) => () => void
  /** Like `fetch`, and tells from 0 to 1 how much of the body has gone; without it that is not known. */
  readonly upload?: (
    url: string,
    init: RequestInit,
    onProgress: (share: number) => void,
  ) => Promise<Response>
  readonly isOnline: () => boolean
  /** The page cannot be seen: there is no hurry. */
  readonly isHidden?: () => boolean
  /** Calls back with the key that another tab changed, or null when it cleared all. Gives the way to stop. */
  readonly onStorage?: (listener: (key: string | null) => void) => () => void
  readonly locale?: string
  readonly timeZone?: string
  /** Signed by the embedding page's own server: who the person is. */
  readonly userToken?: string
  /** From 0 up to 1. */
  readonly random?: () => number
}

/** The part of a WebSocket that is used. */
export interface SocketLike {
  addEventListener(
    type: 'open' | 'message' | 'close',
    listener: (event: { readonly data?: unknown; readonly reason?: unknown }) => void,
  ): void
  close(): void
}

/** The part of localStorage that is used. */
export interface StorageLike {
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export type Connection =
  | 'connecting'
  | 'open'
  | 'reconnecting'
  | 'offline'
  | 'unreachable'
  | 'busy'
  /** The server turns this page or this person away; seldom tried again, or at `wake` and `setUser`. */
  | 'refused'
  /** The conversation is gone; the next message begins a new one. */
  | 'ended'

/** A file that goes with a message. It is in memory only: a reload loses it. */
export interface Outgoing {
  readonly name: string
  readonly blob: Blob
  /** Where the page can draw it from, if it can. */
  readonly preview?: string
}

/** Something the person sent that the log does not show yet. */
export interface Sent {
  readonly id: string
  readonly text: string
  readonly value?: unknown
  readonly files?: readonly Outgoing[]
  /** From 0 to 1: how much of the files has gone, while they go. */
  readonly progress?: number
  readonly at: number
  /** waiting: it goes by itself once it can; failed: it was refused, and the person may try again or drop it. */
  readonly state: 'sending' | 'waiting' | 'failed'
  /** The server's code for why it failed. */
  readonly reason?: string
}

export interface LineState {
  readonly connection: Connection
  readonly transport: 'socket' | 'poll'
  readonly conversationId?: string
  /** True when an earlier conversation was taken up. */
  readonly isBack: boolean
  /** In the order of the log, each id once; an activity that came again under its id replaces the earlier. */
  readonly activities: readonly WireActivity[]
  /** What is not in the log yet, in order. */
  readonly outbox: readonly Sent[]
  readonly typing?: { readonly name: string; readonly until: number }
  readonly standing?: Standing
  /** When it is tried again, while busy. */
  readonly retryAt?: number
  /** How far the server's clock is ahead of this one; absent where it is no matter. */
  readonly skewMs?: number | undefined
}

/** One person's conversation with the server, through whatever lies between. */
export interface Line {
  readonly state: LineState
  /** Calls back after every change. Gives the way to stop. */
  subscribe(listener: () => void): () => void
  start(): void
  stop(): void
  /** Gives the id under which it stands in the outbox, and later in `channelData.clientActivityID`. */
  send(message: { text: string; value?: unknown; files?: readonly Outgoing[] }): string
  retry(id: string): void
  drop(id: string): void
  /** The person types; as often as one likes. */
  typed(): void
  /** Online or offline, awake from sleep: looks at once. `seen`: only looked at again; enough if it has just been looked. */
  wake(why?: 'seen'): void
  /** The page is left, maybe to come back as it was: no socket is held until it wakes. */
  rest(): void
  /** Begins a new conversation. Rejects with a `LineError`, and leaves all as it is, when none can be had now. */
  renew(): Promise<void>
  /** Erases the conversation; the next message begins a new one. Rejects with a `LineError` when it was not erased. */
  forget(): Promise<void>
  /**
   * Takes up the conversation of a return link; waits for as long as the server cannot be asked. Called before `start`,
   * no other conversation is begun until this is settled.
   */
  openLink(secret: string): Promise<'opened' | 'failed'>
  /** The address that opens this conversation anywhere; empty while there is none. */
  returnLink(): string
  /**
   * Another person, or nobody known, sits here now: each has a conversation of their own. With nobody known any more,
   * what opens the conversation of the one before is removed from here.
   */
  setUser(token: string | undefined): void
}
