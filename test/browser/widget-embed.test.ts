import jwt from 'jsonwebtoken'
import type { Browser } from 'playwright-core'
import { gzipSync } from 'node:zlib'
import { findingsOn } from './axe'
import { launch, openPage, picture, until, type Watched } from './browser'
import { startServer, type Server } from './server'
import { serveHostSite, type HostSite } from './widget/host-site'

/** The chat on a page of somebody else's: one script tag, under a strict policy, from another origin. */

const secret = 'a secret of the tests, thirty-two or more'
let server: Server
let browser: Browser
let allowed: HostSite
let stranger: HostSite

beforeAll(async () => {
  ;[allowed, stranger] = await Promise.all([serveHostSite(), serveHostSite()])
  server = await startServer({ ALLOWED_ORIGINS: allowed.url, DIRECT_LINE_SECRET: secret })
  allowed.shows(server.url)
  stranger.shows(server.url)
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([server?.close(), allowed?.close(), stranger?.close()])
})

/** A page with the chat, and what the two windows say to each other. */
async function onSite(query = '', options: Parameters<typeof openPage>[1] = {}, site = allowed) {
  const page = await openPage(browser, options)
  await page.addInitScript({
    content: `window.heard = []
      addEventListener('message', ({ data, origin }) => heard.push({ data, origin }))`,
  })
  await page.goto(`${site.url}/?${query}`)
  const button = page.locator('fixladder-chat button')
  await button.waitFor()
  const panel = page.frameLocator('fixladder-chat iframe')
  return { page, button, panel, field: panel.getByRole('textbox', { name: 'Your message' }) }
}

const within = (page: Watched) =>
  page.evaluate(
    'document.querySelector("fixladder-chat").shadowRoot.activeElement?.localName',
  ) as Promise<string | undefined>

test('nothing but the script is loaded until somebody comes near the button', async () => {
  const requests: string[] = []
  const page = await openPage(browser)
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(allowed.url)
  const button = page.getByRole('button', { name: 'Open the chat', exact: true })
  await button.waitFor()
  await page.waitForTimeout(500)
  expect(requests).toEqual([`${allowed.url}/`, `${server.url}/widget.js`])
  await button.hover()
  await page.frameLocator('fixladder-chat iframe').locator('main').waitFor({ state: 'attached' })
  expect(await page.evaluate('Fixladder.isOpen')).toBe(false)
  expect(page.faults).toEqual([])
})

test('opens and closes by keyboard, and gives the focus back', async () => {
  const { page, button, panel, field } = await onSite()
  await page.evaluate(
    `window.told = []; for (const name of ['open', 'close']) Fixladder.on(name, () => told.push(name))`,
  )
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  expect(await within(page)).toBe('button')
  await page.keyboard.press('Enter')
  await panel.locator('textarea:focus').waitFor()
  expect(await button.getAttribute('aria-expanded')).toBe('true')
  await picture(page, 'widget-on-a-page')
  await field.fill('my shared album is stuck on waiting')
  await page.keyboard.press('Enter')
  await panel.getByRole('button', { name: 'iPhone' }).waitFor()
  await page.keyboard.press('Escape')
  await until(page, '!Fixladder.isOpen')
  expect(await within(page)).toBe('button')
  // Opened by a button of the page, it goes back to that one.
  await page.locator('#help').focus()
  await page.evaluate('Fixladder.open()')
  await panel.locator('textarea:focus').waitFor()
  await page.keyboard.press('Escape')
  await until(page, 'document.activeElement.id === "help"')
  expect(await page.evaluate('told')).toEqual(['open', 'close', 'open', 'close'])
  expect(page.faults).toEqual([])
})

test('another site may show the button, and no chat', async () => {
  const { page, button } = await onSite('', {}, stranger)
  await button.click()
  const link = page.getByRole('link', { name: 'Open the chat in its own window' })
  await link.waitFor()
  expect(await link.getAttribute('href')).toBe(`${server.url}/chat`)
  expect(page.faults.join()).toContain('frame-ancestors')
  await page.keyboard.press('Escape')
  await until(page, '!Fixladder.isOpen')
  expect(await within(page)).toBe('button')
})

test('two tags make one chat', async () => {
  const { page } = await onSite('twice')
  await page.evaluate(`window.first = Fixladder`)
  await page.waitForLoadState('load')
  expect(await page.locator('fixladder-chat').count()).toBe(1)
  expect(await page.evaluate('Fixladder === first')).toBe(true)
  expect(page.faults).toEqual([])
})

test('stays through a new body, and comes back to a page that threw all away', async () => {
  const { page, button, field, panel } = await onSite()
  await button.click()
  await field.fill('half a sent')
  await page.evaluate(`history.pushState(null, '', '/next')
    document.body.replaceWith(document.createElement('body'))`)
  await page.waitForTimeout(200)
  expect(await field.inputValue()).toBe('half a sent')
  await page.evaluate(`document.documentElement.replaceChildren(
    document.createElement('head'), document.createElement('body'))`)
  await panel.locator('main').waitFor({ state: 'attached' })
  await field.waitFor()
  expect(await page.locator('fixladder-chat').count()).toBe(1)
  await page.evaluate(`const html = document.createElement('html')
    html.append(document.createElement('body')); document.documentElement.replaceWith(html)`)
  await field.waitFor()
  expect(page.faults).toEqual([])
})

test('counts what came while it was closed', async () => {
  const { page, button, panel, field } = await onSite(
    `tag=${encodeURIComponent('data-title-count="false"')}`,
  )
  const listen = `window.counts = []; Fixladder.on('unread', (count) => counts.push(count))`
  await page.evaluate(listen)
  // The greeting comes as soon as somebody is near, and calls nobody.
  await button.hover()
  await panel.locator('.row.is-said .answers').waitFor({ state: 'attached' })
  expect(await page.evaluate('counts.filter(Boolean)')).toEqual([])
  await button.click()
  await panel.getByRole('group', { name: 'Your answer' }).waitFor()
  await field.fill('my shared album is stuck on waiting')
  await page.route('**/activities', async (route) => {
    await page.evaluate('Fixladder.close()')
    await route.continue()
  })
  await field.press('Enter')
  await page.getByRole('button', { name: 'Open the chat, 1 unread message' }).waitFor()
  expect(await page.locator('fixladder-chat .count').textContent()).toBe('1')
  expect(await page.evaluate('counts.at(-1)')).toBe(1)
  expect(await page.title()).toBe('A shop')
  await page.unrouteAll()
  await page.goto(`${allowed.url}/?next&tag=${encodeURIComponent('data-title-count="false"')}`)
  await page.getByRole('button', { name: 'Open the chat, 1 unread message' }).waitFor()
  await page.evaluate(listen)
  await button.click()
  await until(page, 'counts.at(-1) === 0')
  await button.click()
  await page.goto(`${allowed.url}/?after`)
  await panel.getByRole('button', { name: 'iPhone' }).waitFor({ state: 'attached' })
  expect(await button.getAttribute('aria-label')).toBe('Open the chat')
  expect(page.faults).toEqual([])
})

test('believes nobody but its own frame', async () => {
  const { page, button, field } = await onSite()
  await button.click()
  await field.waitFor()
  // From the page itself, and from another frame on it.
  await page.evaluate(`for (const message of [{ type: 'unread', count: 7 }, { type: 'close' }])
    postMessage({ fixladder: 1, ...message }, '*')`)
  // The panel's own frame stands in a shadow: no other frame can even name it.
  const opened = page.waitForEvent('framenavigated', (each) => each.url().endsWith('/?other'))
  await page.evaluate(`const frame = document.createElement('iframe')
    frame.src = '/?other'; document.body.append(frame)`)
  const other = await opened
  await other.waitForLoadState()
  await other.evaluate(`for (const type of ['close', 'ready'])
    parent.postMessage({ fixladder: 1, type }, '*')`)
  await until(page, 'heard.filter(({ data }) => data.type === "close").length === 2')
  await page.waitForTimeout(300)
  expect(await page.evaluate('heard.filter(({ data }) => data.type === "close").length')).toBe(2)
  expect(await page.evaluate('Fixladder.isOpen')).toBe(true)
  expect(await button.getAttribute('aria-label')).toBe('Close the chat')
})

test('neither a token nor a word of the conversation passes between the windows', async () => {
  const { page, button, panel, field } = await onSite()
  const userToken = jwt.sign({ sub: 'anna' }, secret, { algorithm: 'HS256', expiresIn: '1h' })
  const given = page.waitForRequest('**/api/chat/token')
  await page.evaluate(`Fixladder.setUser(${JSON.stringify(userToken)})`)
  await button.click()
  await field.fill('my shared album is stuck on waiting')
  await field.press('Enter')
  await panel.getByRole('button', { name: 'iPhone' }).waitFor()
  expect((await given).postDataJSON()).toMatchObject({ user: { token: userToken } })
  const heard = (await page.evaluate('heard')) as { data: object; origin: string }[]
  expect(heard.length).toBeGreaterThan(0)
  for (const { data, origin } of heard) {
    expect(origin).toBe(server.url)
    expect(data).toMatchObject({
      fixladder: 1,
      type: expect.stringMatching(/^(ready|unread)$/),
    })
    expect(
      Object.keys(data).filter((key) => !['fixladder', 'type', 'count'].includes(key)),
    ).toEqual([])
  }
  expect(page.faults).toEqual([])
})

test('does as its tag says', async () => {
  const tag = `data-position="left" data-accent="#ffd400" data-theme="dark" data-language="de" data-title="Hilfe" data-greeting="Guten Tag" data-opener="Fragen?" data-open data-z-index="7"`
  const { page, button, panel } = await onSite(`tag=${encodeURIComponent(tag)}`)
  await panel.getByRole('heading', { name: 'Hilfe' }).waitFor()
  // In place of the bot's own, with its examples; and the frame speaks as the pack does.
  await panel.getByText('Guten Tag', { exact: true }).waitFor()
  await panel.getByRole('group', { name: 'Your answer' }).waitFor()
  expect(await panel.getByText(/I'm Fixladder/).count()).toBe(0)
  expect(await button.getAttribute('aria-label')).toBe('Chat schließen')
  // Opened by the page, it takes nobody's focus.
  expect(await page.evaluate('document.activeElement.localName')).toBe('body')
  const look = `(({ left, zIndex, backgroundColor, color }) => [left, zIndex, backgroundColor, color])(
    getComputedStyle(document.querySelector('fixladder-chat').shadowRoot.querySelector('button')))`
  expect(await page.evaluate(look)).toEqual(['16px', '7', 'rgb(255, 212, 0)', 'rgb(0, 0, 0)'])
  await button.click()
  expect(await button.getAttribute('aria-label')).toBe('Fragen?, Chat öffnen')
  expect(page.faults).toEqual([])
})

test('takes the whole of a phone, and puts the page aside', async () => {
  const { page, button, panel, field } = await onSite(`tag=${encodeURIComponent('data-open')}`, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  })
  await page.evaluate(`document.documentElement.style.overflow = 'scroll'`)
  // Whatever the tag says, nobody finds the page covered who has just come.
  await page.waitForLoadState('load')
  await page.evaluate('new Promise((done) => setTimeout(() => setTimeout(done)))')
  expect(await page.evaluate('Fixladder.isOpen')).toBe(false)
  await button.tap()
  await field.waitFor()
  expect(await page.locator('fixladder-chat iframe').boundingBox()).toEqual({
    x: 0,
    y: 0,
    width: 360,
    height: 740,
  })
  const aside = '[document.body.inert, document.documentElement.style.overflow]'
  expect(await page.evaluate(aside)).toEqual([true, 'hidden'])
  await page.evaluate(`document.body.replaceWith(document.createElement('body'))`)
  await until(page, 'document.body.inert')
  await picture(page, 'widget-on-a-phone')
  await panel.getByRole('button', { name: 'Close the chat' }).tap()
  await until(page, '!Fixladder.isOpen && !document.body.inert')
  expect(await page.evaluate(aside)).toEqual([false, 'scroll'])
  expect(page.faults).toEqual([])
})

test('on the next page it stands as it was left', async () => {
  const { page, button, panel, field } = await onSite()
  await button.click()
  await field.fill('my shared album is stuck on waiting')
  await field.press('Enter')
  await panel.getByRole('button', { name: 'iPhone' }).waitFor()
  await page.goto(`${allowed.url}/?next`)
  await panel.getByRole('button', { name: 'iPhone' }).waitFor()
  expect(await page.evaluate('document.activeElement.localName')).toBe('body')
  await button.click()
  await page.goto(`${allowed.url}/?after`)
  await panel.locator('main').waitFor({ state: 'attached' })
  expect(await page.evaluate('Fixladder.isOpen')).toBe(false)
  expect(page.faults).toEqual([])
})

test.each(['light', 'dark'] as const)(
  'axe finds nothing on a %s page, closed and open',
  async (colorScheme) => {
    const { page, button, field } = await onSite('', { colorScheme })
    const findings = await findingsOn(page)
    await button.click()
    await field.waitFor()
    expect(
      [...findings, ...(await findingsOn(page))].filter((each) => each.includes('fixladder')),
    ).toEqual([])
  },
)

test('weighs what it may: 4 KB for the script, 60 KB for the panel', async () => {
  const weigh = async (path: string) =>
    gzipSync(Buffer.from(await (await fetch(server.url + path)).arrayBuffer()), { level: 9 }).length
  expect(await weigh('/widget.js')).toBeLessThanOrEqual(4096)
  const html = await (await fetch(`${server.url}/chat`)).text()
  const assets = html.match(/\/chat\/assets\/[\w.-]+/g) ?? []
  expect(assets.length).toBeGreaterThan(1)
  const sizes = await Promise.all(['/chat', ...assets].map(weigh))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(60 * 1024)
})

test.each(['focus', 'touchstart'])(
  '%s on the button loads the panel ahead, hidden',
  async (name) => {
    const { page, button, panel } = await onSite()
    await button.dispatchEvent(name)
    await panel.locator('main').waitFor({ state: 'attached' })
    expect(await page.locator('fixladder-chat iframe').isVisible()).toBe(false)
    expect(page.faults).toEqual([])
  },
)

test('moves only where people want motion', async () => {
  const duration = `getComputedStyle(
    document.querySelector('fixladder-chat').shadowRoot.querySelector('.box')).transitionDuration`
  const still = await onSite()
  const moving = await onSite('', { reducedMotion: 'no-preference' })
  expect(await still.page.evaluate(duration)).toBe('0s')
  expect(await moving.page.evaluate(duration)).toBe('0.14s')
})

test('is not taken in by an element of its name, nor drawn by rules of the page', async () => {
  const { page, button } = await onSite('hostile')
  expect(await page.evaluate('typeof Fixladder.open')).toBe('function')
  expect(await button.boundingBox()).toEqual({ x: 1208, y: 828, width: 56, height: 56 })
  expect(await button.isVisible()).toBe(true)
})
