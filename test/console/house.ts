import { join } from 'node:path'
import { startApp, type App } from '../../src/app'
import { readConfig } from '../../src/config'
import type { CaseLine } from '../../src/console/case-line'
import { createLog } from '../../src/log'
import { until } from '../direct-line/requests'
import { createFolder, removeFolder } from '../direct-line/store'
import { Seat } from './seat'

/** The whole server with people on both sides: visitors over Direct Line, agents with a session and a live socket. */

const root = join(__dirname, '../..')
export const password = 'horses eat yellow hay'

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
      /** Has the conversation erased. */
      const forget = async () =>
        (await fetch(`${app.url}/api/chat/forget`, { method: 'POST', headers })).status
      return { id: conversationId, said, write, forget }
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
