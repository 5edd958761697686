import type { Page } from 'playwright-core'
import { picture } from './browser'
import { openConsole } from './console/on-console'
import { browser, fake } from './console/stage'

/** Words without an end and without a space: they stay where they stand. */

const endless = 'A'.repeat(3000)

beforeEach(() => {
  fake.change('c-carl', {
    person: endless,
    lastWords: endless,
    replyTo: `${endless}@example.org`,
    isHere: false,
    viewers: [{ id: 'a-omar', name: endless }],
  })
  const detail = fake.details.get('c-carl')
  if (detail)
    fake.details.set('c-carl', {
      ...detail,
      brief: { ...detail.brief, lastWords: endless, added: endless },
      incidents: [{ title: endless, text: endless, since: Date.now() }],
    })
  fake.says('c-carl', { from: 'bot', text: endless, buttons: [endless] })
  fake.says('c-carl', { from: 'note', name: endless, text: endless })
  fake.says('c-carl', { from: 'system', text: endless })
  fake.says('c-carl', { from: 'person', text: endless })
})

/** The second of the facts, after what was added. */
const lastWords = '.facts div:nth-child(2) dd > span'

/** What reaches out of the window, or out of the column in which it stands. */
async function strays(page: Page): Promise<string[]> {
  const width = page.viewportSize()?.width ?? 0
  const found = await page
    .locator('.queue, .talk-column, .ladder, .bars')
    .evaluateAll((columns, most) => {
      const out = new Set<string>()
      for (const column of columns) {
        const room = column.getBoundingClientRect()
        if (room.right > most + 1) out.add(`${column.className} leaves the window`)
        for (const part of column.querySelectorAll('*:not(.unseen)')) {
          const { left, right, width: own } = part.getBoundingClientRect()
          if (own > 0 && (left < room.left - 1 || right > room.right + 1))
            out.add(`${part.tagName}.${part.className} leaves ${column.className}`)
        }
      }
      return [...out]
    }, width)
  const whole = await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)
  return whole > width ? [...found, 'the page is too wide'] : found
}

/** How many lines of text a part is high. */
const lines = (page: Page, part: string) =>
  page.evaluate<number>(`(() => {
    const box = document.querySelector(${JSON.stringify(part)})
    return Math.round(box.getBoundingClientRect().height / parseFloat(getComputedStyle(box).lineHeight))
  })()`)

test.each([1440, 1024, 390])('nothing overlaps or widens a column at %d px', async (width) => {
  const viewport = { width, height: 900 }
  const { page, field, keys, open, faults } = await openConsole(browser, fake, { viewport })
  const isPhone = width < 700
  expect(await strays(page)).toEqual([])
  await open('AAAA')
  await field.fill(endless)
  await field.press('Enter')
  await keys('Escape', 'n')
  await field.fill(endless)
  await field.press('Enter')
  fake.sendAll({ type: 'typing', id: 'c-carl', who: 'person' })
  await page.getByText('is writing…').waitFor()
  await picture(page, `console-long-${width}`)
  expect(await strays(page)).toEqual([])
  expect(await lines(page, '.case-head h2')).toBe(1)
  expect((await page.locator('.case-head').boundingBox())?.height).toBeLessThan(180)

  if (isPhone) await keys('Escape', 'l')
  expect(await strays(page)).toEqual([])
  const words = page.locator('.facts div', { hasText: 'Last words' })
  expect(await lines(page, lastWords)).toBe(3)
  await words.getByRole('button', { name: 'Show all of it' }).click()
  await words.getByRole('button', { name: 'Show less' }).waitFor()
  expect(await lines(page, lastWords)).toBeGreaterThan(20)
  expect(await strays(page)).toEqual([])
  if (isPhone) await keys('l')

  // What asks about the case names the person, and leaves room for the question.
  await keys('Escape', 'e', '0')
  await page.locator('.claim-bar').getByText('Closing the case of AAAA').waitFor()
  expect((await page.locator('.claim-bar').boundingBox())?.height).toBeLessThan(120)
  expect(await strays(page)).toEqual([])
  await keys('z', 'Control+k')
  await page.getByRole('listbox').waitFor()
  expect(await page.locator('.overlay').evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(
    0,
  )
  expect(faults()).toEqual([])
})
