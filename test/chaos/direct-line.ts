import { Agent, request } from 'node:http'

/** An activity as it comes back over the wire, as far as we look at it. */
export interface Heard {
  readonly type: string
  readonly id: string
  readonly timestamp: string
  readonly text?: string
  readonly replyToId?: string
  readonly from: { readonly role: string }
  readonly channelData?: { readonly clientActivityID?: string }
}

/** The connection broke, so nobody knows what became of the request. */
export class Broken extends Error {}

/** The server says that it cannot do it just now. */
export class Unavailable extends Error {}

/** The few calls of Direct Line that a visitor makes, towards one run of the server, or one after the other. */
export class DirectLine {
  readonly #agent = new Agent({ keepAlive: true })
  readonly #port: number
  readonly #isPatient: boolean

  /** With `isPatient` a 503 is no wrong answer: whoever asked comes back. */
  constructor(port: number, { isPatient = false } = {}) {
    this.#port = port
    this.#isPatient = isPatient
  }

  /** A token: of the conversation behind `resume`, or of a new one. */
  token(resume?: string): Promise<{ token: string; conversationId: string; resume: string }> {
    return this.#ask('POST', '/api/chat/token', { body: resume === undefined ? {} : { resume } })
  }

  start(token: string): Promise<{ conversationId: string }> {
    return this.#ask('POST', '/v3/directline/conversations', { token })
  }

  /** The address of a stream from this watermark on. */
  reconnect(
    conversation: string,
    token: string,
    watermark: string,
  ): Promise<{ streamUrl: string }> {
    const path = `/v3/directline/conversations/${conversation}?watermark=${watermark}`
    return this.#ask('GET', path, { token })
  }

  say(
    conversation: string,
    token: string,
    message: { key: string; text: string },
  ): Promise<{ id: string }> {
    return this.#ask('POST', `/v3/directline/conversations/${conversation}/activities`, {
      token,
      body: {
        type: 'message',
        text: message.text,
        channelData: { clientActivityID: message.key },
      },
    })
  }

  read(
    conversation: string,
    token: string,
    watermark: string,
  ): Promise<{ activities: Heard[]; watermark: string }> {
    return this.#ask(
      'GET',
      `/v3/directline/conversations/${conversation}/activities?watermark=${watermark}`,
      { token },
    )
  }

  /** Erases the conversation. */
  forget(token: string): Promise<void> {
    return this.#ask('POST', '/api/chat/forget', { token })
  }

  close(): void {
    this.#agent.destroy()
  }

  /** Throws `Broken` when no whole answer came, and an ordinary error for an answer that is a refusal. */
  #ask<T>(
    method: string,
    path: string,
    { token, body }: { token?: string; body?: unknown },
  ): Promise<T> {
    const json = body === undefined ? '' : JSON.stringify(body)
    return new Promise((resolve, reject) => {
      const broken = (error: Error) => reject(new Broken(error.message))
      const outgoing = request(
        {
          agent: this.#agent,
          host: '127.0.0.1',
          port: this.#port,
          method,
          path,
          headers: {
            ...(json && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(json),
            }),
            ...(token !== undefined && { authorization: `Bearer ${token}` }),
          },
        },
        (incoming) => {
          let text = ''
          incoming.setEncoding('utf8')
          incoming.on('data', (chunk: string) => (text += chunk))
          incoming.on('error', broken)
          incoming.on('aborted', () => broken(new Error('cut off')))
          incoming.on('end', () => {
            if (!incoming.complete) broken(new Error('cut off'))
            else if (this.#isPatient && incoming.statusCode === 503) broken(new Error('503'))
            else if ((incoming.statusCode ?? 500) < 300)
              resolve((text ? JSON.parse(text) : undefined) as T)
            else {
              const said = `${method} ${path} was answered ${incoming.statusCode}: ${text}`
              reject(incoming.statusCode === 503 ? new Unavailable(said) : new Error(said))
            }
          })
        },
      )
      outgoing.on('error', broken)
      outgoing.end(json || undefined)
    })
  }
}
