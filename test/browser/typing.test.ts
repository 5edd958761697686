import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { loadWeb } from '../../src/http'
import { botRow, say, until } from '../direct-line/requests'
import { startServer, type Server } from '../direct-line/start-server'
import { launch, openPage } from './browser'
import { chatOn } from './chat'

/** Typing in stock Web Chat, both ways; the channel runs in this process, since typing is nothing that a log could tell. */

let server: Server
let browser: Browser

beforeEach(async () => {
  const web = loadWeb(join(__dirname, '../../dist/web'), { mayFrame: [] })
  server = await startServer({ routes: web.routes, http: { files: web.files } })
  browser = await launch()
})
afterEach(async () => {
  await browser?.close()
  await server?.close()
})

/** A page whose conversation has begun; gives the conversation's id. */
async function begin() {
  const page = await openPage(browser)
  const chat = chatOn(page)
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/chat/token'))
  await page.goto(`http://localhost:${server.port}/webchat`)
  const { conversationId } = (await (await answered).json()) as { conversationId: string }
  await page.locator('#state[data-state=connected]').waitFor()
  await server.conversations.append(conversationId, botRow(say('Hello.')))
  await chat.said.first().waitFor()
  return { page, chat, conversationId }
}

test('the person sees that an agent types, until the message comes', async () => {
  const { page, chat, conversationId } = await begin()
  const sign = page.locator('.webchat__typing-indicator')
  expect(await sign.count()).toBe(0)
  server.presence.typed(conversationId, { role: 'agent', name: 'Maria' })
  await sign.waitFor()
  await server.conversations.append(conversationId, {
    ...botRow(say('')),
    body: { type: 'message', from: { id: 'agent', name: 'Maria', role: 'agent' }, text: 'Hi.' },
  })
  await chat.said.getByText('Hi.').waitFor()
  await sign.waitFor({ state: 'detached' })
  expect(await chat.transcript()).toEqual(['Hello.', 'Maria: Hi.'])
  expect(page.faults).toEqual([])
})

test('an agent sees that the person types, and the page shows nothing of it, now or later', async () => {
  const { page, chat, conversationId } = await begin()
  const heard: unknown[] = []
  server.presence.onTyping((conversation, who) => heard.push([conversation, who]))
  const rows = await server.rowsOf(conversationId)
  await chat.box.pressSequentially('waiting', { delay: 100 })
  await until('the sign', () => heard.length > 0)
  expect(heard[0]).toEqual([conversationId, { role: 'person' }])
  // Web Chat gives up on a message after 20 s; a sign is no message.
  await new Promise((resolve) => setTimeout(resolve, 21_000))
  expect(await page.locator('.webchat__activity-status').getByText(/fail/i).count()).toBe(0)
  expect(await chat.transcript()).toEqual(['Hello.'])
  expect(await server.rowsOf(conversationId)).toHaveLength(rows.length)
  expect(page.faults).toEqual([])
})
