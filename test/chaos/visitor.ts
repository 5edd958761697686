import { Broken, type DirectLine } from './direct-line'
import { Follower } from './follower'
import { clock, type Reading, type Record, type Sending } from './record'

/** Something that a visitor wrote; `id` once the server has acknowledged it. */
interface Message {
  readonly key: string
  readonly text: string
  readonly sending: Sending
  id?: string
}

/** A conversation as its visitor remembers it. */
export interface Remembered {
  readonly id: string
  readonly resume: string
  readonly messages: Message[]
  readonly reading: Reading
  readonly follower: Follower | undefined
}

/** Rows on a page at most: one that is not full has all that was there. */
const pageRows = 32

/** Below the ten that one conversation may send at once, so that nothing is refused. */
const messagesEach = 8

/** What somebody types who climbs a ladder. Each of them gets one reply, whatever came before it. */
export const words = [
  'my photos are not uploading to the shared album',
  'iphone',
  'no',
  'no, still waiting',
  'already tried',
  'no',
  'that did not help',
  'no',
] as const

/** A visitor who writes conversation after conversation, and comes back after the server was killed. */
export class Visitor {
  readonly #name: string
  readonly #record: Record
  readonly #hasStream: boolean
  readonly #onAck: () => void
  #conversation: Remembered | undefined
  #token = ''
  #watermark = '0'
  #written = 0
  /** Conversations that are complete and wait to be read to the end. */
  readonly finished: Remembered[] = []

  /** With `hasStream` a socket follows each conversation beside. */
  constructor(options: { name: string; record: Record; hasStream: boolean; onAck: () => void }) {
    this.#name = options.name
    this.#record = options.record
    this.#hasStream = options.hasStream
    this.#onAck = options.onAck
  }

  /** Writes until the connection breaks. Throws when the server answers anything that it should not. */
  async write(line: DirectLine): Promise<void> {
    try {
      for (;;) {
        await this.#arrive(line)
        await this.#repeat(line)
        await this.#say(line)
      }
    } catch (error) {
      if (!(error instanceof Broken)) throw error
      // The token is asked for anew after a break, as the page does.
      this.#token = ''
    }
  }

  /** Comes back once more and repeats what was never acknowledged, without writing anything new. */
  async finish(line: DirectLine): Promise<void> {
    if (!this.#conversation) return
    await this.#arrive(line)
    await this.#repeat(line)
    await this.#handOver(this.#conversation)
  }

  async #arrive(line: DirectLine): Promise<void> {
    if (this.#token) return
    const known = this.#conversation
    const { token, conversationId, resume } = await line.token(known?.resume)
    if (known && known.id !== conversationId)
      throw new Error(`The conversation ${known.id} was not found again by its resume secret.`)
    // From here on the visitor knows the secret, and comes back with it if the next call breaks.
    this.#conversation ??= this.#begin(conversationId, resume)
    await line.start(token)
    await this.#conversation.follower?.open(line, token)
    this.#token = token
  }

  #begin(id: string, resume: string): Remembered {
    this.#watermark = '0'
    const reader = this.#name
    return {
      id,
      resume,
      messages: [],
      reading: this.#record.begin({ reader, kind: 'polling', conversation: id, from: 0 }),
      follower: this.#hasStream ? new Follower(this.#record, reader, id) : undefined,
    }
  }

  async #handOver(conversation: Remembered): Promise<void> {
    this.finished.push(conversation)
    this.#conversation = undefined
    this.#token = ''
    await conversation.follower?.close()
  }

  /** A client that got no answer sends the same message again; here twice at once, as impatient ones do. */
  async #repeat(line: DirectLine): Promise<void> {
    const conversation = this.#conversation
    const message = conversation?.messages.find(({ id }) => id === undefined)
    if (!conversation || !message) return
    const [first, second] = await Promise.all([
      line.say(conversation.id, this.#token, message),
      line.say(conversation.id, this.#token, message),
    ])
    message.sending.ack(second.id)
    this.#acknowledge(message, first.id)
  }

  async #say(line: DirectLine): Promise<void> {
    const conversation = this.#conversation
    if (!conversation) return
    if (conversation.messages.length === messagesEach) return this.#handOver(conversation)
    this.#written += 1
    const key = `${this.#name}-${this.#written}`
    const text = `${words[conversation.messages.length] ?? 'no'} (${key})`
    const sending = this.#record.send({ conversation: conversation.id, key, text })
    const message: Message = { key, text, sending }
    conversation.messages.push(message)
    const { id } = await line.say(conversation.id, this.#token, message)
    this.#acknowledge(message, id)
    await this.#readOn(line, conversation)
  }

  #acknowledge(message: Message, id: string): void {
    message.id = id
    message.sending.ack(id)
    this.#onAck()
  }

  async #readOn(line: DirectLine, { id, reading }: Remembered): Promise<void> {
    const asked = clock()
    const { activities, watermark } = await line.read(id, this.#token, this.#watermark)
    this.#watermark = watermark
    reading.see(activities, watermark, activities.length < pageRows ? asked : undefined)
  }
}
