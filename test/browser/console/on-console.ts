import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { until } from '../../direct-line/requests'
import { openPage, type Watched } from '../browser'
import type { Fake } from './fake'

/** Waits for a title: it follows what is drawn by a moment. */
export const titled = (page: Page, title: string): Promise<void> =>
  until(`the title ${title}`, async () => (await page.title()) === title)

/** The console as an agent uses it. */
export async function openConsole(browser: Browser, fake: Fake, options?: BrowserContextOptions) {
  const page = await openPage(browser, { viewport: { width: 1440, height: 900 }, ...options })
  await page.goto(`${fake.url}/console`)
  const rows = page.locator('.row')
  const field = page.locator('#write')
  await page.locator('.row, .door-card, .rows > .empty').first().waitFor()

  return {
    page,
    rows,
    field,
    names: () => page.locator('.row-name').allTextContents(),
    log: page.getByRole('log'),
    keys: async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    },
    /** Opens a case by its name, whichever tab it is in. */
    open: async (person: string) => {
      await page.keyboard.press('g')
      await page.keyboard.press('a')
      await page.locator('.row', { hasText: person }).first().click()
      await page.locator('.case-head h2', { hasText: person }).waitFor()
      await page.locator('.bubble').first().waitFor()
    },
    /** What a page must not do; that the server said no is no fault of the page. */
    faults: () => faultsOf(page),
  }
}

const faultsOf = ({ faults }: Watched): string[] =>
  faults.filter((fault) => !/status of (401|404|409|503)|response code: 503/.test(fault))

export type OnConsole = Awaited<ReturnType<typeof openConsole>>
