import type { Browser } from 'playwright-core'
import { launch, picture } from './browser'
import { sitDown } from './desk'
import { bob, startPlayground, type Playground } from './teams/playground'

/** A channel in Microsoft's client, over the built server: what stands in the thread, and what goes on in Ada's own chat. */

let playground: Playground
let browser: Browser
beforeAll(async () => {
  playground = await startPlayground()
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  await playground?.close()
})

test('a fix in a thread, and a colleague in the personal chat', async () => {
  const ada = await playground.open(browser)
  await ada.sees(1)
  await ada.goesTo('Contoso - Photos')
  expect(await ada.threadWith('Mention me with what you see')).toContain("Hello. I'm Fixladder")

  await ada.mentions('a shared album is stuck on waiting, iphone, ios 18', 'post')
  console.log(await ada.threadWith('Check the internet connection'))
  await ada.presses('No')
  console.log(await ada.threadWith('Turn off Low Power Mode'))
  await picture(ada.page, 'teams-channel')

  // Bob reads along, and his press is none.
  const [pressed] = playground.pressed()
  console.log(await playground.press(pressed!, bob))
  console.log(playground.passed.at(-1))

  await ada.mentions('talk to a person', 'thread')
  console.log(await ada.threadWith('our own chat'))
  await picture(ada.page, 'teams-channel-2')
  await ada.goesTo('Personal Chat')
  console.log(await ada.sees(2))
  const maria = await sitDown(playground.server)
  await maria.answer('Hello Ada, Maria here.')
  console.log(await ada.sees(4))
  await picture(ada.page, 'teams-channel-3')
  await maria.leave()
})
