import { setTimeout as sleep } from 'node:timers/promises'
import { Broken, type DirectLine } from './direct-line'
import { Follower } from './follower'
import { clock, type Record, type Sending } from './record'
import { words } from './visitor'

/** How long somebody waits who was not let in, at the least and how much more. */
const againMs = 200
const moreMs = 400

/** Somebody who has one conversation, follows it over a socket, and stays whatever happens to the server. */
export class Guest {
  readonly #name: string
  readonly #line: DirectLine
  readonly #record: Record
  readonly #random: () => number
  readonly #onRefused: () => void
  #id = ''
  #token = ''
  #follower: Follower | undefined
  #unsure: { readonly key: string; readonly text: string; readonly sending: Sending } | undefined
  resume = ''
  /** What was said. */
  readonly messages: string[] = []

  constructor(options: {
    readonly name: string
    readonly line: DirectLine
    readonly record: Record
    readonly random: () => number
    /** What was asked was not done, and is asked again. */
    readonly onRefused?: () => void
  }) {
    this.#name = options.name
    this.#line = options.line
    this.#record = options.record
    this.#random = options.random
    this.#onRefused = options.onRefused ?? (() => undefined)
  }

  /** All that was said has been acknowledged. */
  get isSure(): boolean {
    return this.#unsure === undefined
  }

  /** How long it was away each time, in milliseconds. */
  get gaps(): readonly number[] {
    return this.#follower?.gaps ?? []
  }

  /** Writes about every so many milliseconds. */
  async live(everyMs: number, isOver: () => boolean): Promise<void> {
    let due = performance.now() + this.#random() * everyMs
    while (!isOver()) {
      try {
        await this.#come()
        await this.#repeat()
        if (performance.now() > due && this.messages.length < words.length) {
          due += everyMs
          await this.#say()
        }
        await sleep(100 + this.#random() * 100)
      } catch (error) {
        if (!(error instanceof Broken)) throw error
        this.#onRefused()
        await sleep(againMs + this.#random() * moreMs)
      }
    }
  }

  /** Reads the conversation once more from its beginning. */
  async look(): Promise<void> {
    const view = { reader: `${this.#name} looks`, kind: 'polling', from: 0 } as const
    const reading = this.#record.begin({ ...view, conversation: this.#id })
    const asked = clock()
    const { activities, watermark } = await this.#line.read(this.#id, this.#token, '0')
    reading.see(activities, watermark, asked)
  }

  /** Repeats what was not acknowledged, and leaves. */
  async finish(): Promise<void> {
    await this.#come()
    await this.#repeat()
    await this.#follower?.close()
  }

  async #come(): Promise<void> {
    if (this.#token === '') {
      const { token, conversationId, resume } = await this.#line.token(this.resume || undefined)
      this.resume = resume
      this.#id = conversationId
      await this.#line.start(token)
      this.#token = token
      this.#follower ??= new Follower(this.#record, this.#name, conversationId)
    }
    const follower = this.#follower
    if (!follower || follower.isOpen) return
    // It was told when to come back.
    await sleep(follower.backInMs)
    follower.backInMs = 0
    await follower.open(this.#line, this.#token)
    if (!follower.isOpen) throw new Broken('The stream did not open.')
  }

  async #say(): Promise<void> {
    const key = `${this.#name}-${this.messages.length + 1}`
    const text = `${words[this.messages.length] ?? 'no'} (${key})`
    this.messages.push(text)
    const sending = this.#record.send({ conversation: this.#id, key, text })
    this.#unsure = { key, text, sending }
    await this.#repeat()
  }

  async #repeat(): Promise<void> {
    if (!this.#unsure) return
    const { id } = await this.#line.say(this.#id, this.#token, this.#unsure)
    this.#unsure.sending.ack(id)
    this.#unsure = undefined
  }
}
