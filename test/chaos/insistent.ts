import { setTimeout as sleep } from 'node:timers/promises'
import { Broken, Unavailable, type DirectLine } from './direct-line'
import { clock, type Record } from './record'
import { words } from './visitor'

/** After an answer that did not come, in milliseconds. */
const againMs = 30
/** Rows on a page at most: one that is not full has all that was there. */
const pageRows = 32

/** A conversation as whoever had it remembers it. */
export interface Had {
  readonly id: string
  readonly resume: string
  readonly messages: readonly string[]
}

/** Somebody who writes to one server and reads from the next, and repeats under the same key what was not acknowledged, until it is. */
export class Insistent {
  readonly #lines: readonly DirectLine[]
  readonly #record: Record
  readonly #name: string
  #turn = 0
  #written = 0

  constructor(options: { lines: readonly DirectLine[]; record: Record; name: string }) {
    this.#lines = options.lines
    this.#record = options.record
    this.#name = options.name
  }

  /** One conversation, from its token to the end of its words; `onAck` hears of each acknowledgement. */
  async talk(onAck: () => void, isOver: () => boolean): Promise<Had> {
    const { token, conversationId: id, resume } = await this.#insist((line) => line.token())
    await this.#insist((line) => line.start(token))
    const view = { kind: 'polling', conversation: id, from: 0 } as const
    const reading = this.#record.begin({ reader: this.#name, ...view })
    const messages: string[] = []
    let after = '0'
    for (const word of words) {
      if (isOver()) break
      const key = `${this.#name}-${(this.#written += 1)}`
      const text = `${word} (${key})`
      const sending = this.#record.send({ conversation: id, key, text })
      messages.push(key)
      const acknowledged = await this.#insist((line) => line.say(id, token, { key, text }))
      sending.ack(acknowledged.id)
      onAck()
      const asked = clock()
      const { activities, watermark } = await this.#insist((line) => line.read(id, token, after))
      after = watermark
      reading.see(activities, watermark, activities.length < pageRows ? asked : undefined)
    }
    return { id, resume, messages }
  }

  /** Each call goes to the next server. */
  async #insist<T>(call: (line: DirectLine) => Promise<T>): Promise<T> {
    for (;;) {
      const line = this.#lines[(this.#turn += 1) % this.#lines.length]
      if (!line) throw new Error('There is no server.')
      try {
        return await call(line)
      } catch (error) {
        if (!(error instanceof Broken || error instanceof Unavailable)) throw error
        await sleep(againMs)
      }
    }
  }
}
