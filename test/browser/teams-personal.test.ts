import type { Browser } from 'playwright-core'
import { message, tenantId } from '../teams/stage'
import { launch, picture } from './browser'
import { sitDown } from './desk'
import { openChat, type Chat } from './teams/chat-page'
import { ada, places } from './teams/playground'
import { startTeams, type Teams } from './teams/stage'

/** The personal chat, with the playground as the Teams client: what the person sees there, and what becomes of it. */

jest.setTimeout(90_000)

let browser: Browser
let teams: Teams
let chat: Chat
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())
beforeEach(async () => {
  teams = await startTeams()
  chat = await openChat(browser, teams)
  await chat.reads('What do you see?')
})
afterEach(async () => {
  await chat.page.context().close()
  await teams.close()
})

const connection = 'Check the internet connection'
const lowPower = 'Turn off Low Power Mode'
const quietTime = 'Keep Photos open on the charger and Wi-Fi'
/** A fix that is open: its number, its name, its steps and its buttons. */
const fix = (number: number, title: string) =>
  expect.stringMatching(
    new RegExp(
      `^Fix ${number} of about \\d+ · \\d min\\n${title}\\n[^]*\\n1\\.\\n[^]*\\? \\[Yes\\] `,
    ),
  ) as unknown

test('from the welcome up the ladder to a person, through a crash of the server', async () => {
  expect(await chat.seen()).toEqual([
    "Hello. I'm Fixladder, a bot for trouble with iCloud photo sharing. A person can take over at any time. What do you see? [Waiting for photos] [The invitation never arrived] [I can't add photos to a shared album]",
  ])

  await chat.write('my pics are stuck on waiting')
  await chat.reads('Which device')
  await chat.press('iPhone')
  await chat.reads(connection)
  await picture(chat.page, 'teams-personal-fix')
  expect((await chat.seen()).at(-1)).toEqual(fix(1, connection))

  await chat.press('No')
  await chat.reads(lowPower)
  await chat.reads(`${connection} · no help`)
  const climbed = [
    expect.stringMatching(/What do you see\?$/),
    'my pics are stuck on waiting',
    expect.stringMatching(/Which device are you using\?[^[]*iPhone$/),
    `${connection} · no help`,
  ]
  expect(await chat.seen()).toEqual([...climbed, fix(2, lowPower)])
  await picture(chat.page, 'teams-personal-folded')

  await teams.server.kill()
  await teams.server.start()
  // A window that shows the first fix still.
  await chat.pressOld(1, { answer: 'yes', label: 'Yes' })
  await chat.reads('That button belongs to an earlier question.')
  await chat.press('No')
  await chat.reads(quietTime)
  await chat.reads(`${lowPower} · no help`)
  const after = [
    ...climbed,
    `${lowPower} · no help`,
    expect.stringMatching(/^That button belongs to an earlier question\.[^[]*No$/),
  ]
  expect(await chat.seen()).toEqual([...after, fix(3, quietTime)])

  await chat.write('talk to a person')
  await chat.reads('We answer within two hours.')
  const desk = await sitDown(teams.server)
  await desk.answer('Hello Ada. Is it one album or all?')
  await chat.reads('Maria: Hello Ada.')
  await chat.write('only the one')
  await desk.hears('only the one')
  await picture(chat.page, 'teams-personal-agent')
  await desk.finish()
  desk.leave()
  await chat.reads('How was it with Maria')
  expect((await chat.seen()).slice(after.length)).toEqual([
    expect.stringMatching(/^Fix 3 [^[]*$/),
    'talk to a person',
    expect.stringMatching(/^I'll bring in a colleague, who will see: /),
    "Maria has joined. I'll stay quiet.",
    'Maria: Hello Ada. Is it one album or all?',
    'only the one',
    "Maria has left the chat. I'm here again.",
    'How was it with Maria, from 1 (bad) to 5 (good)? [1] [2] [3] [4] [5] [Skip]',
  ])
})

test('what Teams delivers twice is answered once', async () => {
  const said = {
    ...message({ from: ada, text: 'waiting for photos', timestamp: new Date().toISOString() }),
    id: 'said-once',
    conversation: { id: places.personal, conversationType: 'personal', tenantId },
    serviceUrl: `${teams.playground.url}/_connector`,
  }
  await teams.deliver(said)
  await chat.reads('Which device')
  await teams.deliver(said)
  await teams.deliver({ ...said, id: 'the-same-again' })
  await chat.write('iphone')
  await chat.reads(connection)
  expect(await chat.seen()).toEqual([
    expect.stringMatching(/What do you see\?/),
    expect.stringMatching(/Which device are you using\?[^[]*iPhone$/),
    'iphone',
    fix(1, connection),
  ])
})
