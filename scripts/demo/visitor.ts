import type { DemoPerson } from './people'

/** How often somebody looks whether they were answered, in milliseconds. */
const lookEvery = 2_000
/** How long somebody takes to write an answer, in milliseconds. */
const thinks = 4_000

interface Activity {
  readonly id: string
  readonly from: { readonly id: string }
  readonly text?: string
  readonly suggestedActions?: {
    readonly actions: readonly { readonly title: string; readonly value: unknown }[]
  }
}

/** One of the people of the demo, talking to the server like any chat page. */
export class DemoVisitor {
  readonly #url: string
  readonly #person: DemoPerson
  #conversation = ''
  #token = ''
  #watermark = '0'
  #heard: Activity[] = []
  #answers: string[]
  #looking: NodeJS.Timeout | undefined

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
    const { name } = this.#person
    const { token, conversationId } = await this.#post<{ token: string; conversationId: string }>(
      '/api/chat/token',
      name === undefined ? {} : { user: { name } },
    )
    this.#token = token
    this.#conversation = conversationId
    await this.#post('/v3/directline/conversations', {})
    await this.#hear(0)
    for (const line of this.#person.says) {
      const before = this.#heard.length
      await this.say(line)
      await this.#hear(before + 1)
    }
  }

  /** Answers agents from now on, as somebody would. */
  stay(): void {
    this.#looking = setInterval(() => void this.#look(), lookEvery)
  }

  leave(): void {
    clearInterval(this.#looking)
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

  async #look(): Promise<void> {
    const fresh = await this.#read().catch(() => [])
    // What agents say and send comes from this sender, whoever they are.
    const answer = fresh.some(({ from }) => from.id === 'agent') && this.#answers.shift()
    if (answer) setTimeout(() => void this.say(answer).catch(() => undefined), thinks)
  }

  /** Reads until more than so many messages of the other side were heard. */
  async #hear(before: number): Promise<void> {
    for (let tries = 0; tries < 200 && this.#heard.length <= before; tries += 1) {
      await this.#read()
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  async #read(): Promise<readonly Activity[]> {
    const answer = await fetch(
      `${this.#url}/v3/directline/conversations/${this.#conversation}/activities?watermark=${this.#watermark}`,
      { headers: { authorization: `Bearer ${this.#token}` } },
    )
    const { activities, watermark } = (await answer.json()) as {
      activities: Activity[]
      watermark: string
    }
    this.#watermark = watermark
    this.#heard.push(...activities)
    return activities
  }

  async #post<T>(path: string, body: object): Promise<T> {
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
