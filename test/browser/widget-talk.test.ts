import type { Browser } from 'playwright-core'
import { launch, openPage } from './browser'
import { startServer, type Server } from './server'

/** The panel over the real server: a ladder, a reload, and a person. */

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

test('climbs a ladder, folds what was answered, and is still there after a reload', async () => {
  const page = await openPage(browser, { viewport: { width: 380, height: 620 } })
  await page.goto(`${server.url}/chat`)
  const field = page.getByRole('textbox', { name: 'Your message' })
  await page.getByRole('group', { name: 'Your answer' }).waitFor()
  await field.fill('my shared album is stuck on waiting')
  await field.press('Enter')
  await page.getByRole('button', { name: 'iPhone' }).click()
  const card = page.locator('.card')
  await card.waitFor()
  expect(await card.locator('.card-kind').textContent()).toMatch(/^Fix 1 of about \d+ · \d+ min$/)
  const title = (await card.getByRole('heading').textContent()) ?? ''
  await card.getByRole('button', { name: 'No', exact: true }).click()
  const fold = page.locator('.fold')
  await fold.waitFor()
  expect(await fold.locator('.fold-title').textContent()).toBe(title)
  expect(await fold.locator('.fold-result').textContent()).toBe('no help')
  const next = (await card.getByRole('heading').textContent()) ?? ''
  expect(next).not.toBe(title)

  await page.reload()
  await card.waitFor()
  expect(await card.getByRole('heading').textContent()).toBe(next)
  expect(await fold.count()).toBe(1)

  await page.getByRole('button', { name: 'Talk to a person' }).click()
  await page.getByText('Talk to a person', { exact: true }).first().waitFor()
  expect(page.faults).toEqual([])
})

test('its link opens the conversation elsewhere', async () => {
  const page = await openPage(browser)
  await page.goto(`${server.url}/chat`)
  const field = page.getByRole('textbox', { name: 'Your message' })
  await field.fill('my shared album is stuck on waiting')
  await field.press('Enter')
  await page.getByRole('button', { name: 'iPhone' }).waitFor()
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Continue on another device' }).click()
  const link = await page.getByRole('textbox', { name: 'Link to this conversation' }).inputValue()
  const other = await openPage(browser)
  await other.goto(link)
  await other.getByText('This conversation was opened with a link.').waitFor()
  await other.getByRole('button', { name: 'iPhone' }).waitFor()
  expect(other.url()).toBe(`${server.url}/chat`)
  expect([...page.faults, ...other.faults]).toEqual([])
})
