import type { Log } from '../../log'
import type { Peers, Signal } from '../database'
import { Leases } from './leases'
import { Signals } from './signals'

/** The other servers on the same database: who of them lives, which of them has the duty, and hints to and from them. */
export class PostgresPeers implements Peers {
  readonly id: string
  readonly #leases: Leases
  readonly #signals: Signals

  constructor(options: { readonly id: string; readonly url: string; readonly log: Log }) {
    this.id = options.id
    this.#leases = new Leases(options)
    this.#signals = new Signals(options)
  }

  async start(): Promise<void> {
    await this.#leases.start()
    this.#signals.start()
  }

  get hasDuty(): boolean {
    return this.#leases.hasDuty
  }

  get isReachable(): boolean {
    return this.#leases.isReachable
  }

  get aheadMs(): number {
    return this.#leases.aheadMs
  }

  giveUpDuty(): Promise<void> {
    return this.#leases.giveUpDuty()
  }

  living(): Promise<ReadonlySet<string> | undefined> {
    return this.#leases.living()
  }

  tell(signal: Signal): void {
    this.#signals.tell(signal)
  }

  onTold(listener: (signal: Signal) => void): () => void {
    return this.#signals.onTold(listener)
  }

  async stop(): Promise<void> {
    await this.#leases.stop()
    await this.#signals.stop()
  }
}
