import { Agent } from 'node:http'
import { post } from './post'
import type { Load } from './turns'

interface EchoAnswer {
  readonly activities: readonly { readonly text?: string }[]
}

/** People who talk to the echo bot: a turn is one request, whose answer carries the reply (`expectReplies`). */
export async function createEchoLoad(ports: readonly number[], parallel: number): Promise<Load> {
  const [port = 0] = ports
  const agent = new Agent({ keepAlive: true, maxSockets: Math.min(parallel, 512) })
  const people = Array.from({ length: parallel }, (_none, index) => {
    let turns = 0
    return {
      async turn() {
        turns += 1
        const { activities } = await post<EchoAnswer>(agent, {
          port,
          path: '/api/messages',
          body: {
            type: 'message',
            id: `${index}-${turns}`,
            timestamp: new Date().toISOString(),
            channelId: 'bench',
            serviceUrl: 'http://127.0.0.1:9',
            deliveryMode: 'expectReplies',
            conversation: { id: `conversation-${index}` },
            from: { id: `person-${index}`, name: 'Person' },
            recipient: { id: 'bot', name: 'Bot' },
            locale: 'en-GB',
            text: 'my photos are not uploading to the shared album',
          },
        })
        if (!activities[0]?.text?.startsWith('Echo: '))
          throw new Error('The echo bot gave no echo.')
      },
    }
  })
  return {
    people,
    async close() {
      agent.destroy()
    },
  }
}
