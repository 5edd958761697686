import type { Browser, Page } from 'playwright-core'
import { findingsOn } from './axe'
import { launch, openPage, picture, type Watched } from './browser'
import { chatOn } from './chat'
import { startServer, type Server } from './server'

/** A visitor's page and two agents' consoles side by side, on the real server: from the wait to the rating. */

const password = 'horses eat yellow hay'

let browser: Browser
let server: Server

beforeAll(async () => {
  browser = await launch()
  server = await startServer({})
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** The keys of the lines that consoles were told, by the words of the line. */
const told = new Map<string, Set<string>>()

function note(payload: string | Buffer) {
  const { type, rows = [] } = JSON.parse(String(payload)) as {
    type: string
    rows?: readonly { text: string; key?: string }[]
  }
  if (type !== 'rows') return
  for (const { text, key } of rows) if (key) told.set(text, (told.get(text) ?? new Set()).add(key))
}

/** Makes the account that a link is for, in a browser of its own, and is in the console. */
async function joinBy(link: string, name: string): Promise<Watched> {
  const page = await openPage(browser, { viewport: { width: 1440, height: 900 } })
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => note(payload)))
  await page.goto(link)
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('E-mail').fill(`${name.toLowerCase()}@example.org`)
  for (const field of await page.locator('input[type=password]').all()) await field.fill(password)
  await page.keyboard.press('Enter')
  await page.getByText('Choose a case').waitFor()
  return page
}

/** An admin invites a colleague and copies the link. */
async function invite(admin: Page, name: string): Promise<string> {
  const { link } = await admin.evaluate(
    async ([role, called]) => {
      const answer = await fetch('/console/api/agents/invite', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-fixladder': 'console' },
        body: JSON.stringify({ role, name: called }),
      })
      return (await answer.json()) as { link: string }
    },
    ['agent', name] as const,
  )
  return link
}

test('wait, claim race, chat, send a fix by key, back to the bot, finish, rate', async () => {
  const maria = await joinBy(server.setUpLink, 'Maria')
  const ben = await joinBy(await invite(maria, 'Ben'), 'Ben')
  const visitor = await openPage(browser)
  const chat = chatOn(visitor)
  const heard = (text: string | RegExp) => chat.said.filter({ hasText: text }).first().waitFor()
  await chat.open(server.url)

  await chat.say('waiting for photos on my iphone, ios 18')
  await chat.say('no')
  await chat.say('can i talk to a person')
  expect((await chat.transcript()).at(-1)).toMatch(/next in line.*one more thing meanwhile/)

  for (const page of [maria, ben]) {
    await page.getByText('Visitor').first().click()
    await page.getByText('Tried so far').waitFor()
    await page.getByText('Check the internet connection').first().waitFor()
  }
  expect(await findingsOn(maria)).toEqual([])
  await picture(maria, 'console-brief')

  // Both press C in the same moment: one has the case, the other reads who.
  await Promise.all([maria.keyboard.press('c'), ben.keyboard.press('c')])
  await heard(/(Maria|Ben) has joined/)
  const isMarias = (await chat.transcript()).some((line) => line.includes('Maria has joined'))
  const [agent, other] = isMarias ? [maria, ben] : [ben, maria]
  const [name, colleague] = isMarias ? ['Maria', 'Ben'] : ['Ben', 'Maria']
  await other.getByText(`${name} has this case`).first().waitFor()

  await agent
    .locator('#write')
    .fill('Hello <img src=x onerror=alert(1)>, I have read what you tried.')
  await agent.keyboard.press('Enter')
  await heard('I have read what you tried.')
  expect(await chat.transcript()).toContainEqual(
    expect.stringContaining('<img src=x onerror=alert(1)>'),
  )

  // The same word twice, and once more as a note: each is known again by its own key.
  for (let times = 0; times < 2; times += 1) {
    await agent.locator('#write').fill('moment')
    await agent.keyboard.press('Enter')
  }
  await agent.keyboard.press('Escape')
  await agent.keyboard.press('n')
  await agent.locator('#write:focus').fill('moment')
  await agent.keyboard.press('Enter')
  const lines = agent.locator('.bubble', { hasText: /^moment$/ })
  await agent.locator('.from-note', { hasText: 'Your note' }).waitFor()
  await agent.locator('.pending-state').waitFor({ state: 'detached', timeout: 4_000 })
  expect(await lines.count()).toBe(3)
  expect(told.get('moment')?.size).toBe(3)

  await agent.keyboard.press('Escape')
  // The keys go by the order of the list, whatever it is today.
  const titles = agent.locator('.next-title')
  await titles.first().waitFor()
  const place = (await titles.allTextContents()).indexOf('Close and reopen Photos')
  await agent.keyboard.press(String(place + 1))
  await heard('Swipe up from the bottom edge')
  await chat.box.fill('<b>still</b> nothing')
  await chat.box.press('Enter')
  await agent.getByText('<b>still</b> nothing').first().waitFor()

  await agent.keyboard.press('r')
  await agent.getByRole('radio', { name: 'Turn off VPN' }).check()
  await agent.keyboard.press('Enter')
  await heard(`${name} has left the chat`)
  await heard('VPN, proxy and firewall')

  await chat.say('talk to a person')
  await other.getByText('Visitor').first().click()
  await other.keyboard.press('c')
  await heard(`${colleague} has joined`)
  // After the claim the field has the focus; only outside it a letter is a key.
  await other.locator('#write:focus').waitFor()
  await other.keyboard.press('Escape')
  await other.keyboard.press('e')
  await other.getByText('What fixed it?').waitFor()
  // The fixes stand there once the case was read.
  await other.locator('.tray-choice kbd', { hasText: /^1$/ }).waitFor()
  await other.keyboard.press('1')
  await heard(`How was it with ${colleague}`)
  await chat.press('5')
  expect((await chat.transcript()).at(-1)).toContain('What made it so?')

  expect([maria, ben, visitor].flatMap(({ faults }) => faults.filter(isFault))).toEqual([])
})

/** The page asks who is signed in, and the answer to nobody is 401, which a browser notes. */
const isFault = (line: string): boolean => !line.includes('401') && !line.includes('409')
