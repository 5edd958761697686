import type { Browser } from 'playwright-core'
import { appId } from '../teams/stage'
import { launch, picture } from './browser'
import { sitDown } from './desk'
import { openChat, type Chat } from './teams/chat-page'
import { ben } from './teams/playground'
import { startTeams, type Teams } from './teams/stage'

/** A channel of a team, with the playground as the Teams client. */

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
})
afterEach(async () => {
  await chat.page.context().close()
  await teams.close()
})

test('who mentions the bot is answered in the thread, alone, and goes on in the personal chat', async () => {
  await chat.reads('What do you see?')
  await chat.go('Library - General')
  await chat.sees('Mention me with what you see; I answer whoever asked.')
  await chat.mention('hello')
  await chat.sees('Hello. What do you see?')
  await picture(chat.page, 'teams-channel-question')

  await chat.pressAs(ben, 'Waiting for photos')
  await chat.sees('These buttons are for the person who asked.')
  await picture(chat.page, 'teams-channel-not-yours')
  // The card stands as it was.
  expect(await chat.buttons()).toEqual([
    'Waiting for photos',
    'The invitation never arrived',
    "I can't add photos to a shared album",
  ])
  await chat.press('Waiting for photos')
  await chat.sees('The next question is about your own device or account')
  expect(await chat.buttons()).toEqual([])
  expect(await chat.link('our own chat')).toBe(
    `https://teams.microsoft.com/l/chat/0/0?users=28:${appId}`,
  )
  await picture(chat.page, 'teams-channel-moved')

  await chat.go('Personal Chat')
  await chat.reads('Which device')
  expect(await chat.seen()).toEqual([
    expect.stringMatching(/What do you see\?/),
    'Here it\'s the two of us, so let\'s go on. A shared album is stuck on "Waiting". Which device are you using? [iPhone] [iPad] [Mac] [Something else]',
  ])
  await chat.press('iPhone')
  await chat.reads('Check the internet connection')
})

test('a fix that needs no question is tried in the thread, and a colleague comes to the personal chat', async () => {
  await chat.reads('What do you see?')
  await chat.go('Library - General')
  await chat.sees('Mention me with what you see; I answer whoever asked.')
  await chat.mention('a shared album is stuck on waiting, iphone, ios 18')
  await chat.sees('Check the internet connection')
  await chat.press('No')
  await chat.sees('Turn off Low Power Mode')
  // Of the first one a line is left; what can be pressed is of the second.
  await chat.sees('Check the internet connection · no help')
  expect(await chat.buttons()).toEqual(['Yes', 'No', 'Already tried'])
  await picture(chat.page, 'teams-channel-folded')

  await chat.mentionInThread('talk to a person')
  await chat.sees('A colleague can take over, which is between the two of you')
  await chat.go('Personal Chat')
  await chat.reads('We answer within two hours.')
  expect((await chat.seen()).at(-1)).toMatch(
    /^Here it's the two of us, so let's go on\. I'll bring in a colleague, who will see: .*Check the internet connection: tried before/,
  )
  const desk = await sitDown(teams.server)
  await desk.answer('Hello Ada. Is it one album or all?')
  await chat.reads('Maria: Hello Ada. Is it one album or all?')
  await picture(chat.page, 'teams-channel-agent')
  desk.leave()
})
