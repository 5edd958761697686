import { EventEmitter } from 'node:events'
import type { Peers, Typist } from '../storage'

export type { Typist } from '../storage'

export interface PresenceOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Conversations whose channel tells the person of what is said, wherever they are. By default none. */
  readonly isNotified?: (conversation: string) => boolean
  /** Other servers, whose people and agents type, too. */
  readonly peers?: Peers | undefined
}

/** One who goes on typing is told on at most this often, in milliseconds. */
const typingEvery = 1_000
/** A client that polls asks every second; one that has not asked for so long is gone, in milliseconds. */
const askedFor = 30_000
/** Conversations remembered of each kind; who is forgotten counts as one that never typed or asked. */
const mostRemembered = 50_000

/**
 * Who types, and whose page is open. Hints of this process alone: nothing of it is ever a row of the log, all of it may
 * be lost, and what has to be known after a restart is written down elsewhere.
 */
export class Presence {
  readonly #options: PresenceOptions
  readonly #hints = new EventEmitter().setMaxListeners(0)
  readonly #typed = new Map<string, number>()
  readonly #asked = new Map<string, number>()
  readonly #streams = new Map<string, number>()

  constructor(options: PresenceOptions) {
    this.#options = options
    options.peers?.onTold((signal) => {
      if ('typing' in signal) this.#hints.emit('typing', signal.typing, signal.who)
    })
  }

  /** Somebody types in this conversation. */
  typed(conversation: string, who: Typist): void {
    const now = this.#options.now()
    const key = `${who.role} ${conversation}`
    if (isWithin(typingEvery, this.#typed.get(key), now)) return
    remember(this.#typed, key, now)
    this.#hints.emit('typing', conversation, who)
    this.#options.peers?.tell({ typing: conversation, who })
  }

  /** Calls back when somebody types. Returns how to stop. */
  onTyping(listener: (conversation: string, who: Typist) => void): () => void {
    this.#hints.on('typing', listener)
    return () => this.#hints.off('typing', listener)
  }

  /** The person's page is open, or has asked a moment ago, or the channel reaches them anyway. */
  isHere(conversation: string): boolean {
    if (this.#options.isNotified?.(conversation) || this.#streams.has(conversation)) return true
    return isWithin(askedFor, this.#asked.get(conversation), this.#options.now())
  }

  /** A page has opened a stream of this conversation. Returns what to call, once, when it has closed. */
  opened(conversation: string): () => void {
    this.#streams.set(conversation, (this.#streams.get(conversation) ?? 0) + 1)
    return () => {
      const left = (this.#streams.get(conversation) ?? 0) - 1
      if (left > 0) this.#streams.set(conversation, left)
      else this.#streams.delete(conversation)
    }
  }

  /** A page has asked for something: it polls, or is about to open a stream, so that even a short visit is noticed. */
  asked(conversation: string): void {
    remember(this.#asked, conversation, this.#options.now())
  }
}

/** Whether `then` is less than `span` ago; a clock that was set back makes no moment last. */
const isWithin = (span: number, then: number | undefined, now: number): boolean =>
  then !== undefined && Math.abs(now - then) < span

/** The first key of the map is always the one not heard of for longest. */
function remember(map: Map<string, number>, key: string, at: number): void {
  map.delete(key)
  map.set(key, at)
  if (map.size > mostRemembered) map.delete(map.keys().next().value ?? '')
}
