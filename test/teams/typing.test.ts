import { conversationIdOf } from '../../src/channels/teams/addresses'
import {
  aWhile,
  appId,
  installed,
  message,
  startStage,
  teamsConversation,
  until,
  type Stage,
} from './stage'

/** Signs of typing in Teams, both ways. */

const id = conversationIdOf(teamsConversation)
const maria = { role: 'agent', name: 'Maria' } as const

let stage: Stage
beforeEach(async () => {
  stage = await startStage()
  await stage.run()
  await stage.post(installed())
  await stage.untilSent(1)
})
afterEach(() => stage.close())

const signs = () => stage.sent().filter(({ type }) => type === 'typing')

it('shows the person that an agent types, every three seconds and not more', async () => {
  for (let times = 0; times < 4; times += 1) {
    stage.presence.typed(id, maria)
    stage.clock.ahead += 1_000
  }
  await until(() => signs().length === 2)
  await aWhile()
  expect(signs()).toEqual([
    {
      type: 'typing',
      from: expect.objectContaining({ id: `28:${appId}` }) as unknown,
      recipient: expect.objectContaining({ id: '29:1person' }) as unknown,
      conversation: { id: teamsConversation },
    },
    expect.anything(),
  ])
})

it('is sent once whatever comes of it, and messages go their way meanwhile', async () => {
  stage.microsoft.faults.push({ status: 429, headers: { 'retry-after': '600' } })
  stage.presence.typed(id, maria)
  await until(() => signs().length === 1)
  await stage.say('my shared album is empty')
  await stage.untilSent(3)
  stage.clock.ahead += 60_000
  stage.presence.typed(id, maria)
  await aWhile()
  // Teams wanted no call for ten minutes, so there is no sign for so long.
  expect(signs()).toHaveLength(1)
  expect(stage.sent().map(({ type }) => type)).toEqual(['message', 'typing', 'message'])
  stage.clock.ahead += 600_000
  stage.presence.typed(id, maria)
  await until(() => signs().length === 2)
})

it('stays away while a message waits because Teams wants no call', async () => {
  stage.microsoft.faults.push({ status: 429, headers: { 'retry-after': '600' } })
  await stage.say('my shared album is empty')
  await stage.untilSent(2)
  await aWhile()
  stage.presence.typed(id, maria)
  await aWhile()
  expect(signs()).toEqual([])
})

it("hears the person's typing and keeps nothing of it", async () => {
  const heard: unknown[] = []
  stage.presence.onTyping((conversation, who) => heard.push([conversation, who]))
  const before = (await stage.rows()).length
  expect(await stage.post({ ...message(), type: 'typing', text: undefined })).toMatchObject({
    status: 200,
  })
  expect(heard).toEqual([[id, { role: 'person' }]])
  expect((await stage.rows()).length).toBe(before)
  expect(stage.presence.isHere(id)).toBe(true)
})
