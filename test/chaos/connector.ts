import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { conversationIdOf } from '../../src/channels/teams/addresses'
import { createKey, type Key } from '../teams/microsoft'
import { appId, bearer, message, tenantId } from '../teams/stage'
import { Broken } from './direct-line'
import { clock, type Record } from './record'

/** One message that arrived at Teams, in the order of arrival. */
export interface Arrival {
  /** Our own name of the conversation. */
  readonly conversation: string
  /** As the connector answered. */
  readonly id: string
  readonly body: string
}

/** A connector on this machine, for servers of other processes: its keys, and what arrives. */
export async function startConnector() {
  const key = createKey('chaos-key', ['msteams'])
  const arrivals: Arrival[] = []
  const server = createServer((incoming, response) => {
    void text(incoming).then((body) => {
      const { url = '', method } = incoming
      const found = publishedAt(url, key, origin)
      if (found) return response.end(JSON.stringify(found))
      const [, conversation] = /\/conversations\/([^/]+)\/activities$/.exec(url) ?? []
      const id = `arrived-${arrivals.length + 1}`
      if (method === 'POST' && conversation !== undefined)
        arrivals.push({
          conversation: conversationIdOf(decodeURIComponent(conversation)),
          id,
          body,
        })
      response.statusCode = 201
      return response.end(JSON.stringify({ id }))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    arrivals,
    key,
    serviceUrl: `${origin}/connector`,
    /** For a server that is to be reached by it. */
    settings: settingsFor(origin),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** What a connector publishes for those who check its tokens, by the path; undefined for any other. */
export function publishedAt(path: string, key: Key, origin: string): object | undefined {
  const published = {
    ...key.publicKey.export({ format: 'jwk' }),
    ...{ kid: key.kid, use: 'sig', endorsements: ['msteams'] },
  }
  if (path === '/keys') return { keys: [published] }
  return path === '/openid' ? { jwks_uri: `${origin}/keys` } : undefined
}

/** What makes a server believe a connector there. */
export const settingsFor = (origin: string) => ({
  MicrosoftAppId: appId,
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppPassword: 'the secret of the tests',
  MicrosoftAppTenantId: tenantId,
  CONNECTOR_HOSTS: new URL(origin).host,
  CONNECTOR_KEYS_URL: `${origin}/openid`,
})

export type Connector = Awaited<ReturnType<typeof startConnector>>

/** Somebody who writes in Teams, by way of the connector, which delivers again what was not answered. */
export class TeamsPerson {
  readonly #record: Record
  readonly #connector: Connector
  readonly #name: string
  #written = 0
  #unsure: { body: object; ack: () => void } | undefined

  constructor(record: Record, connector: Connector, name: string) {
    this.#record = record
    this.#connector = connector
    this.#name = name
  }

  /** Our own name of the conversation. */
  get conversation(): string {
    return conversationIdOf(`a:${this.#name}`)
  }

  /** Writes until the connection breaks. */
  async write(port: number, pause: () => Promise<void>): Promise<void> {
    try {
      for (;;) {
        await this.repeat(port)
        await this.#say(port, `no (${this.#name} ${this.#written + 1})`)
        await pause()
      }
    } catch (error) {
      if (!(error instanceof Broken)) throw error
    }
  }

  /** The connector delivers once more what it has no answer for. */
  async repeat(port: number): Promise<void> {
    if (!this.#unsure) return
    await this.#post(port, this.#unsure.body)
    this.#unsure.ack()
    this.#unsure = undefined
  }

  async #say(port: number, words: string): Promise<void> {
    this.#written += 1
    const key = `${this.#name}-${this.#written}`
    const sending = this.#record.send({ conversation: this.conversation, key, text: words })
    const body = message({
      id: key,
      text: words,
      serviceUrl: this.#connector.serviceUrl,
      conversation: { id: `a:${this.#name}`, conversationType: 'personal', tenantId },
      from: { id: `29:${this.#name}`, name: 'Ada' },
    })
    this.#unsure = { body, ack: () => sending.ackAt(clock()) }
    await this.repeat(port)
  }

  async #post(port: number, body: object): Promise<void> {
    const { key, serviceUrl } = this.#connector
    const response = await fetch(`http://127.0.0.1:${port}/api/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: bearer({ serviceurl: serviceUrl }, { key }),
      },
      body: JSON.stringify(body),
    }).catch((error: Error) => {
      throw new Broken(error.message)
    })
    if (response.status !== 200) throw new Error(`The door answered ${response.status}.`)
  }
}
