import { standsAside } from '../../duty'
import type { Log } from '../../log'
import type { Database } from '../../storage'
import { inMarkdown, Pauses } from '../teams'
import { selectUntold } from './case-rows'
import type { DeskConnector } from './desk-connector'

export interface NoticeOptions {
  readonly database: Database
  readonly connector: DeskConnector
  readonly log: Log
  readonly now: () => number
  readonly sweepMs?: number | undefined
}

const mostAtOnce = 20
const pausing = 'notices'

/**
 * Tells agents in the thread why something they wrote there was not passed on. What is to be told lies in the rows, so
 * nobody believes after a restart that the person has read it.
 */
export class Notices {
  readonly #options: NoticeOptions
  readonly #pauses: Pauses
  #sweep: NodeJS.Timeout | undefined
  #telling: Promise<void> | undefined
  #isStopped = true

  constructor(options: NoticeOptions) {
    this.#options = options
    this.#pauses = new Pauses(options.now)
  }

  start(): void {
    this.#isStopped = false
    this.#sweep = setInterval(() => this.look(), this.#options.sweepMs ?? 1_000).unref()
    this.look()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    clearInterval(this.#sweep)
    await this.#telling
  }

  look(): void {
    if (this.#isStopped || this.#pauses.has(pausing)) return
    this.#telling ??= this.#tellAll()
      .catch((error: unknown) => {
        this.#pauses.begin(pausing, 0)
        this.#options.log.error({ err: error }, 'notices for the desk could not be read or noted')
      })
      .finally(() => (this.#telling = undefined))
  }

  async #tellAll(): Promise<void> {
    const { database, connector, log, now } = this.#options
    for (const notice of await database.read(selectUntold, { limit: mostAtOnce })) {
      if (this.#isStopped || standsAside(database)) return
      const answer = await connector.say(notice.thread, inMarkdown(notice.notice ?? ''))
      if (answer.kind === 'later') {
        this.#pauses.begin(pausing, answer.retryInMs)
        return
      }
      this.#pauses.end(pausing)
      if (answer.kind !== 'done')
        log.warn({ reason: answer.reason }, 'a notice for the desk was not taken; it is passed')
      await database.write('tellDeskNotice', { id: notice.id, at: now() })
    }
  }
}
