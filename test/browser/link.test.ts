import type { Browser } from 'playwright-core'
import { findingsOn } from './axe'
import { launch, openPage, picture, type Watched } from './browser'
import { chatOn } from './chat'
import { startServer, type Server } from './server'

/** "Continue on another device": the link, and what it opens. */

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

const opener = (page: Watched) => page.locator('#elsewhere')
const panel = (page: Watched) => page.getByRole('region', { name: 'Continue on another device' })
const address = (page: Watched) => page.getByRole('textbox', { name: 'Link to this chat' })
const notice = (page: Watched) => page.getByRole('region', { name: 'About the link' })
const hasFocus = (page: Watched, selector: string) => page.locator(`${selector}:focus`).count()

/** Somebody in the middle of a ladder, with the link to it. */
async function onTheLadder() {
  const page = await openPage(browser)
  const chat = chatOn(page)
  await chat.open(server.url)
  await chat.say('my shared album is stuck on waiting')
  await chat.press('iPhone')
  await opener(page).click()
  const link = await address(page).inputValue()
  await page.keyboard.press('Escape')
  return { page, chat, link }
}

/** Another browser, on which everything that it asks for is noted. */
async function anotherDevice() {
  const page = await openPage(browser)
  const asked: string[] = []
  const joins: string[] = []
  page.on('request', (request) => {
    asked.push(request.url())
    if (request.postData()?.includes('webchat/join')) joins.push(request.url())
  })
  page.on('websocket', (socket) => asked.push(socket.url()))
  return { page, chat: chatOn(page), asked, joins }
}

/** Goes to a link and waits for the chat behind it. */
async function follow(page: Watched, link: string): Promise<void> {
  await page.goto(link)
  await chatOn(page).said.first().waitFor()
  await page.locator('#state[data-state=connected]').waitFor()
}

test.each([
  ['light', 360],
  ['dark', 768],
  ['light', 1280],
] as const)(
  'the panel, %s: axe finds nothing at %d px, and nothing scrolls',
  async (colorScheme, width) => {
    const page = await openPage(browser, { colorScheme, viewport: { width, height: 740 } })
    await chatOn(page).open(server.url)
    await picture(page, `chat-link-closed-${colorScheme}-${width}`)
    await opener(page).click()
    await picture(page, `chat-link-${colorScheme}-${width}`)
    expect(await findingsOn(page)).toEqual([])
    const widest = await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)
    expect(widest).toBe(width)
    expect(page.faults).toEqual([])
  },
)

test('the panel by keyboard: opens at "Copy link", copies, closes back to its button', async () => {
  const page = await openPage(browser)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await chatOn(page).open(server.url)
  await opener(page).focus()
  await page.keyboard.press('Enter')
  await panel(page).waitFor()
  expect(await opener(page).getAttribute('aria-expanded')).toBe('true')
  expect(await hasFocus(page, '#link-copy')).toBe(1)
  await page.keyboard.press('Enter')
  await page.getByText('Copied.').waitFor()
  const link = await address(page).inputValue()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(link)
  expect(link).toMatch(/^http:\/\/localhost:\d+\/webchat#resume=[\w-]{43}$/)

  const mail = new URL((await page.locator('#link-mail').getAttribute('href')) ?? '')
  expect([mail.protocol, mail.pathname]).toEqual(['mailto:', ''])
  expect(mail.searchParams.get('subject')).toBe('My support chat')
  expect(mail.searchParams.get('body')).toContain(link)

  await page.keyboard.press('Tab')
  expect(await hasFocus(page, '#link-mail')).toBe(1)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await panel(page).waitFor({ state: 'hidden' })
  expect(await hasFocus(page, '#elsewhere')).toBe(1)
  expect(await opener(page).getAttribute('aria-expanded')).toBe('false')
  // What is put away does not stay in the page.
  expect(await page.locator('#link-address').inputValue()).toBe('')
  expect(page.faults).toEqual([])
})

test('on a phone at 200 % every part of the panel can be reached', async () => {
  const page = await openPage(browser, {
    viewport: { width: 180, height: 370 },
    deviceScaleFactor: 2,
  })
  await chatOn(page).open(server.url)
  await opener(page).click()
  await page.locator('#link-close').scrollIntoViewIfNeeded()
  await picture(page, 'chat-link-200-percent')
  const box = await page.locator('#link-close').boundingBox()
  expect((box?.y ?? 999) + (box?.height ?? 0)).toBeLessThanOrEqual(370)
  await page.locator('#link-close').click()
  await panel(page).waitFor({ state: 'hidden' })
  expect(page.faults).toEqual([])
})

test('without a clipboard it copies the old way', async () => {
  const page = await openPage(browser)
  await page.addInitScript({
    content: `Object.defineProperty(navigator, 'clipboard', { value: undefined })
      addEventListener('copy', () => { document.body.dataset.copied = String(getSelection()) })`,
  })
  await chatOn(page).open(server.url)
  await opener(page).click()
  await page.locator('#link-copy').click()
  await page.getByText('Copied.').waitFor()
  expect(page.faults).toEqual([])
})

test('the link opens the same conversation elsewhere, with its history, and both go on', async () => {
  const { page, chat, link } = await onTheLadder()
  const before = await chat.transcript()
  const other = await anotherDevice()
  await follow(other.page, link)
  await other.chat.buttons.getByText('Already tried').waitFor()
  expect(await other.chat.transcript()).toEqual(before)
  await notice(other.page).getByText('Whoever has the link can read it too.').waitFor()
  await picture(other.page, 'chat-link-opened')
  expect(await findingsOn(other.page)).toEqual([])

  const secret = link.slice(link.indexOf('=') + 1)
  expect(other.page.url()).toBe(link.slice(0, link.indexOf('#')))
  expect(other.asked.filter((url) => url.includes(secret))).toEqual([])
  expect(await other.page.evaluate('localStorage.getItem("fixladder.resume")')).toBe(secret)
  expect(other.joins).toHaveLength(1)

  await chat.andHear(() => other.chat.press('No'))
  expect(await chat.transcript()).toEqual(await other.chat.transcript())
  await other.page.getByRole('button', { name: 'OK' }).click()
  await notice(other.page).waitFor({ state: 'hidden' })
  expect(await hasFocus(other.page, '[data-id=webchat-sendbox-input]')).toBe(1)

  await other.page.reload()
  await other.chat.buttons.getByText('Already tried').waitFor()
  expect(await other.chat.transcript()).toEqual(await chat.transcript())
  expect(await notice(other.page).count()).toBe(0)
  expect([...page.faults, ...other.page.faults]).toEqual([])
})

test.each(['#resume=short', `#resume=${'x'.repeat(43)}`, '#resume=%3Cscript%3E'])(
  'a link that opens nothing (%s) gives a kind line and a new chat',
  async (hash) => {
    const { page, chat } = await anotherDevice()
    await follow(page, `${server.url}/webchat${hash}`)
    await notice(page).getByText('doesn’t work any more').waitFor()
    expect(await notice(page).textContent()).toContain('Here is a new chat.')
    expect(page.url()).toBe(`${server.url}/webchat`)
    await chat.say('my shared album is stuck on waiting')
    expect(await chat.transcript()).toHaveLength(3)
    expect(page.faults).toEqual([])
  },
)

test('a link that opens nothing leaves the chat that the browser had', async () => {
  const { page, chat } = await onTheLadder()
  const before = await chat.transcript()
  await page.goto('about:blank')
  await follow(page, `${server.url}/webchat#resume=${'x'.repeat(43)}`)
  await notice(page).getByText('Here is the chat that this browser had.').waitFor()
  await chat.buttons.getByText('Already tried').waitFor()
  expect(await chat.transcript()).toEqual(before)
  expect(page.faults).toEqual([])
})

test('a link that is pasted into the address of the open page works too', async () => {
  const { chat, link } = await onTheLadder()
  const other = await anotherDevice()
  await other.chat.open(server.url)
  await other.page.goto(link)
  await other.chat.buttons.getByText('Already tried').waitFor()
  expect(await other.chat.transcript()).toEqual(await chat.transcript())
  expect(other.page.url()).not.toContain('#')
  expect(other.page.faults).toEqual([])
})
