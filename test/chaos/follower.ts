import { WebSocket } from 'ws'
import type { DirectLine, Heard } from './direct-line'
import type { Record } from './record'

/** Follows one conversation over sockets, across restarts: each socket begins where the one before it ended. */
export class Follower {
  readonly #record: Record
  readonly #reader: string
  readonly #conversation: string
  #socket: WebSocket | undefined
  #watermark = '0'

  constructor(record: Record, reader: string, conversation: string) {
    this.#record = record
    this.#reader = reader
    this.#conversation = conversation
  }

  /** Opens a socket; one that breaks is not opened again by itself. */
  async open(line: DirectLine, token: string): Promise<void> {
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
    })
    socket.on('error', () => undefined)
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
