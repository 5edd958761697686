import type { Browser } from 'playwright-core'
import type { Network } from './networks'
import type { Exchange } from './traffic'
import { heard, loaded, momentsOf, pageMomentsOf, quiet, visit, type Visit } from './visit'
import type { Moments } from './watch'

/** Figures of one run, by what they say. */
export type Figures = Readonly<Record<string, number>>

export interface Stage {
  readonly browser: Browser
  readonly network: Network
  /** The page of somebody else's. */
  readonly hostUrl: string
  readonly serverUrl: string
  /** Called with what went over the wire, from the moment of the click or of the call of the page. */
  readonly onTraffic?: (name: string, traffic: readonly Exchange[], from: number) => void
}

/** The page alone or with the chat's button on it, untouched. */
export async function onPage(stage: Stage, which: 'with' | 'without'): Promise<Figures> {
  const { browser, network, hostUrl, serverUrl } = stage
  const seen = await visit(browser, { network, isPhone: true, url: `${hostUrl}/${which}` })
  await quiet(seen)
  const { fcp, lcp, tbt, cls } = await pageMomentsOf(seen.page)
  const ours = seen.traffic.filter(({ url }) => url.startsWith(serverUrl))
  await seen.close()
  return { ...weigh(ours), fcp, lcp, tbt, cls }
}

/** A finger on the button, with nothing loaded before. */
export async function cold(stage: Stage): Promise<Figures> {
  const seen = await atButton(stage, true)
  const before = seen.traffic.length
  await button(seen).tap()
  return fromClick(stage, seen, { before, name: 'cold' })
}

/** A pointer that rests on the button before it clicks. */
export async function hovered(stage: Stage): Promise<Figures> {
  const seen = await atButton(stage, false)
  const before = seen.traffic.length
  await button(seen).hover()
  await loaded(await panelFrame(seen))
  await quiet(seen)
  await button(seen).click()
  return fromClick(stage, seen, { before, name: 'hovered' })
}

/** Stock Web Chat on its own page, from the moment that the page is called. */
export async function stock(stage: Stage): Promise<Figures> {
  const { browser, network, serverUrl } = stage
  const seen = await visit(browser, { network, isPhone: true, url: `${serverUrl}/webchat` })
  const moments = await heard(seen.page.mainFrame())
  const from = seen.traffic[0]?.from ?? NaN
  stage.onTraffic?.('stock Web Chat', seen.traffic, from)
  const figures = { ...since(from, moments), ...weighUntil(seen.traffic, moments.greeted) }
  await seen.close()
  return figures
}

async function atButton(stage: Stage, isPhone: boolean): Promise<Visit> {
  const { browser, network, hostUrl } = stage
  const seen = await visit(browser, { network, isPhone, url: `${hostUrl}/with` })
  await button(seen).waitFor()
  await quiet(seen)
  return seen
}

const button = ({ page }: Visit) => page.locator('fixladder-chat button')

async function fromClick(
  stage: Stage,
  seen: Visit,
  { before, name }: { before: number; name: string },
): Promise<Figures> {
  const { touched = NaN } = await momentsOf(seen.page)
  const frame = await panelFrame(seen)
  const moments = await heard(frame)
  const { cls } = await pageMomentsOf(seen.page)
  const loaded = seen.traffic.slice(before)
  stage.onTraffic?.(name, loaded, touched)
  const figures = { ...since(touched, moments), ...weighUntil(loaded, moments.greeted), cls }
  await seen.close()
  return figures
}

async function panelFrame({ page }: Visit) {
  for (;;) {
    const frame = page.frames().find((each) => each.url().endsWith('/chat'))
    if (frame) return frame
    await page.waitForTimeout(20)
  }
}

const since = (from: number, { panel, greeted, answered }: Moments): Figures => ({
  panel: (panel ?? NaN) - from,
  greeted: (greeted ?? NaN) - from,
  answered: (answered ?? NaN) - from,
})

/** What had begun before the bot's first words stood there. */
const weighUntil = (traffic: readonly Exchange[], until = Infinity) =>
  weigh(traffic.filter(({ from }) => from < until))

const weigh = (traffic: readonly Exchange[]) => ({
  requests: traffic.length,
  bytes: traffic.reduce((sum, { bytes }) => sum + bytes, 0),
})
