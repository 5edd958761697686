import type { Body, Row } from '../../../conversations'
import type { StoredAddress } from '../addresses'
import type { Connector, Posted } from './connector'
import { draw, drawShort } from './draw'

/** How far a row is that takes more than one message. */
interface Progress {
  readonly seq: number
  readonly posted: number
  /** Teams found it too long. */
  readonly isShort: boolean
}

/**
 * Posts rows, one message at each call; few need a second. How far a long one came is in memory only: a restart in the
 * middle of one says its beginning once more.
 */
export class RowPoster {
  readonly #connector: Pick<Connector, 'post'>
  readonly #progress = new Map<string, Progress>()

  constructor(connector: Pick<Connector, 'post'>) {
    this.#connector = connector
  }

  /** The next message of a row. `more`: it went well, and another is to follow. */
  async post(
    address: StoredAddress,
    row: Row & { body: Body },
  ): Promise<Posted | { readonly kind: 'more' }> {
    const { conversation } = address
    const { seq } = row
    const known = this.#progress.get(conversation)
    const { posted, isShort } = known?.seq === seq ? known : { posted: 0, isShort: false }
    const messages = isShort ? [drawShort(row.body, address)] : draw(row.body, address)
    const message = messages[posted] ?? drawShort(row.body, address)
    const answer = await this.#connector.post(address, message)
    if (answer.kind === 'refused' && answer.isTooLong && !isShort)
      return this.#goOn(conversation, { seq, posted: 0, isShort: true })
    if (answer.kind === 'sent' && posted + 1 < messages.length)
      return this.#goOn(conversation, { seq, posted: posted + 1, isShort })
    if (answer.kind === 'sent' || answer.kind === 'refused') this.#progress.delete(conversation)
    return answer
  }

  #goOn(conversation: string, progress: Progress): { readonly kind: 'more' } {
    this.#progress.set(conversation, progress)
    return { kind: 'more' }
  }
}
