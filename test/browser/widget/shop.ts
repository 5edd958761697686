import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { openPage, watch, type Watched } from '../browser'
import { startProxy } from '../proxy'
import { startServer } from '../server'
import { serveHostSite } from './host-site'

/**
 * A shop on a site of its own, so that the chat on its pages is a third party to the browser. The way from there to the
 * server is one that a test can cut.
 */
export async function openShop() {
  const site = await serveHostSite()
  const url = site.url.replace('//localhost', '//shop.localhost')
  const server = await startServer({ ALLOWED_ORIGINS: url, HANDOFF_ANSWERS_BY: 'within two hours' })
  const proxy = await startProxy(server.url)
  site.shows(proxy.url)
  return {
    url,
    server,
    proxy,
    /** A page of the shop in a private window: no storage for who is a third party there. */
    visit: async (browser: Browser, options: Parameters<typeof openPage>[1] = {}, query = '') =>
      enter(await openPage(browser, options), `${url}/?${query}`),
    /** A page of the shop in a browser that keeps things. */
    visitIn: async (context: BrowserContext) => enter(await watch(await context.newPage()), url),
    async close() {
      await proxy.close()
      await Promise.all([server.close(), site.close()])
    },
  }
}

export type Shop = Awaited<ReturnType<typeof openShop>>
export type Visit = Awaited<ReturnType<typeof enter>>

/** The chat on a page, as a person uses it. */
async function enter(page: Watched, url: string) {
  await page.goto(url)
  const button = page.locator('fixladder-chat .button')
  const panel = page.frameLocator('fixladder-chat iframe')
  const field = panel.getByRole('textbox', { name: 'Your message' })
  const talk = panel.getByRole('log')
  await button.waitFor()
  return {
    page,
    button,
    panel,
    field,
    talk,
    /** What the header says. */
    state: panel.locator('header .state'),
    say: async (text: string) => {
      await field.fill(text)
      await field.press('Enter')
    },
    /** Chooses from the menu. */
    choose: async (item: string) => {
      await panel.getByRole('button', { name: 'Menu' }).click()
      await panel.getByRole('button', { name: item }).click()
    },
    /** All that stands there in order: the person's words with "> " before, and behind them how they stand if not sent. */
    transcript: () => linesOf(talk),
    /** Evaluates an expression in the frame. */
    inside: (expression: string) => insideOf(page, expression),
  }
}

const linesOf = (talk: Locator): Promise<string[]> =>
  talk.locator('.row, .card, .fold, .system').evaluateAll((rows) =>
    rows.map((row) => {
      const words = (part: string) => row.querySelector(part)?.textContent?.trim() ?? ''
      if (!row.classList.contains('is-own'))
        return words('.bubble') || words('h2, .fold-title') || (row.textContent?.trim() ?? '')
      const isSent = !/is-(sending|waiting|failed)/.test(row.className)
      return `> ${words('.bubble')}${isSent ? '' : ` (${words('.sent-state span')})`}`
    }),
  )

async function insideOf(page: Page, expression: string): Promise<unknown> {
  const frame = page.frames().find((each) => each !== page.mainFrame())
  return frame?.evaluate(expression)
}

/** Without what a browser says by itself of requests that do not get through. */
export const faultsOf = ({ faults }: Watched): string[] =>
  faults.filter((fault) => !/^console: (Failed to load resource|WebSocket connection)/.test(fault))
