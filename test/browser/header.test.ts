import type { Browser } from 'playwright-core'
import { launch, openPage } from './browser'
import { chatOn } from './chat'
import { startServer, type Server } from './server'

/** The two buttons that are always there. */

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

test('"Start a new conversation" asks first, then begins anew and stays there', async () => {
  const page = await openPage(browser)
  const chat = chatOn(page)
  const question = page.getByRole('region', { name: 'Start a new conversation' })
  const renew = page.getByRole('button', { name: 'Start a new conversation' })
  await chat.open(server.url)
  await chat.say('my shared album is stuck on waiting')

  await renew.click()
  await question.waitFor()
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'hidden' })
  expect(await renew.evaluate((button) => button.matches(':focus'))).toBe(true)
  expect(await chat.transcript()).toHaveLength(3)

  await renew.click()
  await page.getByRole('button', { name: 'Start a new one' }).click()
  await chat.said.getByText('my shared album').waitFor({ state: 'detached' })
  await chat.said.getByText(/^Hello/).waitFor()
  await chat.say('I cannot add photos to a shared album')
  const begun = await chat.transcript()
  expect(begun).toHaveLength(3)

  await page.reload()
  await chat.said.nth(2).waitFor()
  expect(await chat.transcript()).toEqual(begun)
  expect(page.faults).toEqual([])
})

test.each([1280, 360])('"Talk to a person" passes the case on, at %d px', async (width) => {
  const page = await openPage(browser, { viewport: { width, height: 740 } })
  const chat = chatOn(page)
  await chat.open(server.url)
  await chat.say('my shared album is stuck on waiting')
  await chat.andHear(() => page.getByRole('button', { name: /^(Talk to )?a person$/i }).click())
  expect(await chat.transcript()).toEqual([
    expect.stringMatching(/^Hello/),
    '> my shared album is stuck on waiting',
    expect.stringMatching(/Which device are you using\?$/),
    '> Talk to a person',
    expect.stringMatching(/^I’ll bring in a colleague.*We answer within two hours/),
  ])
  expect(page.faults).toEqual([])
})
