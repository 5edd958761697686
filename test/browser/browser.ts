import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core'

const executable = '/usr/bin/chromium'

/** Debian's Chromium, which keeps to itself. Fails with what to do when there is none. */
export async function launch(): Promise<Browser> {
  if (!existsSync(executable))
    throw new Error(`The browser tests need ${executable}. Install it: apt-get install chromium`)
  return chromium.launch(settings)
}

/** The same, with a profile that lies in a folder: what it keeps is there when it is opened again. */
export function launchProfile(folder: string, keeps: 'all' | 'nothing'): Promise<BrowserContext> {
  const preferences = {
    profile: {
      cookie_controls_mode: keeps === 'all' ? 0 : 1,
      block_third_party_cookies: keeps !== 'all',
      ...(keeps === 'nothing' && { default_content_setting_values: { cookies: 2 } }),
    },
  }
  const place = join(folder, 'Default', 'Preferences')
  if (!existsSync(place)) {
    mkdirSync(join(folder, 'Default'), { recursive: true })
    writeFileSync(place, JSON.stringify(preferences))
  }
  return chromium.launchPersistentContext(folder, { ...settings, ...usual })
}

const settings = {
  executablePath: executable,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

const usual = {
  viewport: { width: 1280, height: 900 },
  locale: 'en-GB',
  reducedMotion: 'reduce',
} as const

export type Watched = Page & {
  /** What a page must not do: errors in its console or its scripts, breaches of its policy, requests to other hosts, dialogs. */
  readonly faults: string[]
}

/** A page of its own session that notes its faults. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({
    ...usual,
    ...options,
  })
  return watch(await context.newPage())
}

/** Notes the faults of a page from now on. */
export async function watch(page: Page): Promise<Watched> {
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`))
  page.on('request', (request) => noteHost(request.url()))
  page.on('websocket', (socket) => noteHost(socket.url()))
  const noteHost = (url: string) => {
    if (!/^(data:|blob:|(http|ws):\/\/(shop\.)?localhost[:/])/.test(url))
      faults.push(`request: ${url}`)
  }
  await page.exposeFunction('noteBreach', (what: string) => faults.push(`policy: ${what}`))
  await page.addInitScript({
    content: `addEventListener('securitypolicyviolation', (breach) =>
      noteBreach(breach.violatedDirective + ' ' + breach.blockedURI))`,
  })
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return Object.assign(page, { faults })
}

/**
 * Waits until an expression holds in the page. Playwright's own `waitForFunction` asks a second time by `eval`, which the
 * policies of our pages forbid.
 */
export async function until(page: Page, expression: string): Promise<void> {
  const end = Date.now() + 30_000
  while (!(await page.evaluate(expression))) {
    if (Date.now() > end) throw new Error(`In 30 s it did not come true: ${expression}`)
    await page.waitForTimeout(50)
  }
}

const pictures = join(__dirname, '../../artifacts')

/** Keeps a picture for people to look at, of the page or of a part, once nothing moves any more. */
export async function picture(page: Page, name: string, part?: string): Promise<void> {
  mkdirSync(pictures, { recursive: true })
  await settled(page)
  const options = { path: join(pictures, `${name}.png`) }
  if (part === undefined) await page.screenshot(options)
  else await page.locator(part).screenshot(options)
}

/** Web Chat rolls to its newest message over some frames; waits until it has stood still for a quarter of a second. */
async function settled(page: Page): Promise<void> {
  const position = () =>
    page
      .locator('.webchat__basic-transcript__scrollable')
      .evaluateAll((parts) => parts.map(({ scrollTop, scrollHeight }) => scrollTop / scrollHeight))
  let before: readonly number[] | undefined
  for (let tries = 0; tries < 20; tries += 1) {
    const now = await position()
    if (before?.join() === now.join()) return
    before = now
    await page.waitForTimeout(250)
  }
}
