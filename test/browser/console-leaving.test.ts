import type { Page } from 'playwright-core'
import { until } from '../direct-line/requests'
import { openConsole } from './console/on-console'
import { browser, fake, expectDone } from './console/stage'

/** One screen, several agents: what is left when one goes, and what an unreliable network makes of it. */

const omar = { id: 'a-omar', name: 'Omar Haddad', role: 'agent' } as const

async function signIn(page: Page) {
  await page.getByLabel('E-mail').fill('maria@example.org')
  await page.getByLabel('Password').fill('correct horse battery')
  await page.keyboard.press('Enter')
  await page.locator('.row').first().waitFor()
}

async function signOut(page: Page) {
  await page.locator('.menu summary').click()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
}

test("another's cookie in this browser: nothing of the first goes out as the second", async () => {
  const { page, field, open, faults } = await openConsole(browser, fake)
  await open('Carl')
  fake.cut()
  await page.getByText('Connection lost').waitFor()
  await field.fill('from Maria')
  await field.press('Enter')
  await field.fill('a draft of Maria')
  fake.agent = omar
  fake.isCut = false
  await page.getByText('Omar Haddad', { exact: true }).first().waitFor({ timeout: 20_000 })
  await page.locator('.row').first().waitFor()
  await page.waitForTimeout(1500)
  expect(fake.done).toEqual([])
  expect(page.url()).toBe(`${fake.url}/console`)
  await open('Carl')
  expect(await page.getByText('from Maria').count()).toBe(0)
  expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toMatch('of Maria')
  expect(faults()).toEqual([])
})

test('a session that another tab replaced leaves the console connected', async () => {
  const { page, rows, faults } = await openConsole(browser, fake)
  const before = fake.greeted
  fake.sendAll({ type: 'signed_out', reason: 'revoked' })
  await until('another connection', async () => fake.greeted > before)
  fake.change('c-anna', { person: 'Anna Renamed' })
  await rows.getByText('Anna Renamed').waitFor()
  await page.getByLabel('E-mail').waitFor({ state: 'detached' })
  expect(faults()).toEqual([])
})

test('signing out closes first what was being closed', async () => {
  const { page, keys, open } = await openConsole(browser, fake)
  await open('Carl')
  await keys('e', '0')
  await page.locator('.claim-bar').getByText('Closing').waitFor()
  await signOut(page)
  await page.getByLabel('E-mail').waitFor()
  expect(fake.done).toEqual(['close c-carl nothing'])
})

test('a closing that cannot be sent is sent when the connection is back, once', async () => {
  const { page, keys, open } = await openConsole(browser, fake)
  await open('Carl')
  await page.route('**/close', (route) => route.abort())
  await keys('e', '0')
  await page.getByText('The case of Carl Jansen is not closed yet.').waitFor({ timeout: 10_000 })
  await page.locator('.claim-bar').getByText('Closing').waitFor()
  expect(fake.done).toEqual([])
  await signOut(page)
  await page.getByText('The case of Carl Jansen is not closed yet.').waitFor()
  expect(await page.getByLabel('E-mail').count()).toBe(0)
  await page.unroute('**/close')
  await expectDone('close c-carl nothing')
  await page.locator('.claim-bar', { hasText: /^Closed/ }).waitFor()
  expect(fake.done).toHaveLength(1)
})

test('signing out on purpose leaves nothing of what was written', async () => {
  const { page, field, open } = await openConsole(browser, fake)
  await open('Carl')
  await field.fill('half a sen')
  expect(await page.evaluate('JSON.stringify(sessionStorage)')).toMatch('half a sen')
  await signOut(page)
  await page.getByLabel('E-mail').waitFor()
  expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toMatch(/half|drafts|owner/)
  expect(page.url()).toBe(`${fake.url}/console`)
  await signIn(page)
  await page.getByText('Choose a case').waitFor()
  await open('Carl')
  expect(await field.inputValue()).toBe('')
})

test("a proxy's page in place of an answer: the line goes again, once", async () => {
  const { page, field, open, faults } = await openConsole(browser, fake)
  await open('Carl')
  await page.route('**/answer', (route) => route.fulfill({ status: 200, body: '<html>' }))
  await field.fill('Hello')
  await field.press('Enter')
  await page.waitForResponse('**/answer')
  await page.unroute('**/answer')
  await expectDone('answer c-carl Hello')
  await page.locator('.is-sending').waitFor({ state: 'detached' })
  expect(fake.done).toHaveLength(1)
  expect(faults()).toEqual([])
})

test('a 503 is no reason to give up an open connection', async () => {
  const { field, open } = await openConsole(browser, fake)
  await open('Carl')
  const before = fake.greeted
  fake.refusals.set('answer', { status: 503, code: 'Unavailable', message: 'Starting.' })
  await field.fill('Hello')
  await field.press('Enter')
  await until('a try', async () => fake.refused.includes('answer'))
  fake.refusals.clear()
  await expectDone('answer c-carl Hello')
  expect(fake.greeted).toBe(before)
})

test('while signed in, a refused connection asks once a minute who we are, not each time', async () => {
  const { page } = await openConsole(browser, fake)
  let asked = 0
  let openings = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/api/me')) asked += 1
  })
  page.on('websocket', () => {
    openings += 1
  })
  fake.isLiveCut = true
  fake.dropAll()
  await until('some openings', async () => openings >= 4)
  expect(asked).toBe(1)
})

test('the first key after signing in says that somebody is there', async () => {
  fake.isSignedIn = false
  const { page, keys } = await openConsole(browser, fake)
  await signIn(page)
  expect(fake.heard).not.toContain('active')
  await keys('j')
  await until('that somebody is there', async () => fake.heard.includes('active'))
})

test('signed in, but the server is gone again: the page says so, and comes in by itself', async () => {
  fake.isSignedIn = false
  const { page } = await openConsole(browser, fake)
  await page.route('**/api/me', (route) => route.abort())
  await page.getByLabel('E-mail').fill('maria@example.org')
  await page.getByLabel('Password').fill('correct horse battery')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('The server can’t be reached.').waitFor()
  await page.unroute('**/api/me')
  await page.locator('.row').first().waitFor()
  expect(await page.getByLabel('E-mail').count()).toBe(0)
})
