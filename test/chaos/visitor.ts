import { Broken, type DirectLine } from './direct-line'

/** Something that a visitor wrote; `id` once the server has acknowledged it. */
export interface Message {
  readonly key: string
  readonly text: string
  id?: string
}

/** A conversation as its visitor remembers it. */
export interface Remembered {
  readonly id: string
  readonly resume: string
  readonly messages: Message[]
}

/** Below the ten that one conversation may send at once, so that nothing is refused. */
const messagesEach = 8

/** What somebody types who climbs a ladder. Each of them gets one reply, whatever came before it. */
const words = [
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
  readonly #onAck: () => void
  #conversation: Remembered | undefined
  #token = ''
  #watermark = '0'
  #written = 0
  /** Conversations that are complete and wait to be examined. */
  readonly finished: Remembered[] = []

  constructor(name: string, onAck: () => void) {
    this.#name = name
    this.#onAck = onAck
  }

  /** Conversations that this visitor has begun and not handed over. */
  get open(): Remembered | undefined {
    return this.#conversation
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
    this.finished.push(this.#conversation)
    this.#conversation = undefined
    this.#token = ''
  }

  async #arrive(line: DirectLine): Promise<void> {
    if (this.#token) return
    const known = this.#conversation
    const { token, conversationId, resume } = await line.token(known?.resume)
    if (known && known.id !== conversationId)
      throw new Error(`The conversation ${known.id} was not found again by its resume secret.`)
    // From here on the visitor knows the secret, and comes back with it if the next call breaks.
    this.#conversation ??= { id: conversationId, resume, messages: [] }
    if (!known) this.#watermark = '0'
    await line.start(token)
    this.#token = token
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
    if (first.id !== second.id)
      throw new Error(`${message.key} became ${first.id} and ${second.id}.`)
    this.#acknowledge(message, first.id)
  }

  async #say(line: DirectLine): Promise<void> {
    const conversation = this.#conversation
    if (!conversation) return
    if (conversation.messages.length === messagesEach) {
      this.finished.push(conversation)
      this.#conversation = undefined
      this.#token = ''
      return
    }
    this.#written += 1
    const key = `${this.#name}-${this.#written}`
    const text = `${words[conversation.messages.length] ?? 'no'} (${key})`
    const message: Message = { key, text }
    conversation.messages.push(message)
    const { id } = await line.say(conversation.id, this.#token, message)
    this.#acknowledge(message, id)
    await this.#readOn(line, conversation, message)
  }

  #acknowledge(message: Message, id: string): void {
    message.id = id
    this.#onAck()
  }

  /** What was acknowledged can be read at once, and a watermark never goes back. */
  async #readOn(line: DirectLine, conversation: Remembered, message: Message): Promise<void> {
    const { activities, watermark } = await line.read(conversation.id, this.#token, this.#watermark)
    if (Number(watermark) < Number(this.#watermark))
      throw new Error(`The watermark of ${conversation.id} went back to ${watermark}.`)
    this.#watermark = watermark
    if (!activities.some(({ id }) => id === message.id))
      throw new Error(`${message.key} was acknowledged and cannot be read.`)
  }
}
