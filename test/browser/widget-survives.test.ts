import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { until } from '../direct-line/requests'
import { launch, launchProfile, picture } from './browser'
import { sitDown } from './desk'
import { faultsOf, openShop, type Shop, type Visit } from './widget/shop'

/** Whatever happens to browser, network and server: each message is sent once and in order, and the chat says how it stands. */

let shop: Shop
let browser: Browser
/** The profile of a browser that keeps things. */
let profile: string

beforeAll(async () => {
  shop = await openShop()
  browser = await launch()
})
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'fixladder-profile-'))
})
afterEach(async () => {
  shop.proxy.isCut = false
  shop.proxy.blocksSockets = false
  for (const context of browser.contexts()) await context.close()
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
})
afterAll(async () => {
  await browser?.close()
  await shop?.close()
})

const phone = { viewport: { width: 390, height: 844 } }
const stuck = 'my shared album is stuck on waiting'
const greeting = expect.stringMatching(/^Hello/)
const device = expect.stringMatching(/Which device are you using\?$/)
const start = [greeting, `> ${stuck}`, device]
const fix = 'Check the internet connection'
const noted = expect.stringMatching(/^Noted\./)

/** Opens the chat and writes the first message, which is answered. */
async function begin({ button, panel, say }: Visit): Promise<void> {
  await button.click()
  await say(stuck)
  await panel.getByRole('button', { name: 'iPhone' }).waitFor()
}

/** Waits until the conversation stands there so. */
async function shows(visit: Visit, expected: readonly unknown[]): Promise<void> {
  const end = Date.now() + 20_000
  for (;;) {
    const now = await visit.transcript()
    try {
      return expect(now).toEqual(expected)
    } catch (difference) {
      if (Date.now() > end) throw difference
    }
    await visit.page.waitForTimeout(50)
  }
}

/** Loads the page anew. On a phone the chat would cover it, and stays closed. */
async function again({ page, button }: Visit): Promise<void> {
  await page.reload()
  if ((await button.getAttribute('aria-label')) !== 'Close the chat') await button.click()
}

const states = (visit: Visit, text: string) => visit.state.filter({ hasText: text }).waitFor()

test('offline for 30 s: what was written goes once and in order, and is said to wait', async () => {
  const visit = await shop.visit(browser, phone)
  await begin(visit)
  await visit.page.context().setOffline(true)
  shop.proxy.cut()
  await states(visit, 'You’re offline. What you write waits')
  await visit.say('it is an iphone')
  await visit.say('with ios 18')
  await new Promise((resolve) => setTimeout(resolve, 30_000))
  expect(await visit.transcript()).toEqual([
    ...start,
    '> it is an iphone (Waiting for network)',
    '> with ios 18 (Waiting for network)',
  ])
  await picture(visit.page, 'survives-offline')
  shop.proxy.isCut = false
  await visit.page.context().setOffline(false)
  const all = [...start, '> it is an iphone', fix, '> with ios 18', noted]
  await shows(visit, all)
  await states(visit, 'We answer at once')
  await again(visit)
  await shows(visit, all)
  expect(faultsOf(visit.page)).toEqual([])
})

test('the server killed in the middle, and started again', async () => {
  const visit = await shop.visit(browser, phone)
  await begin(visit)
  await shop.server.kill()
  await states(visit, 'Reconnecting…')
  await visit.say('it is an iphone')
  await visit.say('with ios 18')
  await states(visit, 'No connection. Trying again…')
  await picture(visit.page, 'survives-server-away')
  const mine = ['> it is an iphone', '> with ios 18']
  expect(await visit.transcript()).toEqual([
    ...start,
    ...mine.map((line) => `${line} (Not sent yet. It goes by itself)`),
  ])
  await shop.server.start()
  const all = [...start, mine[0], fix, mine[1], noted]
  await shows(visit, all)
  await states(visit, 'We answer at once')
  await again(visit)
  await shows(visit, all)
  expect(faultsOf(visit.page)).toEqual([])
})

test('two tabs, and the browser closed and opened again', async () => {
  let context = await launchProfile(profile, 'all')
  try {
    const one = await shop.visitIn(context)
    await begin(one)
    const two = await shop.visitIn(context)
    await two.button.click()
    await shows(two, start)
    // Written in one while there is no network, it waits in both, and goes once.
    await context.setOffline(true)
    shop.proxy.cut()
    await states(two, 'You’re offline')
    await one.say('it is an iphone')
    const waits = [...start, '> it is an iphone (Waiting for network)']
    await two.talk.locator('.is-waiting').waitFor()
    expect([await one.transcript(), await two.transcript()]).toEqual([waits, waits])
    shop.proxy.isCut = false
    await context.setOffline(false)
    const all = [...start, '> it is an iphone', fix]
    await shows(one, all)
    await shows(two, all)
    // What is begun in one stands in the other, and goes when it is sent there.
    await two.field.fill('half a sent')
    await holds(one, 'half a sent')

    await context.close()
    context = await launchProfile(profile, 'all')
    const three = await shop.visitIn(context)
    await three.button.click()
    await shows(three, all)
    await holds(three, 'half a sent')
    const four = await shop.visitIn(context)
    await four.button.click()
    await shows(four, all)
    await three.choose('Start a new conversation')
    await three.panel.getByRole('button', { name: 'Start a new one' }).click()
    await shows(three, [greeting])
    await shows(four, [greeting])
    await four.say('no invitation came')
    await three.talk.getByText('no invitation came').waitFor()
    await three.field.fill('and another')
    await holds(four, 'and another')
    // Erased in one, it is gone in the other, and so is what was begun.
    await three.choose('Delete my data')
    await three.panel.getByRole('button', { name: 'Delete my data' }).click()
    await three.panel.getByText('Your data is deleted').waitFor()
    await states(four, 'This conversation has ended. Your next message starts a new one')
    const empty = ['Tell us what goes wrong, in your own words.']
    expect([await three.transcript(), await four.transcript()]).toEqual([empty, empty])
    await holds(three, '')
    await holds(four, '')
    expect(await three.inside('JSON.stringify(localStorage)')).not.toMatch(/another|resume/)
    expect([...faultsOf(three.page), ...faultsOf(four.page)]).toEqual([])
  } finally {
    await context.close()
  }
})

/** Waits until the field holds this text. */
async function holds({ panel, page }: Visit, text: string): Promise<void> {
  const end = Date.now() + 10_000
  while ((await panel.locator('textarea').inputValue()) !== text) {
    if (Date.now() > end) throw new Error(`The field does not hold "${text}".`)
    await page.waitForTimeout(50)
  }
}

describe('with storage blocked', () => {
  const blocked = `for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { get() { throw new DOMException('No', 'SecurityError') } })`

  async function talks(visit: Visit) {
    await begin(visit)
    await visit.panel.getByRole('button', { name: 'iPhone' }).click()
    await shows(visit, [...start, '> iPhone', fix])
    expect(await visit.state.textContent()).toBe('We answer at once')
    expect(await visit.panel.locator('.notice').textContent()).toBe('')
    expect(visit.page.faults).toEqual([])
  }

  test('for third parties, as in a private window: a reload and a second tab go on', async () => {
    const visit = await shop.visit(browser)
    await talks(visit)
    expect(await visit.inside(`{ try { localStorage } catch (error) { error.name } }`)).toBe(
      'SecurityError',
    )
    await visit.page.reload()
    await shows(visit, [...start, '> iPhone', fix])
    const other = await shop.visitIn(visit.page.context())
    await other.button.click()
    await shows(other, [...start, '> iPhone', fix])
    await other.choose('Start a new conversation')
    await other.panel.getByRole('button', { name: 'Start a new one' }).click()
    await shows(visit, [greeting])
    expect([...visit.page.faults, ...other.page.faults]).toEqual([])
  })

  test('altogether, cookies too: the conversation lives as long as the page', async () => {
    const context = await launchProfile(profile, 'nothing')
    try {
      const visit = await shop.visitIn(context)
      await talks(visit)
      expect(await visit.inside('document.cookie = "a=b; Path=/chat"; document.cookie')).toBe('')
    } finally {
      await context.close()
    }
  })

  test('by a page that breaks it', async () => {
    const visit = await shop.visit(browser)
    await visit.page.addInitScript({ content: blocked })
    await visit.page.reload()
    await talks(visit)
    expect(await visit.page.title()).toBe('A shop')
  })
})

test('no WebSocket, a token that is not believed any more, and a clock two days off', async () => {
  shop.proxy.blocksSockets = true
  const visit = await shop.visit(browser)
  await visit.page.addInitScript({
    content: `{ const Real = Date; Date = class extends Real {
        constructor(...given) { given.length > 0 ? super(...given) : super(Date.now()) }
        static now() { return Real.now() + 2 * 86400000 } } }`,
  })
  await visit.page.reload()
  await begin(visit)
  let refused = 0
  await visit.page.route('**/activities*', (route) => {
    // One request of each kind.
    const status = { GET: 403, POST: 401 }[route.request().method()] ?? 500
    return ++refused <= 2
      ? route.fulfill({ status, json: { error: { code: 'TokenExpired', message: 'Expired.' } } })
      : route.continue()
  })
  await visit.say('it is an iphone')
  await shows(visit, [...start, '> it is an iphone', fix])
  expect(refused).toBeGreaterThan(2)
  await states(visit, 'We answer at once')
  // A day is named where it is another than today: by the server's clock it is none.
  expect(await visit.talk.locator('.day').allTextContents()).toEqual([])
  expect(faultsOf(visit.page)).toEqual([])
})

test('a conversation that is gone on the server: all stays on the screen, and the next message begins a new one', async () => {
  const visit = await shop.visit(browser, phone)
  await begin(visit)
  await visit.panel.getByRole('button', { name: 'iPhone' }).click()
  await visit.panel.locator('.card').waitFor()
  await visit.choose('Continue on another device')
  const link = await visit.panel
    .getByRole('textbox', { name: 'Link to this conversation' })
    .inputValue()
  await visit.field.press('Escape')
  await erase(link.split('#')[1] ?? '')
  await states(visit, 'This conversation has ended. Your next message starts a new one')
  const before = [...start, '> iPhone', fix]
  expect(await visit.transcript()).toEqual(before)
  expect(await visit.panel.getByRole('group', { name: 'Your answer' }).count()).toBe(0)
  expect(await visit.panel.getByRole('heading', { level: 1 }).textContent()).toBe(
    'iCloud photo sharing',
  )
  await picture(visit.page, 'survives-gone')
  await visit.say('no invitation came')
  const next = ['> no invitation came', device]
  // Who was greeted once is not greeted again in between.
  await shows(visit, [...before, ...next])
  await states(visit, 'We answer at once')
  await picture(visit.page, 'survives-gone-begun')
  await again(visit)
  await shows(visit, [greeting, ...next])
  expect(faultsOf(visit.page)).toEqual([])
})

/** Erases the conversation as its person could from elsewhere. */
async function erase(resume: string): Promise<void> {
  const post = (path: string, body: object, token = '') =>
    fetch(`${shop.server.url}/api/chat/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    })
  const { token } = (await (await post('token', { resume })).json()) as { token: string }
  expect((await post('forget', {}, token)).status).toBe(204)
}

test('what an agent writes to a closed chat is counted on button and title, and heard if wished', async () => {
  const visit = await shop.visit(browser)
  const { page, button, panel } = visit
  await page.addInitScript({
    content: `window.notes = 0; AudioContext.prototype.createOscillator = new Proxy(
      AudioContext.prototype.createOscillator, { apply: (...call) => (notes++, Reflect.apply(...call)) })`,
  })
  await page.reload()
  await button.click()
  const desk = await sitDown(shop.server)
  await visit.say('talk to a person')
  await desk.answer('Hello, Maria here.')
  await visit.talk.getByText('Hello, Maria here.').waitFor()
  await states(visit, 'Maria is here')
  expect(await visit.inside('notes')).toBe(0)

  await panel.getByRole('button', { name: 'Menu' }).click()
  const sound = panel.getByRole('button', { name: 'Sound for new messages' })
  expect(await sound.getAttribute('aria-pressed')).toBe('false')
  await sound.click()
  await visit.field.press('Escape')
  expect(await visit.inside('notes')).toBe(2)
  await button.click()
  await desk.answer('Are you there?')
  await desk.answer('It can wait.')
  await page.getByRole('button', { name: 'Open the chat, 2 unread messages' }).waitFor()
  expect(await page.title()).toBe('(2) A shop')
  expect(await visit.inside('notes')).toBe(6)
  // A page may change its title meanwhile.
  await page.evaluate('document.title = "A shoe"')
  await desk.answer('Until later.')
  await page.getByRole('button', { name: 'Open the chat, 3 unread messages' }).waitFor()
  expect(await page.title()).toBe('(3) A shoe')
  await picture(page, 'survives-unread')
  // In a private window too, what nobody has read is unread on the next page.
  await page.reload()
  await page.getByRole('button', { name: 'Open the chat, 3 unread messages' }).waitFor()
  await button.click()
  await until('the page’s own title', async () => (await page.title()) === 'A shop')
  expect(await button.getAttribute('aria-label')).toBe('Close the chat')
  desk.leave()
  expect(page.faults).toEqual([])
})
