import type { Browser } from 'playwright-core'
import { launch, openPage, picture, type Watched } from './browser'
import { chatOn, type Chat } from './chat'
import { startServer, type Server } from './server'

/** A person walks a ladder at /webchat until it is solved. */

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

const solved = [
  expect.stringMatching(/^Hello/),
  '> my shared album is stuck on waiting',
  expect.stringMatching(/Which device are you using\?$/),
  '> iPhone',
  expect.stringMatching(/^First the connection.*Did that help\?$/),
  '> No',
  expect.stringMatching(/^Next, Low Power Mode.*Did that help\?$/),
  '> Yes',
  expect.stringMatching(/^Good\./),
]

test.each([
  { width: 1280, height: 900 },
  { width: 360, height: 740 },
])('by pressing, at $width px', async (viewport) => {
  const page = await openPage(browser, { viewport })
  const chat = chatOn(page)
  await chat.open(server.url)
  await picture(page, `chat-start-${viewport.width}`)
  await chat.say('my shared album is stuck on waiting')
  await chat.press('iPhone')
  await chat.press('No')
  await picture(page, `chat-ladder-${viewport.width}`)
  await chat.press('Yes')
  await picture(page, `chat-solved-${viewport.width}`)
  // The picture in the README is the wide one of these.
  await page.mouse.move(0, 0)
  await picture(page, `ladder-${viewport.width}`, '.window')
  expect(await chat.transcript()).toEqual(solved)
  expect(await chat.buttons.count()).toBe(0)
  expect(await widthOf(page)).toBe(viewport.width)
  expect(page.faults).toEqual([])
})

test.each([
  { width: 1280, height: 900 },
  { width: 360, height: 740 },
])('by keyboard alone, at $width px', async (viewport) => {
  const page = await openPage(browser, { viewport })
  const chat = chatOn(page)
  await chat.open(server.url)
  await tabTo(page, 'textarea, input')
  await page.keyboard.type('my shared album is stuck on waiting')
  await chat.andHear(() => page.keyboard.press('Enter'))
  for (const label of ['iPhone', 'No', 'Yes']) await pressByKey(page, chat, label)
  expect(await chat.transcript()).toEqual(solved)
  expect(page.faults).toEqual([])
})

/** How wide the page is: wider than the window would mean scrolling sideways. */
const widthOf = (page: Watched) => page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)

const focused = (page: Watched) => page.locator(':focus')

/** Presses Tab, there or back, until something that matches has the focus. */
async function tabTo(page: Watched, selector: string): Promise<void> {
  const wanted = page.locator(`:is(${selector}):focus`)
  for (const key of ['Tab', 'Shift+Tab'])
    for (let presses = 0; presses < 12; presses += 1) {
      if ((await wanted.count()) > 0) return
      await page.keyboard.press(key)
    }
  throw new Error(`No way by Tab to ${selector}`)
}

/** The choices are one stop for Tab; the arrow keys go from one to the next. */
async function pressByKey(page: Watched, chat: Chat, label: string): Promise<void> {
  await chat.buttons.getByText(label, { exact: true }).waitFor()
  await tabTo(page, '.webchat__suggested-action')
  for (let presses = 0; presses < 6; presses += 1) {
    if ((await focused(page).textContent()) === label)
      return chat.andHear(() => page.keyboard.press('Enter'))
    await page.keyboard.press('ArrowRight')
  }
  throw new Error(`No way by arrow keys to "${label}"`)
}
