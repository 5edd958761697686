import type { Log } from './log'
import type { Database, Peers } from './storage'

/** A part of the server that works by itself, and can be started again after it was stopped. */
export interface Part {
  start(): void | Promise<void>
  stop(): void | Promise<void>
}

/** How often it is looked whether the duty is still here, in milliseconds. */
const lookEvery = 100

/** Of several servers one posts to others. This one may have stood still and not been told yet: another may be at it. */
export const standsAside = ({ peers }: Pick<Database, 'peers'>): boolean => peers?.hasDuty === false

/**
 * What one server does for all on a database: timers, erasing by age, and whatever posts to others, which has to keep an
 * order and a pace. A server that has the database for itself always has the duty.
 */
export class Duty {
  readonly #parts: readonly Part[]
  readonly #peers: Peers | undefined
  readonly #log: Log
  #looking: NodeJS.Timeout | undefined
  #isOn = false
  /** One change at a time. */
  #changes: Promise<void> = Promise.resolve()

  constructor(options: {
    readonly parts: readonly Part[]
    readonly peers: Peers | undefined
    readonly log: Log
  }) {
    this.#parts = options.parts
    this.#peers = options.peers
    this.#log = options.log
  }

  start(): void {
    this.#look()
    if (this.#peers) this.#looking = setInterval(() => this.#look(), lookEvery).unref()
  }

  /** Ends what is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#looking)
    this.#turn(false)
    await this.#changes
    await this.#peers?.giveUpDuty()
  }

  #look(): void {
    const isOn = this.#peers?.hasDuty ?? true
    if (isOn === this.#isOn) return
    if (this.#peers)
      this.#log.info(isOn ? 'this server has the duty' : 'another server has the duty')
    this.#turn(isOn)
  }

  async #stopAll(): Promise<void> {
    await Promise.all(this.#parts.map((part) => this.#run(() => part.stop())))
  }

  async #run(change: () => void | Promise<void>): Promise<void> {
    try {
      await change()
    } catch (error) {
      this.#log.error({ err: error }, 'a part could not take up its duty, or end it')
    }
  }

  #turn(isOn: boolean): void {
    if (isOn === this.#isOn) return
    this.#isOn = isOn
    this.#changes = this.#changes
      // Nobody waits for what a part begins with: the duty may be gone before that is done.
      .then(() =>
        isOn ? this.#parts.forEach((part) => void this.#run(() => part.start())) : this.#stopAll(),
      )
  }
}
