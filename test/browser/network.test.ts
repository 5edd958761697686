import type { Browser } from 'playwright-core'
import { launch, openPage } from './browser'
import { chatOn } from './chat'
import { sitDown } from './desk'
import { startProxy } from './proxy'
import { startServer, type Server } from './server'

/** What the network and the server may do to a page. Each message is on it once, in order, whatever happens. */

let server: Server
let proxy: Awaited<ReturnType<typeof startProxy>>
let browser: Browser

beforeEach(async () => {
  server = await startServer()
  proxy = await startProxy(server.url)
  browser = await launch()
})
afterEach(async () => {
  await browser?.close()
  await proxy?.close()
  await server?.close()
})

const greeting = expect.stringMatching(/^Hello/)
const device = expect.stringMatching(/Which device are you using\?$/)
const first = expect.stringMatching(/^First the connection/)
const second = expect.stringMatching(/^Next, Low Power Mode/)

/** The stock client waits 3 to 15 s before it comes back, and 20 s more after a request that failed. */
const back = { timeout: 60_000 }

test('a reload keeps the conversation, and the ladder goes on', async () => {
  const page = await openPage(browser)
  const chat = chatOn(page)
  await chat.open(server.url)
  await chat.say('my shared album is stuck on waiting')
  await chat.press('iPhone')
  await page.reload()
  await chat.buttons.first().waitFor()
  await chat.press('No')
  const all = [
    greeting,
    '> my shared album is stuck on waiting',
    device,
    '> iPhone',
    first,
    '> No',
    second,
  ]
  expect(await chat.transcript()).toEqual(all)
  expect(page.faults).toEqual([])
})

test('after kill -9 and a new start the open page goes on', async () => {
  const page = await openPage(browser)
  const chat = chatOn(page)
  await chat.open(server.url)
  await chat.say('my shared album is stuck on waiting')
  await server.kill()
  await page.locator('#state', { hasText: 'Reconnecting…' }).waitFor()
  await server.start()
  await page.locator('#state', { hasText: 'Connected' }).waitFor(back)
  await chat.press('iPhone')
  await chat.press('No')
  const all = [
    greeting,
    '> my shared album is stuck on waiting',
    device,
    '> iPhone',
    first,
    '> No',
    second,
  ]
  expect(await chat.transcript()).toEqual(all)
  expect(await page.locator('.webchat__activity-status').getByText(/fail/i).count()).toBe(0)
})

test('what was said while the network was cut arrives once', async () => {
  const page = await openPage(browser)
  const chat = chatOn(page)
  await chat.open(proxy.url)
  const desk = await sitDown(server)
  await chat.say('talk to a person')
  await desk.answer('Hello, Maria here.')
  await chat.said.getByText('Hello, Maria here.').waitFor()

  await page.context().setOffline(true)
  proxy.cut()
  await page.locator('#state', { hasText: 'You’re offline' }).waitFor()
  await desk.answer('Still looking.')
  await new Promise((resolve) => setTimeout(resolve, 10_000))
  await desk.answer('Found it.')
  expect(await chat.said.getByText('Still looking.').count()).toBe(0)
  proxy.isCut = false
  await page.context().setOffline(false)

  await chat.said.getByText('Found it.').waitFor(back)
  await page.locator('#state', { hasText: 'Connected' }).waitFor(back)
  await chat.box.fill('thank you')
  await chat.box.press('Enter')
  await desk.hears('thank you')
  await desk.answer('You are welcome.')
  await chat.said.getByText('You are welcome.').waitFor()
  expect(await chat.transcript()).toEqual([
    greeting,
    '> talk to a person',
    expect.stringMatching(/^I’ll bring in a colleague/),
    expect.stringMatching(/^Maria has joined/),
    'Maria: Hello, Maria here.',
    'Maria: Still looking.',
    'Maria: Found it.',
    '> thank you',
    'Maria: You are welcome.',
  ])
  desk.leave()
})

test('where no WebSocket gets through the page polls, and comes back when a poll fails', async () => {
  const page = await openPage(browser)
  const chat = chatOn(page)
  proxy.blocksSockets = true
  await page.goto(`${proxy.url}/webchat`)
  await chat.said.first().waitFor(back)
  await page.locator('#state', { hasText: 'Connected' }).waitFor()
  await chat.say('my shared album is stuck on waiting')

  proxy.cut()
  await page.locator('#state:not([data-state=connected])').waitFor()
  proxy.isCut = false
  await page.locator('#state', { hasText: 'Connected' }).waitFor(back)
  await chat.press('iPhone')
  expect(await chat.transcript()).toEqual([
    greeting,
    '> my shared album is stuck on waiting',
    device,
    '> iPhone',
    first,
  ])
})
