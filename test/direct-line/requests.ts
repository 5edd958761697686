import { WebSocket, type ClientOptions } from 'ws'
import type { Reply } from '../../dialogs'
import type { WireActivity } from '../../src/channels/direct-line/draw'
import type { NewRow } from '../../src/conversations'
import type { Server } from './start-server'

/** What tests look into in answers of every kind; the expectations say which of it is there. */
interface AnswerJson extends Partial<ActivitySet> {
  readonly error: { readonly code: string }
  readonly id: string
  readonly token: string
  readonly conversationId: string
  readonly userId: string
  readonly expires_in: number
  readonly resume: string
  readonly streamUrl: string
}

interface ActivitySet {
  readonly activities: readonly WireActivity[]
  readonly watermark: string
  readonly more: boolean
}

/** One request, with the answer's JSON read. */
export async function call(
  server: Pick<Server, 'url'>,
  method: string,
  path: string,
  {
    token,
    body,
    headers,
  }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
) {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      connection: 'close',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    json: (text ? JSON.parse(text) : undefined) as AnswerJson,
  }
}

export const chatToken = async (server: Pick<Server, 'url'>, body: object = {}) =>
  (await call(server, 'POST', '/api/chat/token', { body })).json

/** A visitor with a started conversation. */
export async function startVisitor(server: Pick<Server, 'url'>) {
  const visitor = await chatToken(server)
  const started = await call(server, 'POST', '/v3/directline/conversations', {
    token: visitor.token,
    body: {},
  })
  const at = `/v3/directline/conversations/${visitor.conversationId}`
  return {
    ...visitor,
    at,
    streamUrl: started.json.streamUrl,
    say: (text: string, id?: string) =>
      call(server, 'POST', `${at}/activities`, {
        token: visitor.token,
        body: { type: 'message', text, ...(id && { channelData: { clientActivityID: id } }) },
      }),
    read: async (watermark = '') => {
      const path = `${at}/activities?watermark=${watermark}`
      const { json } = await call(server, 'GET', path, { token: visitor.token })
      return { activities: json.activities ?? [], watermark: json.watermark }
    },
    reconnect: async (watermark = '') =>
      (await call(server, 'GET', `${at}?watermark=${watermark}`, { token: visitor.token })).json,
  }
}

/** A row of the bot, as a turn would write it. */
export const botRow = (reply: Reply, more: Partial<NewRow> = {}, replyToId?: string): NewRow => ({
  at: Date.now(),
  kind: 'activity',
  audience: ['person', 'agents'],
  body: {
    type: 'message',
    from: { id: 'fixladder', role: 'bot' },
    channelData: { fixladder: reply },
    ...(replyToId && { replyToId }),
  },
  ...more,
})

export const say = (text: string): Reply => ({ kind: 'say', text })

/** Opens a stream by hand and keeps every frame. */
export function openStream(streamUrl: string, options: ClientOptions = {}) {
  const socket = new WebSocket(streamUrl, options)
  const frames: string[] = []
  socket.on('message', (data: Buffer) => frames.push(data.toString()))
  const opened = new Promise<number>((resolve) => {
    socket.once('open', () => resolve(101))
    socket.once('unexpected-response', (_request, response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    socket.once('error', () => resolve(0))
  })
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  return {
    socket,
    frames,
    opened,
    closed,
    texts: () =>
      frames
        .filter(Boolean)
        .flatMap((frame) => (JSON.parse(frame) as ActivitySet).activities)
        .map(({ text }) => text),
  }
}

/** Waits until something holds; a test that waits in vain says what for. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1500; tries += 1) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`Waited in vain: ${what}`)
}
