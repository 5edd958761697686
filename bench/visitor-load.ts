import { Agent } from 'node:http'
import { WebSocket } from 'ws'
import { nextWords, type Heard } from './next-words'
import { post } from './post'
import type { Load, Person } from './turns'

/** So many visitors come at the same time; more of them would wait in the server's own line. */
const comeTogether = 64

/** Connections for requests that stay open, as a reverse proxy keeps them; no message waits for one of them. */
const mostConnections = 512

/** Whoever hears nothing for so long has lost the reply, in milliseconds. */
const replyMs = 15_000

interface Visitor extends Person {
  close(): Promise<void>
}

/**
 * Visitors of the web chat, each with a stream of their own. A turn is done when the message is acknowledged and the
 * reply to it, which names it, has come over the stream. With several instances of the server each visitor's stream
 * comes from one of them and their messages go to all in turn.
 */
export async function createVisitorLoad(ports: readonly number[], count: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: mostConnections })
  const visitors: Visitor[] = []
  let next = 0
  const openSome = async () => {
    while (next < count) {
      const which = next
      next += 1
      visitors.push(await openVisitor(agent, ports, which))
    }
  }
  await Promise.all(Array.from({ length: Math.min(comeTogether, count) }, openSome))
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
  ports: readonly number[],
  which: number,
): Promise<Visitor> {
  const portOf = (turn: number) => ports[(which + turn) % ports.length] ?? 0
  const { token, conversationId } = await post<{ token: string; conversationId: string }>(agent, {
    port: portOf(1),
    path: '/api/chat/token',
  })
  const { streamUrl } = await post<{ streamUrl: string }>(agent, {
    port: portOf(0),
    path: '/v3/directline/conversations',
    token,
  })
  const stream = new WebSocket(streamUrl)
  const replies = new Replies()
  stream.on('message', (frame: Buffer) => {
    const { activities } = JSON.parse(frame.toString()) as { activities: Heard[] }
    for (const activity of activities) if (activity.from.role === 'bot') replies.push(activity)
  })
  stream.on('error', (error) => replies.fail(error))
  stream.on('close', () => replies.fail(new Error('The stream was closed.')))
  // The greeting: from here on the conversation is quiet until the visitor writes.
  let last = await replies.next()
  let turns = 0
  return {
    async turn() {
      turns += 1
      const before = performance.now()
      const sent = post<{ id: string }>(agent, {
        port: portOf(turns),
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
        if (stream.readyState === stream.CLOSED) return resolve()
        stream.once('close', () => resolve())
        stream.close()
      }),
  }
}

/** The bot's replies in order, for one who waits. */
class Replies {
  readonly #come: Heard[] = []
  #waiting: { resolve(reply: Heard): void; reject(error: Error): void } | undefined

  push(reply: Heard): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (waiting) waiting.resolve(reply)
    else this.#come.push(reply)
  }

  fail(error: Error): void {
    this.#waiting?.reject(error)
    this.#waiting = undefined
  }

  next(): Promise<Heard> {
    const come = this.#come.shift()
    if (come) return Promise.resolve(come)
    const late = setTimeout(() => this.fail(new Error('No reply came.')), replyMs)
    return new Promise<Heard>((resolve, reject) => {
      this.#waiting = { resolve, reject }
    }).finally(() => clearTimeout(late))
  }
}
