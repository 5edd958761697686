import type { Browser, Page } from 'playwright-core'
import { launch, openPage, picture, type Watched } from './browser'
import { startServer, type Server } from './server'

/** Administration on the real server, seen from both sides: the administrator's page and the console of whom it concerns. */

const password = 'horses eat yellow hay'

let browser: Browser
let server: Server
let maria: Watched

beforeAll(async () => {
  browser = await launch()
  server = await startServer({})
  maria = await join(server.setUpLink, 'Maria')
  await maria.goto(`${server.url}/console#people`)
  await maria.getByRole('heading', { name: 'People' }).waitFor()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const openConsole = () => openPage(browser, { viewport: { width: 1440, height: 900 } })
const addressOf = (name: string) => `${name.toLowerCase()}@example.org`

async function join(link: string, name: string): Promise<Watched> {
  const page = await openConsole()
  await joinOn(page, link, name)
  return page
}

async function joinOn(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('E-mail').fill(addressOf(name))
  await page.getByLabel('Password').fill(password)
  await page.keyboard.press('Enter')
  await page.getByText('Choose a case').waitFor()
}

async function signIn(name: string, secret: string, page?: Watched): Promise<Watched> {
  const on = page ?? (await openConsole())
  if (!page) await on.goto(`${server.url}/console`)
  await on.getByLabel('E-mail').fill(addressOf(name))
  await on.getByLabel('Password').fill(secret)
  await on.keyboard.press('Enter')
  return on
}

/** By the form, as an administrator does it. */
async function invite(name: string): Promise<string> {
  await maria.getByLabel('Name (optional)').fill(name)
  await maria.getByRole('button', { name: 'Make invitation link' }).click()
  await maria.getByRole('row', { name }).waitFor()
  return maria.getByLabel('Invitation link').inputValue()
}

/** The list tells who has used an invitation when it is opened again. */
async function reopenPeople(): Promise<void> {
  await maria.reload()
  await maria.getByRole('heading', { name: 'People' }).waitFor()
}

const menuOf = async (page: Watched) => {
  await page.locator('.menu summary').click()
  const entries = await page.locator('.menu-list button').allTextContents()
  await page.locator('.menu summary').click()
  return entries.map((entry) => entry.replace(/\?$|G R$/, ''))
}

test('a changed role shows itself in the console of whom it concerns', async () => {
  const ben = await join(await invite('Ben'), 'Ben')
  expect(await menuOf(ben)).toEqual([
    'Account and sounds',
    'Ratings',
    'Keyboard shortcuts',
    'Sign out',
  ])
  await reopenPeople()
  await maria.getByLabel('Role of Ben').selectOption('supervisor')
  await maria.getByText('Ben is a supervisor now, and signs in again.').waitFor()
  await ben.getByText('You were signed out from elsewhere.').waitFor({ timeout: 10_000 })
  await signIn('Ben', password, ben)
  await ben.getByText('Choose a case').waitFor()
  expect(await menuOf(ben)).toContain('Audit log')
  await ben.goto(`${server.url}/console#audit`)
  await ben.getByRole('row', { name: /Maria Role changed Ben: agent, now supervisor/ }).waitFor()
})

test('nobody takes their own role, or their own way in, by one press', async () => {
  await maria.getByRole('row', { name: /Maria \(you\).*Administrator/ }).waitFor()
  expect(await maria.getByLabel('Role of Maria').count()).toBe(0)
  expect(
    await maria
      .getByRole('row', { name: /\(you\)/ })
      .getByRole('button')
      .count(),
  ).toBe(0)
})

test('a disabled account is out of its console within seconds, and cannot come back', async () => {
  const cleo = await join(await invite('Cleo'), 'Cleo')
  await reopenPeople()
  const row = maria.getByRole('row', { name: /Cleo/ })
  const disable = row.getByRole('button', { name: 'Disable' })
  await disable.focus()
  for (const leave of ['Escape', 'Enter']) {
    await maria.keyboard.press('Enter')
    await row.getByRole('group', { name: 'Sign Cleo out and keep them out?' }).waitFor()
    await row.locator('button:focus', { hasText: 'Keep' }).waitFor()
    await picture(maria, 'console-people-disable')
    await maria.keyboard.press(leave)
    await row.getByRole('group').waitFor({ state: 'detached' })
    await row.locator('button:focus', { hasText: 'Disable' }).waitFor()
  }
  await maria.keyboard.press('Enter')
  await maria.keyboard.press('Shift+Tab')
  await maria.keyboard.press('Enter')
  await cleo.getByText('You were signed out from elsewhere.').waitFor({ timeout: 10_000 })
  await signIn('Cleo', password, cleo)
  await cleo.getByRole('alert').filter({ hasText: /\w/ }).waitFor()
  expect(await cleo.getByText('Choose a case').count()).toBe(0)

  await maria.getByRole('row', { name: /Cleo/ }).getByRole('button', { name: 'Enable' }).click()
  await maria.getByRole('row', { name: /Cleo.*Active/ }).waitFor()
  await signIn('Cleo', password, cleo)
  await cleo.getByText('Choose a case').waitFor()
})

test('a revoked invitation leads nowhere', async () => {
  const link = await invite('Dora')
  await maria.getByRole('row', { name: /Dora/ }).getByRole('button', { name: 'Revoke' }).click()
  await maria.getByRole('row', { name: /Dora/ }).waitFor({ state: 'detached' })
  const page = await openConsole()
  await page.goto(link)
  await page.getByText('This link is used up or too old.').waitFor()
  expect(await page.getByLabel('Password').count()).toBe(0)
  await page.getByRole('button', { name: 'Go to sign-in' }).click()
  await page.getByLabel('E-mail').waitFor()
})

test("changing one's own password keeps this session and ends the others", async () => {
  const here = await join(await invite('Emil'), 'Emil')
  const there = await signIn('Emil', password)
  await there.getByText('Choose a case').waitFor()
  const fresh = 'clouds eat the morning'
  await here.goto(`${server.url}/console#account`)
  await here.getByLabel('Current password').fill('something else')
  await here.getByLabel('New password').fill(fresh)
  await here.getByRole('button', { name: 'Change password' }).click()
  await here.getByRole('alert').filter({ hasText: /\w/ }).waitFor()
  await here.getByLabel('Current password').fill(password)
  await here.getByRole('button', { name: 'Change password' }).click()
  await here.getByText('Changed. Your other sessions have ended.').waitFor()
  await there.getByText('You were signed out from elsewhere.').waitFor({ timeout: 10_000 })
  await here.getByRole('button', { name: 'Back to the cases' }).click()
  await here.getByText('Choose a case').waitFor()

  await signIn('Emil', password, there)
  await there.getByRole('alert').filter({ hasText: /\w/ }).waitFor()
  expect(await there.getByText('Choose a case').count()).toBe(0)
  await signIn('Emil', fresh, there)
  await there.getByText('Choose a case').waitFor()
})

test('of two who come in one after the other in one browser, the first tab sends nothing as the second one', async () => {
  const first = await join(await invite('Faye'), 'Faye')
  const link = await invite('Gil')
  const asked = first.waitForRequest((request) => request.url().includes('/console/api/cases?'))
  await first.locator('#find').fill('anna')
  const faye = (await asked).headers()['x-fixladder-agent']
  const second = await first.context().newPage()
  await joinOn(second, link, 'Gil')

  // A command that the first tab had on its tongue.
  const answer = await first.evaluate<{ status: number; code: string }>(`fetch(
    '/console/api/password',
    {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-fixladder': 'console',
        'x-fixladder-agent': ${JSON.stringify(faye)},
      },
      body: '{"old":"x","new":"y"}',
    },
  ).then(async (got) => ({ status: got.status, code: (await got.json()).error.code }))`)
  expect(answer).toEqual({ status: 409, code: 'OtherAgent' })
  await first.locator('#find').fill('ben')
  await first.locator('.menu-name', { hasText: 'Gil' }).waitFor({ timeout: 10_000 })
})
