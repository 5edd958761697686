import { Agent } from 'node:http'
import { WebSocket } from 'ws'
import { post } from './post'
import type { Load, Person } from './load'

interface Heard {
  readonly from: { readonly role: string }
  readonly text?: string
  readonly replyToId?: string
  readonly suggestedActions?: { readonly actions: readonly { readonly title: string }[] }
}

/**
 * Visitors of the web chat, each with a stream of their own. A turn is done when the message is acknowledged and the
 * reply to it, which names it, has come over the stream.
 */
export async function createVisitorLoad(port: number, parallel: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: parallel })
  const visitors = await Promise.all(
    Array.from({ length: parallel }, () => openVisitor(agent, port)),
  )
  return {
    people: visitors,
    async close() {
      await Promise.all(visitors.map((visitor) => visitor.close()))
      agent.destroy()
    },
  }
}

async function openVisitor(
  agent: Agent,
  port: number,
): Promise<Person & { close(): Promise<void> }> {
  const { token, conversationId } = await post<{ token: string; conversationId: string }>(agent, {
    port,
    path: '/api/chat/token',
  })
  const { streamUrl } = await post<{ streamUrl: string }>(agent, {
    port,
    path: '/v3/directline/conversations',
    token,
  })
  const stream = new WebSocket(streamUrl)
  const replies = new Replies()
  stream.on('message', (frame: Buffer) => {
    const { activities } = JSON.parse(frame.toString()) as { activities: Heard[] }
    for (const activity of activities) if (activity.from.role === 'bot') replies.push(activity)
  })
  // The greeting: from here on the conversation is quiet until the visitor writes.
  let last = await replies.next()
  let turns = 0
  return {
    async turn() {
      turns += 1
      const before = performance.now()
      const sent = post<{ id: string }>(agent, {
        port,
        path: `/v3/directline/conversations/${conversationId}/activities`,
        token,
        body: {
          type: 'message',
          text: nextWords(last),
          locale: 'en-GB',
          localTimezone: 'Europe/London',
          channelData: { clientActivityID: `${conversationId}-${turns}` },
        },
      }).then(({ id }) => ({ id, ackMs: performance.now() - before }))
      const [{ id, ackMs }, reply] = await Promise.all([sent, replies.next()])
      if (reply.replyToId !== id) throw new Error(`The reply to ${id} answers ${reply.replyToId}.`)
      last = reply
      return { ackMs }
    },
    close: () =>
      new Promise((resolve) => {
        stream.once('close', () => resolve())
        stream.close()
      }),
  }
}

/** What somebody types who goes up a whole ladder, is offered a person at its end, and begins again. */
function nextWords({ text = '', suggestedActions }: Heard): string {
  const titles = suggestedActions?.actions.map(({ title }) => title) ?? []
  if (text.includes('What do you see?')) return "I can't add photos to a shared album"
  if (text.startsWith('Did you mean')) return titles[0] ?? 'no'
  if (titles.includes('iPhone')) return 'iphone'
  if (titles.includes('Only me')) return 'only me'
  if (titles.includes('Mine')) return 'mine'
  if (titles.includes('Not sure')) return 'not sure'
  if (titles.includes('Send')) return 'start over'
  if (titles.includes('Skip it')) return 'skip it'
  return 'no'
}

/** The bot's replies in order, for one who waits. */
class Replies {
  readonly #come: Heard[] = []
  #waiting: ((reply: Heard) => void) | undefined

  push(reply: Heard): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting) waiting(reply)
    else this.#come.push(reply)
  }

  next(): Promise<Heard> {
    const come = this.#come.shift()
    if (come) return Promise.resolve(come)
    return new Promise((resolve) => {
      this.#waiting = resolve
    })
  }
}
