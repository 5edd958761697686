import type { Browser } from 'playwright-core'
import { launch, openPage } from './browser'
import { startServer, type Server } from './server'

/** Where the chat is found: on its own, on the site that shows it, and by a link from when it stood at the root. */

let server: Server
let browser: Browser

beforeAll(async () => {
  server = await startServer()
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

test.each(['/', '/chat', '/webchat'])('%s opens without a fault', async (path) => {
  const page = await openPage(browser)
  await page.goto(server.url + path)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  expect(page.faults).toEqual([])
  await page.context().close()
})

test('a link to the root with a secret behind the # goes on to the chat, and the secret to no server', async () => {
  const page = await openPage(browser)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const secret = 'x'.repeat(43)
  for (const hash of [`#resume=${secret}`, `#${secret}`, '#resume=half']) {
    await page.goto('about:blank')
    await page.goto(`${server.url}/${hash}`)
    // The chat takes what is behind the # out of the address at once.
    await page.waitForURL((url) => url.pathname === '/chat')
  }
  expect(asked.filter((url) => url.includes(secret))).toEqual([])
  await page.context().close()
})

test('any other # stays with the site', async () => {
  const page = await openPage(browser)
  await page.goto(`${server.url}/#help`)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  expect(page.url()).toBe(`${server.url}/#help`)
  await page.context().close()
})
