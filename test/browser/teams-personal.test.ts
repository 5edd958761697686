import type { Browser } from 'playwright-core'
import { launch, picture } from './browser'
import { sitDown } from './desk'
import { startPlayground, type Playground } from './teams/playground'

/** A personal chat in Microsoft's client, over the built server: what Ada sees there, after updates and after restarts. */

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

test('a ladder, a server that dies, a person who answers', async () => {
  const { server } = playground
  const ada = await playground.open(browser)
  expect(await ada.sees(1)).toEqual([
    expect.stringMatching(/^Hello\. I'm Fixladder.* What do you see\?/),
  ])

  await ada.says('my shared albm is stuck on waiting')
  const device = 'A shared album is stuck on "Waiting". Which device are you using?\n'
  expect((await ada.sees(2))[1]).toBe(`${device}[iPhone] [iPad] [Mac] [Something else]`)
  await picture(ada.page, 'teams-question')
  await ada.presses('iPhone')
  expect((await ada.sees(3)).slice(1)).toEqual([
    `${device}You chose: iPhone`,
    expect.stringMatching(
      /^Fix 1 of about \d+ · 2 min\nCheck the internet connection\n(.+\n)+\[Yes\] \[No\] \[Already tried\]$/,
    ),
  ])
  await picture(ada.page, 'teams-fix')
  await ada.presses('No')
  const [, , first, second] = await ada.sees(4)
  expect(first).toBe('Check the internet connection · no help')
  expect(second).toMatch(/^Fix 2 of about \d+ · 1 min\nTurn off Low Power Mode\n/)

  // Nothing is said again, the open card still counts, and so does nothing else.
  await server.kill()
  await server.start()
  await ada.presses('Already tried')
  const [, , , tried, third, ...more] = await ada.sees(5)
  expect(tried).toBe('Turn off Low Power Mode · tried before')
  expect(third).toMatch(/^Fix 3 of about \d+ · /)
  expect(more).toEqual([])

  const [onDevice] = playground.pressed()
  await playground.press({ ...onDevice!, answer: 'ipad', label: 'iPad' })
  const [again] = (await ada.sees(6)).slice(5)
  expect(again).toMatch(/^That button belongs to an earlier question\./)
  expect((await ada.sees(6))[1]).toBe(`${device}You chose: iPhone`)
  await picture(ada.page, 'teams-folded')

  await ada.says('talk to a person')
  expect((await ada.sees(7))[6]).toMatch(/^I'll bring in a colleague, who will see: /)
  // Whoever answers hours later speaks to a server that has started since.
  await server.kill()
  await server.start()
  const maria = await sitDown(server)
  await maria.answer('Hello Ada, Maria here. Is the album yours?')
  expect((await ada.sees(9)).slice(7)).toEqual([
    "Maria has joined. I'll stay quiet.",
    'Maria: Hello Ada, Maria here. Is the album yours?',
  ])
  await ada.says('it is my sister’s')
  await maria.hears('it is my sister’s')
  await maria.end()
  expect((await ada.sees(11)).slice(9)).toEqual([
    "Maria has left the chat. I'm here again.",
    'How was it with Maria, from 1 (bad) to 5 (good)?\n[1] [2] [3] [4] [5] [Skip]',
  ])
  await picture(ada.page, 'teams-person')
  await maria.leave()

  // Who opens the client once more adds the bot once more, which is no reason to greet.
  const before = playground.passed.length
  await playground.open(browser)
  await playground.untilPassed(before + 2)
  await ada.says('5')
  expect((await ada.sees(12)).slice(10)).toEqual([
    'How was it with Maria, from 1 (bad) to 5 (good)?\nYou chose: 5',
    expect.stringMatching(/^Noted\. What made it so\?/),
  ])
})
