import { briefLines } from '../../dialogs'
import type { Log } from '../log'
import type { Handoff, Handoffs } from './handoffs'

/** How often new hand-offs are looked for, in milliseconds. */
const lookEvery = 1_000
/** How long the webhook may take, in milliseconds. */
const patience = 10_000
/** After a failure, how long until the next try; it doubles up to the last. */
const firstPause = 2_000
const longestPause = 300_000

export interface AnnouncerOptions {
  readonly handoffs: Handoffs
  readonly log: Log
  readonly now: () => number
  readonly webhookUrl?: string | undefined
  /** Where the case can be read, for the people who are told. */
  readonly consoleUrl: string
}

/**
 * Tells people of every hand-off: a line in the server's log, and a POST if a webhook is set.
 * What was not delivered is tried again, after a restart too, since it stays unannounced in the database.
 */
export class Announcer {
  readonly #options: AnnouncerOptions
  readonly #logged = new Set<string>()
  #looking: NodeJS.Timeout | undefined
  #pause = 0
  #notBefore = 0

  constructor(options: AnnouncerOptions) {
    this.#options = options
  }

  start(): void {
    this.#looking = setInterval(() => void this.look(), lookEvery).unref()
  }

  stop(): void {
    clearInterval(this.#looking)
  }

  /** Announces what nobody was told of yet. */
  async look(): Promise<void> {
    const { handoffs, log, now } = this.#options
    if (now() < this.#notBefore) return
    this.#notBefore = Number.POSITIVE_INFINITY
    const waiting = await this.#waiting()
    for (const handoff of waiting) this.#logOnce(handoff)
    let failed = false
    for (const handoff of waiting) {
      try {
        await this.#post(handoff)
        await handoffs.noteAnnounced(handoff.id, now())
        this.#logged.delete(handoff.id)
      } catch (error) {
        failed = true
        log.warn(
          { err: error, handoff: handoff.id },
          'a hand-off could not be announced; it is tried again',
        )
      }
    }
    this.#pause = failed
      ? Math.min(this.#pause === 0 ? firstPause : this.#pause * 2, longestPause)
      : 0
    this.#notBefore = now() + this.#pause
  }

  async #waiting(): Promise<readonly Handoff[]> {
    try {
      return await this.#options.handoffs.unannounced()
    } catch (error) {
      this.#options.log.warn({ err: error }, 'hand-offs could not be read; they are tried again')
      return []
    }
  }

  #logOnce(handoff: Handoff): void {
    if (this.#logged.has(handoff.id)) return
    this.#logged.add(handoff.id)
    this.#options.log.info(
      { handoff: handoff.id, reason: handoff.reason, url: this.#urlOf(handoff) },
      'somebody asks for a person',
    )
  }

  async #post(handoff: Handoff): Promise<void> {
    const { webhookUrl } = this.#options
    if (!webhookUrl) return
    const response = await fetch(webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': handoff.id },
      body: JSON.stringify({
        event: 'handoff.initiate',
        id: handoff.id,
        conversation: handoff.conversation,
        reason: handoff.reason,
        createdAt: new Date(handoff.createdAt).toISOString(),
        summary: briefLines(handoff.brief),
        brief: handoff.brief,
        url: this.#urlOf(handoff),
      }),
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    })
    await response.body?.cancel()
    if (!response.ok) throw new Error(`The webhook answered ${response.status}.`)
  }

  #urlOf({ id }: Handoff): string {
    return caseLink(this.#options.consoleUrl, id)
  }
}

/** Where an agent opens a case. */
export const caseLink = (consoleUrl: string, ticket: string): string =>
  `${consoleUrl}#case=${encodeURIComponent(ticket)}`
