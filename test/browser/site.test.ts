import type { Browser } from 'playwright-core'
import { findingsOn } from './axe'
import { launch, openPage, picture, until } from './browser'
import { startServer, type Server } from './server'

/** The site at `/`: what it shows, how it looks, and the line to copy. */

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

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test.each([360, 768, 1280])(
    'axe finds nothing at %d px, and nothing is cut off',
    async (width) => {
      const page = await openPage(browser, { colorScheme, viewport: { width, height: 900 } })
      await page.goto(server.url)
      await page.locator('fixladder-chat button').waitFor()
      expect(await findingsOn(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      await picture(page, `site-${width}-${colorScheme}`)
      expect(page.faults).toEqual([])
      await page.context().close()
    },
  )
})

test('its button opens the chat, and its line is the one for this server', async () => {
  const page = await openPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] })
  await page.goto(server.url)
  await page.locator('fixladder-chat button').waitFor()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByText('Copied.').waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
    `<script src="${server.url}/widget.js" async></script>`,
  )
  await page.locator('#open').click()
  await page.frameLocator('fixladder-chat iframe').locator('textarea:focus').waitFor()
  await page.keyboard.press('Escape')
  await until(page, 'document.activeElement.id === "open"')
  expect(page.faults).toEqual([])
})

test('how the chat looks is chosen on the page, and the line says so', async () => {
  const page = await openPage(browser)
  await page.goto(server.url)
  await page.getByLabel('Side').selectOption('Left')
  await page.getByLabel('Colour').fill('#7a1f5c')
  await page.getByLabel('Words on the button').fill('Ask "us" <now>')
  const line = `<script src="${server.url}/widget.js" data-accent="#7a1f5c" data-position="left" data-opener="Ask &quot;us&quot; &lt;now>" async></script>`
  expect(await page.locator('#line').textContent()).toBe(line)
  await page.getByRole('button', { name: 'Show it here' }).click()
  const button = page.getByRole('button', { name: 'Ask "us" <now>' })
  await button.waitFor()
  expect(
    await page.evaluate(
      "getComputedStyle(document.querySelector('fixladder-chat').shadowRoot.querySelector('button')).backgroundColor",
    ),
  ).toBe('rgb(122, 31, 92)')
  const { x } = (await button.boundingBox())!
  expect(x).toBeLessThan(40)
  expect(await page.locator('#line').textContent()).toBe(line)
  expect(await page.getByLabel('Words on the button').inputValue()).toBe('Ask "us" <now>')
  expect(page.faults).toEqual([])
})

test('the button moves nothing on the page', async () => {
  const page = await openPage(browser)
  await page.addInitScript({
    content: `window.shifts = 0
      new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shifts += value })
        .observe({ type: 'layout-shift', buffered: true })`,
  })
  await page.goto(server.url)
  await page.locator('fixladder-chat button').click()
  await page.frameLocator('fixladder-chat iframe').locator('textarea:focus').waitFor()
  expect(await page.evaluate('shifts')).toBe(0)
})
