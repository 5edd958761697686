import type { Presence, Typist } from '../../../conversations'
import type { Log } from '../../../log'
import { isTeamsConversation, type Addresses } from '../addresses'
import type { Connector } from './connector'
import { drawTyping } from './draw'
import type { Sender } from './sender'

export interface TypingOptions {
  readonly presence: Presence
  readonly addresses: Pick<Addresses, 'get'>
  readonly connector: Connector
  readonly sender: Pick<Sender, 'isWaiting' | 'hasRoom'>
  readonly log: Log
  readonly now: () => number
}

/** Teams shows the sign for some seconds; a new one is sent at most this often, in milliseconds. */
const sentEvery = 3_000

/**
 * Shows people in Teams that an agent types. Beside the sender and never in its way: such a call is made once, whatever
 * comes of it, and is no part of the log, of deliveries or of the sender's pauses.
 */
export class Typing {
  readonly #options: TypingOptions
  /** Conversations that got the sign a moment ago, or to which Teams wants no call yet, and until when. */
  readonly #notBefore = new Map<string, number>()
  readonly #running = new Set<Promise<void>>()
  #stopHints: (() => void) | undefined

  constructor(options: TypingOptions) {
    this.#options = options
  }

  start(): void {
    this.#stopHints = this.#options.presence.onTyping((conversation, who) =>
      this.#hear(conversation, who),
    )
  }

  /** Shows no more, and lets the calls under way end. */
  async stop(): Promise<void> {
    this.#stopHints?.()
    await Promise.all(this.#running)
  }

  #hear(conversation: string, { role }: Typist): void {
    const at = this.#options.now()
    if (role !== 'agent' || !isTeamsConversation(conversation)) return
    if ((this.#notBefore.get(conversation) ?? 0) > at) return
    this.#forgetPast(at)
    this.#notBefore.set(conversation, at + sentEvery)
    const run = this.#show(conversation)
      .catch((error: unknown) =>
        this.#options.log.debug({ conversation, err: error }, 'a sign of typing was not sent'),
      )
      .finally(() => this.#running.delete(run))
    this.#running.add(run)
  }

  async #show(conversation: string): Promise<void> {
    const { addresses, connector, sender, now } = this.#options
    if (sender.isWaiting(conversation)) return
    const address = await addresses.get(conversation)
    if (!address || address.isPaused || !sender.hasRoom(address)) return
    const posted = await connector.post(address, drawTyping(address))
    if (posted.kind === 'later')
      this.#notBefore.set(conversation, now() + Math.max(sentEvery, posted.retryInMs))
  }

  #forgetPast(at: number): void {
    for (const [conversation, until] of this.#notBefore)
      if (until <= at) this.#notBefore.delete(conversation)
  }
}
