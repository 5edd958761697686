import type { Browser, CDPSession, Frame, Page } from 'playwright-core'
import { processorSlowdown, phone, type Network } from './networks'
import { noteTraffic, type Exchange } from './traffic'
import { watch, type Moments, type PageMoments } from './watch'

/** Somebody who opens one page, with nothing in any cache. */
export interface Visit {
  readonly page: Page
  readonly traffic: readonly Exchange[]
  close(): Promise<void>
}

/** A window of its own, on a slow network and a slow processor. */
export async function visit(
  browser: Browser,
  { network, isPhone, url }: { network: Network; isPhone: boolean; url: string },
): Promise<Visit> {
  const context = await browser.newContext({
    locale: 'en-GB',
    ...(isPhone ? phone : { viewport: { width: 1280, height: 900 } }),
  })
  await context.addInitScript({ content: watch })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  const traffic = await noteTraffic(session)
  await slowDown(session, network)
  await page.goto(url, { waitUntil: 'load' })
  return { page, traffic, close: () => context.close() }
}

async function slowDown(session: CDPSession, { latency, down, up }: Network): Promise<void> {
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: down,
    uploadThroughput: up,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: processorSlowdown })
}

/** Waits until nothing was on its way for this long. */
export async function quiet({ page, traffic }: Visit, ms = 700): Promise<void> {
  let since = Date.now()
  let count = -1
  while (Date.now() - since < ms) {
    const isBusy = traffic.some(({ to, url }) => Number.isNaN(to) && url.startsWith('http'))
    if (isBusy || traffic.length !== count) since = Date.now()
    count = traffic.length
    await page.waitForTimeout(50)
  }
}

/** Waits until the bot's first words are there, drawn or not. */
export const loaded = (frame: Frame) => until(frame, 'window.benchIsLoaded?.() === true')

/** Waits until the bot has answered, and gives what was seen when. */
export async function heard(frame: Frame): Promise<Moments> {
  await until(frame, 'benchMoments.answered < Infinity')
  return (await frame.evaluate('benchMoments')) as Moments
}

async function until(frame: Frame, expression: string): Promise<void> {
  const end = Date.now() + 60_000
  while (!(await frame.evaluate(expression))) {
    if (Date.now() > end)
      throw new Error(`Within a minute it did not come true on ${frame.url()}: ${expression}`)
    await frame.page().waitForTimeout(50)
  }
}

export const momentsOf = (page: Page) => page.evaluate('benchMoments') as Promise<Moments>
export const pageMomentsOf = (page: Page) => page.evaluate('benchPage') as Promise<PageMoments>
