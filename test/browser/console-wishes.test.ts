import type { Browser, BrowserContextOptions } from 'playwright-core'
import { launch, picture } from './browser'
import { startFake, type Fake } from './console/fake'
import { openConsole } from './console/on-console'

/** What the reader's own system asks of a page: its colours, its quiet, its way to tell the time. */

let browser: Browser
let fake: Fake

beforeAll(async () => {
  browser = await launch()
  fake = await startFake()
})
afterAll(async () => {
  await browser?.close()
  await fake?.close()
})

async function openCarl(options: BrowserContextOptions) {
  const on = await openConsole(browser, fake, options)
  await on.open('Carl')
  /** How the first of these is drawn. */
  const styleOf = (part: string, name: string) =>
    on.page.evaluate<string>(`getComputedStyle(document.querySelector('${part}')).${name}`)
  return { ...on, styleOf }
}

test('with forced colours what was told by a background is told by a line', async () => {
  const lines = async (options: BrowserContextOptions) => {
    const { page, styleOf } = await openCarl(options)
    if (options.forcedColors) await picture(page, 'console-forced-colours')
    return [
      await styleOf('.row[aria-current=true]', 'outlineStyle'),
      await styleOf('.tab[aria-pressed=true]', 'outlineStyle'),
      await styleOf('.row-time.late', 'borderTopStyle'),
      await styleOf('.row-time.overdue', 'borderTopStyle'),
    ]
  }
  expect(await lines({})).toEqual(['none', 'none', 'none', 'none'])
  expect(await lines({ forcedColors: 'active' })).toEqual(['solid', 'solid', 'solid', 'solid'])
})

test('nothing moves for who asked for no motion', async () => {
  const moving = async (reducedMotion: 'reduce' | 'no-preference') => {
    const { page, keys } = await openCarl({ reducedMotion })
    await keys('e')
    await page.locator('.tray').waitFor()
    return page.evaluate<number>(`[...document.querySelectorAll('body *')]
      .map((element) => getComputedStyle(element))
      .filter(({ animationName, animationDuration, transitionDuration }) =>
        (animationName !== 'none' && parseFloat(animationDuration) > 0.001) ||
        transitionDuration.split(',').some((each) => parseFloat(each) > 0.001)
      ).length`)
  }
  expect(await moving('no-preference')).toBeGreaterThan(0)
  expect(await moving('reduce')).toBe(0)
})

test.each([
  ['de-DE', /^\d\d:\d\d$/],
  ['en-US', /^\d{1,2}:\d\d\s[AP]M$/],
])('times are told as in %s, and briefly', async (locale, form) => {
  const { page } = await openCarl({ locale })
  const times = await page.locator('.group-head time').allTextContents()
  expect(times.length).toBeGreaterThan(0)
  for (const time of times) expect(time).toMatch(form)
})
