import { join } from 'node:path'
import { WebSocket } from 'ws'
import { startApp, type App } from '../../src/app'
import { readConfig } from '../../src/config'
import type { CaseDetail } from '../../src/console/case-detail'
import type { CaseLine } from '../../src/console/case-line'
import type { Line } from '../../src/console/lines'
import type { FromConsole, ToConsole } from '../../src/console/messages'
import { createLog } from '../../src/log'
import { until } from '../direct-line/requests'
import { createFolder, removeFolder } from '../direct-line/store'

/** The whole server with people on both sides: visitors over Direct Line, agents with a session and a live socket. */

const root = join(__dirname, '../..')
const password = 'horses eat yellow hay'

export async function openHouse(settings: Record<string, string> = {}) {
  const folder = createFolder()
  const clock = { ahead: 0 }
  let app: App
  const closing: (() => void)[] = []
  const start = () =>
    startApp({
      config: readConfig({
        PORT: '0',
        ADMIN_PORT: '0',
        DATA_DIR: folder,
        PACK_DIR: join(root, 'knowledge/packs/icloud-photo-sharing'),
        LOG_LEVEL: 'silent',
        ...settings,
      }),
      log: createLog('silent'),
      webDir: join(root, 'dist/web'),
      now: () => Date.now() + clock.ahead,
    })
  app = await start()

  const ask = (method: string, path: string, given: { cookie?: string; body?: unknown } = {}) =>
    fetch(`${app.url}${path}`, {
      method,
      headers: {
        ...(given.cookie && { cookie: given.cookie }),
        ...(method === 'POST' && {
          origin: app.url,
          'sec-fetch-site': 'same-origin',
          'x-fixladder': 'console',
          'content-type': 'application/json',
        }),
      },
      ...(method === 'POST' && { body: JSON.stringify(given.body ?? {}) }),
    })

  async function join_(link: string, name: string): Promise<string> {
    const secret = link.slice(link.indexOf('#join=') + '#join='.length)
    const body = { secret, name, email: `${name.toLowerCase()}@example.org`, password }
    const answer = await ask('POST', '/console/api/join', { body })
    if (answer.status !== 204) throw new Error(`${name} cannot join: ${await answer.text()}`)
    return cookieOf(answer)
  }

  /** The first agent, who is an admin; the others by invitation. */
  const admin = await join_(app.setUpLink ?? '', 'Adele')

  return {
    clock,
    ask,
    get url() {
      return app.url
    },
    adminCookie: admin,

    /** Somebody at the desk, signed in. */
    async agent(name: string, role: 'agent' | 'supervisor' | 'admin' = 'agent') {
      const invited = await ask('POST', '/console/api/agents/invite', {
        cookie: admin,
        body: { role, name },
      })
      const { link } = (await invited.json()) as { link: string }
      const cookie = await join_(link, name)
      const me = await (await ask('GET', '/console/api/me', { cookie })).json()
      const { agent } = me as { agent: { id: string; name: string } }
      const command = async (id: string, verb: string, body: object = {}) => {
        const answer = await ask('POST', `/console/api/cases/${id}/${verb}`, { cookie, body })
        return { status: answer.status, ...((await answer.json()) as CommandAnswer) }
      }
      const sit = async () => {
        const desk = await Seat.open(app.url, cookie)
        closing.push(() => desk.close())
        return desk
      }
      return { ...agent, cookie, command, sit }
    },

    /** Somebody with a trouble. */
    async visitor(name?: string) {
      const { token, conversationId } = (await (
        await fetch(`${app.url}/api/chat/token`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(name ? { user: { name } } : {}),
        })
      ).json()) as { token: string; conversationId: string }
      const line = `${app.url}/v3/directline/conversations`
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      await fetch(line, { method: 'POST', headers, body: '{}' })
      const said = async () => {
        const answer = await fetch(`${line}/${conversationId}/activities`, { headers })
        const { activities } = (await answer.json()) as { activities: Activity[] }
        return activities
      }
      /** Writes, and waits for so many answers. */
      const write = async (text: string, answers = 1, value?: unknown) => {
        const before = (await said()).length
        await fetch(`${line}/${conversationId}/activities`, {
          method: 'POST',
          headers,
          body: JSON.stringify({
            type: 'message',
            from: { id: 'x' },
            text,
            ...(value ? { value } : {}),
          }),
        })
        await until(
          `an answer to ${text}`,
          async () => (await said()).length >= before + 1 + answers,
        )
      }
      return { id: conversationId, said, write }
    },

    async restart() {
      await app.close()
      app = await start()
    },

    async close() {
      for (const end of closing) end()
      await app.close()
      removeFolder(folder)
    },
  }
}

export type House = Awaited<ReturnType<typeof openHouse>>

interface CommandAnswer {
  readonly case?: CaseLine
  readonly error?: { readonly code: string; readonly message: string }
}

interface Activity {
  readonly type: string
  readonly text?: string
  readonly from: { readonly id: string; readonly name?: string; readonly role?: string }
  readonly value?: unknown
  readonly suggestedActions?: { readonly actions: readonly { title: string; value: unknown }[] }
}

const cookieOf = (answer: Response): string =>
  (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''

/** A console's live socket, and what it was told. */
export class Seat {
  readonly heard: ToConsole[] = []
  readonly cases = new Map<string, CaseLine>()
  detail: CaseDetail | undefined
  readonly rows: Line[] = []
  closed: number | undefined
  readonly #socket: WebSocket

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data: Buffer) => this.#hear(JSON.parse(data.toString()) as ToConsole))
    socket.on('close', (code) => (this.closed = code))
    socket.on('error', () => undefined)
  }

  static async open(url: string, cookie: string, origin = url): Promise<Seat> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/console/live`, {
      headers: { cookie, origin },
    })
    const seat = new Seat(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('unexpected-response', (_request, answer) =>
        reject(new Error(`refused with ${answer.statusCode}`)),
      )
      socket.once('error', reject)
    })
    await until('the queue', () => seat.heard.some(({ type }) => type === 'queue'))
    return seat
  }

  send(message: FromConsole): void {
    this.#socket.send(JSON.stringify(message))
  }

  sendText(text: string): void {
    this.#socket.send(text)
  }

  close(): void {
    this.#socket.close()
  }

  /** As when the network goes: nothing is said. */
  cut(): void {
    this.#socket.terminate()
  }

  #hear(message: ToConsole): void {
    this.heard.push(message)
    if (message.type === 'queue') {
      if (message.reset) this.cases.clear()
      for (const line of message.cases) this.cases.set(line.id, line)
      for (const id of message.gone) this.cases.delete(id)
    }
    if (message.type === 'case') this.detail = message.detail
    if (message.type === 'rows') this.rows.push(...message.rows)
  }
}
