import type { Browser } from 'playwright-core'
import { findingsOn } from './axe'
import { launch, openPage, picture, type Watched } from './browser'
import { until } from '../direct-line/requests'
import { chatOn } from './chat'
import { startServer, type Server } from './server'

/** How the chat page looks and can be reached: light, dark, small and large. Pictures of it go to artifacts/. */

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

/** A page in the middle of a ladder, with choices under it. */
async function onTheLadder(page: Watched) {
  const chat = chatOn(page)
  await chat.open(server.url)
  await chat.say('my shared album is stuck on waiting')
  await chat.press('iPhone')
  await chat.press('No')
  await chat.buttons.getByText('Already tried').waitFor()
  await page.mouse.move(0, 0)
  return chat
}

// The widget is what people see first; here each theme and each width comes once.
test.each([
  ['light', 360],
  ['dark', 768],
  ['light', 1280],
] as const)('%s: axe finds nothing at %d px', async (colorScheme, width) => {
  const page = await openPage(browser, { colorScheme, viewport: { width, height: 900 } })
  const chat = await onTheLadder(page)
  await picture(page, `chat-${colorScheme}-${width}`)
  expect(await findingsOn(page)).toEqual([])
  await page.locator('#renew').click()
  await picture(page, `chat-renew-${colorScheme}-${width}`)
  expect(await findingsOn(page)).toEqual([])
  await page.locator('#sure-no').click()
  await chat.press('Yes')
  await picture(page, `chat-solved-${colorScheme}-${width}`)
  expect(page.faults).toEqual([])
})

test('the page follows the system from light to dark while it is open', async () => {
  const page = await openPage(browser, { colorScheme: 'light' })
  await onTheLadder(page)
  const areDark = () =>
    Promise.all(['.window', '.webchat__bubble__content'].map((selector) => isDark(page, selector)))
  expect(await areDark()).toEqual([false, false])
  await page.emulateMedia({ colorScheme: 'dark' })
  await until('the bubbles to be drawn again', async () => !(await areDark()).includes(false))
  expect(page.faults).toEqual([])
})

const isDark = (page: Watched, selector: string): Promise<boolean> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { getComputedStyle } = globalThis as unknown as {
        getComputedStyle: (of: unknown) => { backgroundColor: string }
      }
      const [red = 255] = /\d+/.exec(getComputedStyle(element).backgroundColor) ?? []
      return Number(red) < 100
    })

describe('at 200 %', () => {
  const parts = [
    '#state',
    '#elsewhere',
    '#person',
    '#renew',
    '.webchat__basic-transcript',
    '.webchat__suggested-actions',
    '[data-id=webchat-sendbox-input]',
  ]

  test.each([
    { on: 'a desktop', width: 640, height: 450 },
    { on: 'a phone', width: 180, height: 370 },
  ])('everything on $on is there, and nothing covers anything', async ({ width, height }) => {
    const page = await openPage(browser, { viewport: { width, height }, deviceScaleFactor: 2 })
    const chat = await onTheLadder(page)
    await picture(page, `chat-200-percent-${width}`)
    const places = await Promise.all(parts.map((selector) => placeOf(page, selector)))
    const outside = places.filter(
      ({ left, top, right, bottom }) => left < 0 || top < 0 || right > width || bottom > height,
    )
    const covered = places.flatMap((one, index) =>
      places.slice(index + 1).filter((other) => overlap(one, other)),
    )
    expect({ outside, covered }).toEqual({ outside: [], covered: [] })
    await chat.press('Yes')
    expect(page.faults).toEqual([])
  })
})

interface Place {
  readonly selector: string
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

async function placeOf(page: Watched, selector: string): Promise<Place> {
  const box = await page.locator(selector).first().boundingBox()
  if (!box || box.width === 0 || box.height === 0) throw new Error(`${selector} is not on the page`)
  const { x, y, width, height } = box
  return { selector, left: x, top: y, right: x + width, bottom: y + height }
}

/** Edges that touch, or share the fraction of a pixel, do not overlap. */
const overlap = (one: Place, other: Place): boolean =>
  one.left + 1 < other.right &&
  other.left + 1 < one.right &&
  one.top + 1 < other.bottom &&
  other.top + 1 < one.bottom
