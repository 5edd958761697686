import type { Browser } from 'playwright-core'
import { until } from '../direct-line/requests'
import { launch } from './browser'
import { startFake, type Fake } from './console/fake'
import { openConsole } from './console/on-console'

/** An agent's morning at the console, mostly without a mouse. */

let browser: Browser
let fake: Fake

beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => browser?.close())
beforeEach(async () => {
  fake = await startFake()
})
afterEach(async () => fake?.close())

const expectDone = (what: string) => until(what, async () => fake.done.includes(what))

test('claiming, chatting and closing by keyboard alone', async () => {
  const { page, field, log, keys, names, faults } = await openConsole(browser, fake)
  expect((await names()).slice(0, 2)).toEqual(['Anna Lindqvist', 'Ben'])
  await keys('j')
  await log.getByText('still the same, the plus is grey').waitFor()
  await page.getByText('Bot: 2 rungs').waitFor()
  await keys('c')
  await page.locator('#write:focus').waitFor()
  await page.keyboard.type('Hello Anna')
  await keys('Shift+Enter')
  await page.keyboard.type('I am Maria')
  await keys('Enter')
  await log.getByText('Hello Anna I am Maria').waitFor()
  await expectDone('answer c-anna Hello Anna\nI am Maria')
  expect(await field.inputValue()).toBe('')

  fake.sendAll({ type: 'typing', id: 'c-anna', who: 'person' })
  await page.getByText('Anna Lindqvist is writing…').waitFor()
  fake.says('c-anna', { from: 'person', text: 'hi maria' })
  await log.getByText('hi maria').waitFor()
  expect(await page.getByText('is writing…').count()).toBe(0)

  await keys('Escape', 'e')
  await page.getByText('What fixed it?').waitFor()
  await keys('1')
  await page.locator('.claim-bar').getByText('Closing the case of Anna').waitFor()
  await expectDone('close c-anna keep-photos-open')
  await page
    .locator('.claim-bar')
    .getByText(/^Closed/)
    .waitFor()
  expect(faults()).toEqual([])
})

test('closing can be undone, and is when the person writes again', async () => {
  const { page, field, keys, open } = await openConsole(browser, fake)
  await open('Carl')
  await keys('e', '0', 'z')
  await field.waitFor()
  await keys('e', '2')
  await page.locator('.claim-bar').getByText('Closing').waitFor()
  fake.says('c-carl', { from: 'person', text: 'one more thing' })
  await page.getByText('Carl Jansen wrote again, so the case stays open.').waitFor()
  await field.waitFor()
  await page.waitForTimeout(5500)
  expect(fake.done).toEqual([])
})

test('leaving the page closes at once what was being closed', async () => {
  const { page, keys, open } = await openConsole(browser, fake)
  await open('Carl')
  await keys('e', 'o')
  await page.keyboard.type('a restart of the router')
  await keys('Enter')
  await page.locator('.claim-bar').getByText('Closing').waitFor()
  await page.goto('about:blank')
  await expectDone('close c-carl other a restart of the router')
})

test('a number sends the fix as a card; one that loses something wants a second press', async () => {
  const { page, log, keys, open, faults } = await openConsole(browser, fake)
  await open('Carl')
  await keys('1')
  await log.getByText('Check Screen Time restrictions').waitFor()
  await expectDone('fix c-carl check-screen-time')
  await log.locator('.rung-card', { hasText: 'Fix 4' }).waitFor()
  expect(await page.locator('.is-sending').count()).toBe(0)

  await page.locator('.next-title', { hasText: 'Check Screen' }).waitFor({ state: 'detached' })
  await keys('1')
  await page.getByText('Press 1 again to send it anyway.').waitFor()
  await keys('Escape', '1')
  await page.getByText('Press 1 again to send it anyway.').waitFor()
  expect(fake.done).toHaveLength(1)
  await keys('1')
  await expectDone('fix c-carl sign-out-in')
  expect(faults()).toEqual([])
})

test('T and a number mark a fix as tried; the result of the open rung is one press', async () => {
  const { page, keys, open } = await openConsole(browser, fake)
  await open('Carl')
  await keys('t')
  await page.getByText('Press the number of the fix that was tried').waitFor()
  await keys('2')
  await expectDone('mark c-carl sign-out-in already_tried')
  await page.locator('.rungs').getByText('Sign out of iCloud').waitFor()
  await page
    .getByRole('group', { name: /Keep Photos open/ })
    .getByText('No help')
    .click()
  await expectDone('mark c-carl keep-photos-open no_help')
})

test('the palette finds actions, cases and canned replies', async () => {
  const { page, field, keys, open, faults } = await openConsole(browser, fake)
  await open('Carl')
  await keys('Control+k')
  await page.keyboard.type('emil')
  await keys('Enter')
  await page.getByText('Omar Haddad has this case').waitFor()

  await open('Carl')
  await keys('Control+k')
  await page.keyboard.type('system stat')
  await keys('Enter')
  await page.locator('#write:focus').waitFor()
  expect(await field.inputValue()).toMatch(/^Please look at/)

  await keys('Control+k')
  await page.keyboard.type('return')
  await keys('Enter')
  await page.getByRole('heading', { name: 'Return to bot at' }).waitFor()
  await keys('ArrowDown', 'ArrowDown', 'Enter')
  await expectDone('return c-carl check-screen-time')
  expect(faults()).toEqual([])
})

test('a slash inserts a canned reply, and a note is for colleagues only', async () => {
  const { page, field, log, keys, open } = await openConsole(browser, fake)
  await open('Carl')
  await keys('a')
  await page.locator('#write:focus').waitFor()
  await page.keyboard.type('/than')
  await page.getByRole('option', { name: /Thanks and goodbye/ }).waitFor()
  await keys('Enter')
  expect(await field.inputValue()).toMatch(/^Glad it works/)
  await keys('Control+Enter')
  await expectDone('answer c-carl Glad it works. Write here if it comes back.')
  await keys('Escape', 'n')
  await page.locator('.composer.is-note #write:focus').waitFor()
  await page.keyboard.type('was angry')
  await keys('Enter')
  await expectDone('note c-carl was angry')
  await log.locator('.from-note', { hasText: 'was angry' }).waitFor()
})

test('transfer, release and another symptom', async () => {
  const { page, keys, open } = await openConsole(browser, fake)
  await open('Carl')
  await keys('s')
  await page.keyboard.type('video')
  await keys('Enter')
  await expectDone('symptom c-carl video-problem')
  await keys('x')
  await page.getByRole('radio', { name: /Omar/ }).waitFor()
  await page.getByLabel(/Comment for your colleague/).fill('knows videos')
  await keys('Enter')
  await expectDone('transfer c-carl a-omar knows videos')
  await page.getByText('Omar Haddad has this case').waitFor()
  await open('Dora Eze')
  await keys('q')
  await page.getByLabel(/Comment for whoever/).waitFor()
  await keys('Enter')
  await expectDone('release c-dora')
})

test('whoever is later learns who was first, and a refused answer says why and can go again', async () => {
  const { page, field, keys, open } = await openConsole(browser, fake)
  const taken = { status: 409, code: 'Taken', message: 'Omar Haddad has this case.' }
  await open('Anna')
  fake.refusals.set('claim', taken)
  await keys('c')
  await page.getByRole('alert').getByText(taken.message).waitFor()
  await open('Carl')
  fake.refusals.set('answer', { status: 409, code: 'NotHeld', message: 'You no longer have it.' })
  await field.fill('Hello')
  await field.press('Enter')
  await page.getByText('Not sent: You no longer have it.').waitFor()
  fake.refusals.clear()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expectDone('answer c-carl Hello')
  await page.locator('.is-failed').waitFor({ state: 'detached' })
})

test('a lost connection loses nothing and doubles nothing', async () => {
  const { page, field, log, open } = await openConsole(browser, fake)
  await open('Carl')
  fake.cut()
  await page.getByText('Connection lost, trying again. What you write is kept.').waitFor()
  await field.fill('Still here')
  await field.press('Enter')
  await page.getByText('Will be sent when the connection is back').waitFor()
  await field.fill('a draft')
  fake.says('c-carl', { from: 'person', text: 'meanwhile' })
  fake.isCut = false
  await page.getByText('Connection lost').waitFor({ state: 'detached', timeout: 20_000 })
  await expectDone('answer c-carl Still here')
  await log.getByText('meanwhile').waitFor()
  await page.locator('.is-sending, .is-accepted').waitFor({ state: 'detached' })
  expect(await log.getByText('Still here').count()).toBe(1)
  expect(await field.inputValue()).toBe('a draft')

  await page.reload()
  await log.getByText('Still here').waitFor()
  expect(await field.inputValue()).toBe('a draft')
  expect(fake.done).toEqual(['answer c-carl Still here'])
})

test('signed out from elsewhere: sign in again and go on where you were', async () => {
  const { page, field, log, open, faults } = await openConsole(browser, fake)
  await open('Carl')
  await field.fill('half a sen')
  fake.isSignedIn = false
  fake.sendAll({ type: 'signed_out', reason: 'revoked' })
  await page
    .getByText('You were signed out from elsewhere. What you were writing is kept.')
    .waitFor()
  await page.getByLabel('E-mail').fill('maria@example.org')
  await page.getByLabel('Password').fill('wrong')
  await page.keyboard.press('Enter')
  await page.getByText('E-mail or password is wrong.').waitFor()
  await page.getByLabel('Password').fill('correct horse battery')
  await page.keyboard.press('Enter')
  await log.getByText('it says updating since breakfast').first().waitFor()
  expect(await field.inputValue()).toBe('half a sen')
  expect(faults()).toEqual([])
})

test('an invitation makes an account, its secret leaves the address, and a used one says so', async () => {
  fake.isSignedIn = false
  const { page, faults } = await openConsole(browser, fake)
  await page.goto('about:blank')
  await page.goto(`${fake.url}/console#join=good`)
  await page.getByText('You were invited as an agent.').waitFor()
  expect(page.url()).toBe(`${fake.url}/console`)
  await page.getByLabel('Your name').fill('Noor')
  await page.getByLabel('Password').fill('short')
  await page.getByRole('button', { name: 'Make account' }).click()
  await page.getByText('The password needs at least 12 characters.').waitFor()
  await page.getByLabel('Password').fill('a long enough one')
  await page.getByRole('button', { name: 'Make account' }).click()
  await page.locator('.row').first().waitFor()

  fake.isSignedIn = false
  await page.goto('about:blank')
  await page.goto(`${fake.url}/console#join=used`)
  await page.getByText('This link is used up or too old.').waitFor()
  fake.hasAgents = false
  await page.getByRole('button', { name: 'Go to sign-in' }).click()
  await page.getByText('The server printed a set-up link').waitFor()
  expect(faults()).toEqual([])
})

test('who signs in elsewhere gets one button', async () => {
  fake.isSignedIn = false
  fake.signIn = { kind: 'oidc', name: 'Contoso', url: '/console/sign-in' }
  const { page } = await openConsole(browser, fake)
  const link = page.getByRole('link', { name: 'Sign in with Contoso' })
  expect(await link.getAttribute('href')).toBe('/console/sign-in')
  expect(await page.getByLabel('Password').count()).toBe(0)
})

test('the title counts those who wait, and single letters can be switched off', async () => {
  const { page, keys, faults } = await openConsole(browser, fake)
  expect(await page.title()).toBe('(6) Agent console')
  await page.goto(`${fake.url}/console#account`)
  await page.getByLabel(/Number of waiting cases/).uncheck()
  await page.getByLabel(/Single-letter/).uncheck()
  fake.change('c-anna', { lastWords: 'x' })
  await until('the plain title', async () => (await page.title()) === 'Agent console')
  await page.getByRole('button', { name: 'Back to the cases' }).click()
  await keys('j')
  await page.getByText('Choose a case').waitFor()
  expect(faults()).toEqual([])
})

test('people are invited, and the log is read', async () => {
  const { page, faults } = await openConsole(browser, fake)
  await page.getByRole('button', { name: /^Menu/ }).or(page.locator('.menu summary')).click()
  await page.getByRole('button', { name: 'People' }).click()
  await page.getByRole('row', { name: /Omar/ }).waitFor()
  await page.getByRole('button', { name: 'Make invitation link' }).click()
  expect(await page.getByLabel('Invitation link').inputValue()).toMatch(/#join=good$/)
  await page.goBack()
  await page.locator('.row').first().waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('audit')
  await page.keyboard.press('Enter')
  await page.getByRole('cell', { name: 'Signed in' }).waitFor()
  expect(faults()).toEqual([])
})

test('a supervisor takes over what a colleague has; an agent is not offered it', async () => {
  const { page, keys, open, faults } = await openConsole(browser, fake)
  await open('Faye')
  await page.locator('.case-head').getByText('Take over').waitFor()
  await keys('o')
  await expectDone('transfer c-faye a-maria')
  await page.locator('.case-head').getByText('Return to bot').waitFor()

  fake.agent = { ...fake.agent, role: 'agent' }
  await page.reload()
  await open('Emil')
  expect(await page.locator('.case-head').getByText('Take over').count()).toBe(0)
  expect(faults()).toEqual([])
})

test('what the person says of themselves is noted with one press', async () => {
  const { page, keys, open, faults } = await openConsole(browser, fake)
  const carl = fake.details.get('c-carl')
  const { device: _device, role: _role, ...brief } = carl?.brief ?? { alternatives: [] }
  if (carl) fake.details.set('c-carl', { ...carl, brief })
  await open('Carl')
  await page.getByRole('group', { name: 'Device' }).getByText('iPad').click()
  await expectDone('facts c-carl ipad')
  await page.getByRole('group', { name: 'Device' }).waitFor({ state: 'detached' })
  await page.getByRole('group', { name: 'Album' }).getByText('Theirs').click()
  await page.locator('.known', { hasText: 'their own album' }).waitFor()
  await keys('?')
  expect(faults()).toEqual([])
})

test('a connection that says nothing any more is given up for another', async () => {
  const { page, rows, faults } = await openConsole(browser, fake)
  await page.clock.install()
  await page.reload()
  await rows.first().waitFor()
  const before = fake.greeted
  fake.sendAll({ type: 'beat' })
  await page.clock.fastForward(20_000)
  fake.sendAll({ type: 'beat' })
  await page.clock.fastForward(20_000)
  expect(fake.greeted).toBe(before)
  await page.clock.fastForward(30_000)
  await until('another connection', async () => fake.greeted > before)
  await page.getByText('Connection lost').waitFor({ state: 'detached' })
  expect(faults()).toEqual([])
})
