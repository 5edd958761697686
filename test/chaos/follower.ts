import { WebSocket } from 'ws'
import type { DirectLine, Heard } from './direct-line'
import type { View } from './checker/history'
import { clock, type Record } from './record'

/** Follows one conversation over sockets, across restarts: each socket begins where the one before it ended. */
export class Follower {
  readonly #record: Record
  readonly #reader: string
  readonly #conversation: string
  #socket: WebSocket | undefined
  #watermark: string
  #closedAt = 0
  /** How long it took from the end of a socket until the next was open, in milliseconds. */
  readonly gaps: number[] = []
  /** When the server asked it to come back, in milliseconds from the end of the last socket. */
  backInMs = 0

  constructor(record: Record, reader: string, conversation: string, watermark = '0') {
    this.#record = record
    this.#reader = reader
    this.#conversation = conversation
    this.#watermark = watermark
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN
  }

  /** How far it has come. */
  get seq(): number {
    return Number(this.#watermark)
  }

  /** Opens a socket; one that breaks is not opened again by itself. `more` is what else is known of the view. */
  async open(
    line: DirectLine,
    token: string,
    more: Pick<View, 'isAhead' | 'reachesEnd'> = {},
  ): Promise<void> {
    await this.close()
    const conversation = this.#conversation
    const { streamUrl } = await line.reconnect(conversation, token, this.#watermark)
    const socket = new WebSocket(streamUrl)
    this.#socket = socket
    const reading = this.#record.begin({
      reader: this.#reader,
      kind: 'stream',
      conversation,
      from: Number(this.#watermark),
      ...more,
    })
    socket.on('error', () => undefined)
    socket.once('close', (_code, reason: Buffer) => {
      this.#closedAt = clock()
      this.backInMs = Number(/Come back in (\d+) ms/.exec(reason.toString())?.[1] ?? 0)
    })
    socket.on('message', (data: Buffer) => {
      const { activities, watermark } = JSON.parse(data.toString()) as {
        activities: Heard[]
        watermark?: string
      }
      if (watermark === undefined) return
      this.#watermark = watermark
      reading.see(activities, watermark)
    })
    // It opens, or the server is gone.
    await new Promise((resolve) => socket.once('open', resolve).once('close', resolve))
    if (this.isOpen && this.#closedAt > 0) this.gaps.push(clock() - this.#closedAt)
  }

  /** Nothing comes any more. */
  async close(): Promise<void> {
    const socket = this.#socket
    this.#socket = undefined
    if (!socket || socket.readyState === WebSocket.CLOSED) return
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.terminate()
    await closed
  }
}
