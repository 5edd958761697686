import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'

const executable = '/usr/bin/chromium'

/** Debian's Chromium, which keeps to itself. Fails with what to do when there is none. */
export async function launch(): Promise<Browser> {
  if (!existsSync(executable))
    throw new Error(`The browser tests need ${executable}. Install it: apt-get install chromium`)
  return chromium.launch({
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
  })
}

export type Watched = Page & {
  /** What a page must not do: errors in its console or its scripts, breaches of its policy, requests to other hosts. */
  readonly faults: string[]
}

/** A page of its own session that notes its faults. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...options,
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`))
  page.on('request', (request) => noteHost(request.url()))
  page.on('websocket', (socket) => noteHost(socket.url()))
  const noteHost = (url: string) => {
    if (!/^(data:|blob:|(http|ws):\/\/localhost[:/])/.test(url)) faults.push(`request: ${url}`)
  }
  await page.exposeFunction('noteBreach', (what: string) => faults.push(`policy: ${what}`))
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (globalThis as unknown as { noteBreach(what: string): void }).noteBreach(
        `${violatedDirective} ${blockedURI}`,
      ),
    )
  })
  return Object.assign(page, { faults })
}

const pictures = join(__dirname, '../../artifacts')

/** Keeps a picture for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}
