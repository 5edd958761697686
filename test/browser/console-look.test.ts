import type { Line } from '../../web/console/state/contract'
import { findingsOn } from './axe'
import { picture } from './browser'
import { openConsole } from './console/on-console'
import { browser, fake } from './console/stage'

/** How the console looks, at every size, and what it does with words and numbers that nobody expects. */

test.each([
  ['light', 1440],
  ['dark', 1024],
  ['light', 768],
  ['dark', 360],
] as const)('%s: axe finds nothing at %d px', async (colorScheme, width) => {
  const on = await openConsole(browser, fake, { colorScheme, viewport: { width, height: 900 } })
  const { page, open } = on
  expect(await findingsOn(page)).toEqual([])
  await open('Carl')
  await picture(page, `console-${colorScheme}-${width}`)
  expect(await findingsOn(page)).toEqual([])
  expect(await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)).toBe(width)
  expect(on.faults()).toEqual([])
})

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test('axe finds nothing in what opens over and under a case', async () => {
    const viewport = { width: 1024, height: 900 }
    const { page, keys, open } = await openConsole(browser, fake, { colorScheme, viewport })
    await open('Carl')
    await keys('2', 'b')
    expect(await findingsOn(page)).toEqual([])
    for (const key of ['e', 'r', 'x', 'q', 'd']) {
      await keys(key)
      await page.locator('.tray').waitFor()
      expect(await findingsOn(page)).toEqual([])
      await keys('Escape')
    }
    await keys('Control+k')
    expect(await findingsOn(page)).toEqual([])
    await keys('Escape', 'Shift+?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    expect(await findingsOn(page)).toEqual([])
    await keys('Escape')
  })

  test('axe finds nothing on the pages beside', async () => {
    const { page } = await openConsole(browser, fake, { colorScheme })
    for (const name of ['people', 'audit', 'account']) {
      await page.goto(`${fake.url}/console#${name}`)
      await page.locator('.sheet h1').waitFor()
      await picture(page, `console-${name}-${colorScheme}`)
      expect(await findingsOn(page)).toEqual([])
    }
    fake.isSignedIn = false
    await page.goto('about:blank')
    await page.goto(`${fake.url}/console`)
    await page.getByLabel('Password').waitFor()
    await picture(page, `console-sign-in-${colorScheme}`)
    expect(await findingsOn(page)).toEqual([])
  })
})

test('on a tablet the queue is a drawer, on a phone the ladder too', async () => {
  const tablet = await openConsole(browser, fake, { viewport: { width: 768, height: 1024 } })
  await tablet.open('Carl')
  await tablet.rows.first().waitFor({ state: 'hidden' })
  await tablet.page.locator('.ladder').waitFor()
  await tablet.page.getByRole('button', { name: /^Queue/ }).click()
  await tablet.page.locator('.row', { hasText: 'Dora Eze' }).click()
  await tablet.page.locator('.case-head h2', { hasText: 'Dora Eze' }).waitFor()
  await tablet.rows.first().waitFor({ state: 'hidden' })

  const phone = await openConsole(browser, fake, { viewport: { width: 360, height: 740 } })
  await phone.open('Carl')
  await phone.page.locator('.ladder').waitFor({ state: 'hidden' })
  await phone.page.getByRole('button', { name: 'Ladder' }).click()
  await phone.page.locator('.ladder').getByText('Next fixes').waitFor()
  expect([...tablet.faults(), ...phone.faults()]).toEqual([])
})

test('on a phone no table breaks its words', async () => {
  const { page } = await openConsole(browser, fake, { viewport: { width: 360, height: 740 } })
  for (const name of ['people', 'audit']) {
    await page.goto(`${fake.url}/console#${name}`)
    await page.locator('.sheet tbody tr').first().waitFor()
    await picture(page, `console-${name}-360`)
    const place = page.locator('.table-place').first()
    expect(await place.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0)
    expect(await findingsOn(page)).toEqual([])
  }
  const address = page.locator('td', { hasText: 'Maria Conti' }).first()
  expect((await address.boundingBox())?.height).toBeLessThan(30)
})

test.each([1440, 1024, 768])('text twice as large fits at %d px', async (width) => {
  // As a browser zooms: half the room, for type and for where the layout changes.
  const viewport = { width: width / 2, height: 450 }
  const { page, open } = await openConsole(browser, fake, { viewport, deviceScaleFactor: 2 })
  await open('Carl')
  await picture(page, `console-200-percent-${width}`)
  expect(await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)).toBe(width / 2)
  await page.locator('#write').fill('Hello')
  const send = await page.getByRole('button', { name: 'Send', exact: true }).boundingBox()
  expect(send && send.y + send.height).toBeLessThanOrEqual(450)
})

/** Each of these would show itself by a dialog, a request, a console error or an element. */
const hostile = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '[press](javascript:alert(1)) javascript:alert(2)',
  '</div></main><style>body{display:none}</style><svg onload=alert(1)>',
  '\u202Egnihtemos\u202C {{constructor.constructor("alert(1)")()}} ${alert(1)}',
]

test('hostile words are words, wherever they stand', async () => {
  const [first = ''] = hostile
  const line = fake.change('c-carl', {
    person: first,
    device: hostile[1],
    lastWords: hostile[3],
    replyTo: hostile[2],
    symptom: { id: 'x', title: first, short: first },
  })
  for (const text of hostile) fake.says('c-carl', { from: 'person', text })
  const { page, log, open, faults } = await openConsole(browser, fake)
  await open(first)
  for (const text of hostile) await log.getByText(text, { exact: true }).first().waitFor()
  expect(await page.locator('.case-head h2').textContent()).toBe(line.person)
  expect(await page.locator('img, script:not([src]), style, a[href^=javascript]').count()).toBe(0)
  expect(faults()).toEqual([])
})

test('links in messages are safe ones, and lead out of the console', async () => {
  fake.says('c-carl', { from: 'person', text: 'see https://a.example/x and http://b.example' })
  const { log, open } = await openConsole(browser, fake)
  await open('Carl')
  const links = log.getByRole('link')
  expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual([
    'https://a.example/x',
  ])
  expect(await links.getAttribute('rel')).toBe('noopener noreferrer')
})

test('five hundred cases and two thousand lines stay in hand', async () => {
  const [sample] = fake.cases.values()
  if (!sample) throw new Error('The fake has no case.')
  for (let number = 0; number < 500; number += 1)
    fake.add({ ...sample, id: `n${number}`, person: `Person ${number}`, viewers: [] }, [])
  const lines = Array.from({ length: 2000 }, (_, index): Line => ({
    seq: index + 1,
    at: sample.createdAt + index,
    from: index % 3 === 0 ? 'agent' : 'person',
    name: 'Maria Conti',
    text: `line ${index + 1}`,
  }))
  fake.talks.set('c-carl', lines)
  const { page, rows, log, open, keys } = await openConsole(browser, fake)
  await open('Carl')
  expect(await rows.count()).toBe(511)
  await log.getByText('line 2000').waitFor()
  expect(await log.locator('.bubble').count()).toBe(200)
  await page.getByRole('button', { name: 'Show 1800 earlier lines' }).click()
  await log.getByText('line 1301', { exact: true }).waitFor()
  await keys('j', 'j', 'k')
  await page.locator('.row[aria-current=true]').waitFor()
})

test('an empty console says what will appear, and where', async () => {
  fake.cases.clear()
  const { page, keys } = await openConsole(browser, fake)
  await page.getByText('Nobody is waiting.').waitFor()
  await page.getByText('Choose a case').waitFor()
  await page.getByText('The ladder of the case you open appears here.').waitFor()
  await keys('g', 'm')
  await page.getByText('Your cases will appear here once you claim one.').waitFor()
  expect(await findingsOn(page)).toEqual([])
})
