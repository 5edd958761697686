import { WebSocket } from 'ws'

/** One of the agents of the demo, over the console's own addresses. */
export class DemoAgent {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly #url: string
  #cookie = ''

  constructor(url: string, { name, password }: { name: string; password: string }) {
    this.#url = url
    this.name = name
    this.email = `${name.toLowerCase()}@example.org`
    this.password = password
  }

  /** Makes the account that a link is for, and signs in. */
  async join(link: string): Promise<void> {
    const secret = link.slice(link.indexOf('#join=') + '#join='.length)
    const { name, email, password } = this
    const answer = await this.#ask('POST', '/console/api/join', { secret, name, email, password })
    this.#cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  }

  /** Is at the desk from now on: an agent whose console is closed loses their cases. Returns how to leave. */
  sit(): () => void {
    const socket = new WebSocket(`${this.#url.replace(/^http/, 'ws')}/console/live`, {
      headers: { cookie: this.#cookie, origin: this.#url },
    })
    socket.on('error', () => undefined)
    return () => socket.close()
  }

  async invite(role: string, name: string): Promise<string> {
    const answer = await this.#ask('POST', '/console/api/agents/invite', { role, name })
    return ((await answer.json()) as { link: string }).link
  }

  async command(id: string, verb: string, body: object = {}): Promise<void> {
    await this.#ask('POST', `/console/api/cases/${id}/${verb}`, body)
  }

  async #ask(method: string, path: string, body: object): Promise<Response> {
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        origin: this.#url,
        'x-fixladder': 'console',
        ...(this.#cookie && { cookie: this.#cookie }),
      },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return answer
  }
}
