import type { Browser } from 'playwright-core'
import { until } from '../../direct-line/requests'
import { launch } from '../browser'
import { startFake, type Fake } from './fake'

/** What every file about the console works with: one browser for the file, and a server of its own for each test. */

export let browser: Browser
export let fake: Fake

beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => browser?.close())
beforeEach(async () => {
  fake = await startFake()
})
afterEach(async () => fake?.close())

/** Waits until the server was told to do this: "close c-carl other". */
export const expectDone = (what: string): Promise<void> =>
  until(what, async () => fake.done.includes(what))
