import type { Browser } from 'playwright-core'
import { findingsOn } from './axe'
import { launch, openPage, picture } from './browser'
import { chatOn } from './chat'
import { startServer, type Server } from './server'

/** The desk's pages, and what people on both sides may write without it becoming more than text. */

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

/** Each of these would show itself by a dialog, a request, a console error or an element. */
const hostile = [
  '<img src=x onerror=alert(1)> my shared album is stuck on waiting',
  '<script>alert(1)</script>',
  '[press here](javascript:alert(1))',
  '![x](http://evil.example/x.png)',
  '<style>body{display:none}</style><svg onload=alert(1)>',
]

test('an empty desk says what will appear there', async () => {
  const page = await openPage(browser)
  await page.goto(server.adminUrl)
  await page.getByText('Cases will appear here').waitFor()
  expect(await findingsOn(page)).toEqual([])
  expect(page.faults).toEqual([])
})

test('a case is read, answered and given back; hostile words stay words on both sides', async () => {
  const [person, agent] = [await openPage(browser), await openPage(browser)]
  const chat = chatOn(person)
  await chat.open(server.url)
  for (const text of hostile) await chat.say(text)
  await chat.andHear(() => person.locator('#person').click())
  const said = await chat.transcript()
  expect(said).toEqual(expect.arrayContaining(hostile.map((text) => `> ${text}`)))

  await agent.goto(server.adminUrl)
  await agent.getByRole('link').first().click()
  const onDesk = agent.locator('.said')
  for (const text of hostile) await onDesk.getByText(text, { exact: true }).waitFor()
  const answer = 'Hello, <b onmouseover=alert(1)>Maria</b> here. [help](javascript:alert(2))'
  await agent.getByRole('textbox').fill(answer)
  await agent.getByRole('button', { name: 'Send answer' }).click()
  await onDesk.getByText(answer, { exact: true }).waitFor()
  expect(await agent.getByRole('textbox').inputValue()).toBe('')
  await chat.said.getByText(answer, { exact: true }).waitFor()

  await chat.box.fill('thank you')
  await chat.box.press('Enter')
  await onDesk.getByText('thank you', { exact: true }).waitFor()
  await agent.getByRole('button', { name: 'Return to bot' }).click()
  await agent.getByText('This case is closed').waitFor()
  await chat.said.getByText(/^A colleague has left/).waitFor()
  await chat.say('my shared album is stuck on waiting')

  const strangers =
    'img[src^=http], img[src=x], script:not([src]), svg[onload], b, a[href^=javascript]'
  expect(await person.locator(`#chat :is(${strangers})`).count()).toBe(0)
  expect(await agent.locator(`main :is(${strangers})`).count()).toBe(0)
  expect([...person.faults, ...agent.faults]).toEqual([])
})

describe('with a case', () => {
  let path: string

  beforeAll(async () => {
    const page = await openPage(browser)
    const chat = chatOn(page)
    await chat.open(server.url)
    await chat.say('my shared album is stuck on waiting')
    await chat.press('iPhone')
    await chat.press('No')
    await chat.press('Already tried')
    await chat.andHear(() => page.locator('#person').click())
    const agent = await openPage(browser)
    await agent.goto(server.adminUrl)
    path = (await agent.getByRole('link').first().getAttribute('href')) ?? ''
  })

  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    test.each([360, 768, 1280])('axe finds nothing at %d px', async (width) => {
      const page = await openPage(browser, { colorScheme, viewport: { width, height: 900 } })
      await page.goto(server.adminUrl)
      await picture(page, `desk-list-${colorScheme}-${width}`)
      expect(await findingsOn(page)).toEqual([])
      await page.goto(server.adminUrl + path)
      await picture(page, `desk-case-${colorScheme}-${width}`)
      expect(await findingsOn(page)).toEqual([])
      const size = await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)
      expect(size).toBe(width)
      expect(page.faults).toEqual([])
    })
  })
})
