import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { DeskActivity } from '../../src/handoff/webhook/activities'

/** What the desk got, as it came. */
export interface Got {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly activity: DeskActivity
}

export interface DeskAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
}

type Answering = (activity: DeskActivity) => DeskAnswer | Promise<DeskAnswer>

/** A help desk of somebody else, as far as its wire goes: it keeps what it gets and answers as a test tells it. */
export async function startFakeDesk() {
  const got: Got[] = []
  let answer: Answering = () => ({ status: 200 })
  const server = createServer((incoming, response) => {
    void buffer(incoming).then(async (bytes) => {
      const body = bytes.toString('utf8')
      const activity = JSON.parse(body) as DeskActivity
      got.push({ headers: incoming.headers, body, activity })
      const { status, headers } = await answer(activity)
      // (restify has its own idea of writeHead, for every server in the process.)
      response.statusCode = status
      for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value)
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    got,
    url: `http://127.0.0.1:${port}/fixladder`,
    /** From now on it answers so. */
    answers(given: DeskAnswer | Answering) {
      answer = typeof given === 'function' ? given : () => given
    },
    /** What was sent, one line each: `initiate`, `user: hello`, `end closed`. */
    lines: () => got.map(({ activity }) => lineOf(activity)),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export type FakeDesk = Awaited<ReturnType<typeof startFakeDesk>>

export function lineOf({ type, name, from, text, value }: DeskActivity): string {
  if (type === 'message') return `${from.role}: ${String(text)}`
  if (type === 'endOfConversation') return `end ${(value as { state: string }).state}`
  return String(name).replace('handoff.', '')
}
