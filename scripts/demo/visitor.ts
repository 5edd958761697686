import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { DemoPerson } from './people'

/** How long somebody takes to write an answer, in milliseconds. */
const thinks = 4_000

interface Activity {
  readonly from: { readonly id: string }
  readonly suggestedActions?: {
    readonly actions: readonly { readonly title: string; readonly value: unknown }[]
  }
}

/** One of the people of the demo, talking to the server like any chat page. */
export class DemoVisitor {
  readonly #url: string
  readonly #person: DemoPerson
  readonly #answers: string[]
  readonly #heard: Activity[] = []
  #conversation = ''
  #token = ''
  #stream: WebSocket | undefined
  #isStaying = false

  constructor(url: string, person: DemoPerson) {
    this.#url = url
    this.#person = person
    this.#answers = [...person.answers]
  }

  get conversation(): string {
    return this.#conversation
  }

  /** Opens the chat, tells the bot everything, and asks for a person. */
  async arrive(): Promise<void> {
    const { name, says } = this.#person
    const { token, conversationId } = await this.#post<{ token: string; conversationId: string }>(
      '/api/chat/token',
      name === undefined ? {} : { user: { name } },
    )
    this.#token = token
    this.#conversation = conversationId
    const { streamUrl } = await this.#post<{ streamUrl: string }>('/v3/directline/conversations')
    this.#stream = new WebSocket(streamUrl)
    this.#stream.on('message', (data: Buffer) => this.#hear(data.toString()))
    this.#stream.on('error', () => undefined)
    await once(this.#stream, 'open')
    await this.#hearMoreThan(0)
    await this.tell(says)
  }

  /** Says one after another, each once the one before was answered. */
  async tell(lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      const before = this.#heard.length
      await this.say(line)
      // The echo of their own words, and the answer.
      await this.#hearMoreThan(before + 1)
    }
  }

  /** Waits until a button with this label was offered. */
  async untilOffered(line = ''): Promise<void> {
    const label = /^\[(.+)\]$/.exec(line)?.[1]
    for (let tries = 0; label && tries < 200 && this.#button(label) === undefined; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20))
  }

  /** Answers agents from now on, as somebody would. */
  stay(): void {
    this.#isStaying = true
  }

  leave(): void {
    this.#stream?.close()
  }

  async say(line: string): Promise<void> {
    const label = /^\[(.+)\]$/.exec(line)?.[1]
    const pressed = label === undefined ? undefined : this.#button(label)
    await this.#post(`/v3/directline/conversations/${this.#conversation}/activities`, {
      type: 'message',
      from: { id: 'demo' },
      text: label ?? line,
      ...(pressed === undefined ? {} : { value: pressed }),
    })
  }

  #button(label: string): unknown {
    const buttons = this.#heard.flatMap(({ suggestedActions }) => suggestedActions?.actions ?? [])
    return buttons.findLast(({ title }) => title === label)?.value
  }

  #hear(frame: string): void {
    if (frame === '') return
    const { activities, watermark } = JSON.parse(frame) as {
      activities: Activity[]
      watermark?: string
    }
    // A frame without a watermark says that somebody types.
    if (watermark === undefined) return
    this.#heard.push(...activities)
    // What agents say and send comes from this sender, whoever they are.
    if (!this.#isStaying || !activities.some(({ from }) => from.id === 'agent')) return
    const answer = this.#answers.shift()
    if (answer) setTimeout(() => void this.say(answer).catch(() => undefined), thinks)
  }

  async #hearMoreThan(count: number): Promise<void> {
    for (let tries = 0; tries < 200 && this.#heard.length <= count; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20))
  }

  async #post<T>(path: string, body: object = {}): Promise<T> {
    const answer = await fetch(`${this.#url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
      },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
}
