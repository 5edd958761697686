import { aWhile, message, tenantId } from '../teams/stage'
import {
  ben,
  cardIn,
  channelActivity,
  invokeAnswer,
  maria,
  place,
  sentenceIn,
  startDesk,
  stranger,
  type Desk,
} from './desk'
import { linesOf } from './adaptive-card'

jest.setTimeout(60_000)

let desk: Desk
beforeEach(async () => {
  desk = await startDesk()
  await desk.arrive()
})
afterEach(() => desk.stage.close())

const refusal = 'Only members of this team can answer here. Ask its owner to add you.'
const anotherTenant = '11111111-2222-4333-8444-555555555555'
const nothingHappened = async () => {
  expect(await desk.case()).toMatchObject({ state: 'queued', version: 0 })
  expect((await desk.read()).some(({ from }) => from === 'agent')).toBe(false)
}

test('a press without a token is nobody, as at this door always', async () => {
  const body = await desk.pressing(maria, 'Claim')
  expect((await desk.stage.post(body, '')).status).toBe(401)
  await nothingHappened()
})

test.each([
  ['is no member of the team', stranger, {}],
  ['has no id in the directory', maria, { from: { id: `29:${maria.aad}`, name: maria.name } }],
  ['has an id that is none', maria, { from: { id: '29:x', aadObjectId: '../members' } }],
])('who %s is refused politely, and it is written down once', async (_why, who, more) => {
  for (let times = 0; times < 3; times++) {
    const answer = await desk.press(who, 'Claim', {}, more)
    expect(sentenceIn(answer)).toBe(refusal)
  }
  await desk.mention(who, 'Let me in.', more)
  await desk.untilLine('Only members of this team can answer here')
  await nothingHappened()
  expect(desk.audited).toEqual([
    {
      by: null,
      what: 'desk_refused',
      about: who === stranger ? `teams:${stranger.aad}` : 'nobody known',
    },
  ])
})

test('another tenant gets no further than the token', async () => {
  const more = {
    conversation: { id: (await desk.card()).thread, tenantId: anotherTenant },
    channelData: { tenant: { id: anotherTenant } },
  }
  const { status, body } = await desk.stage.post(await desk.pressing(maria, 'Claim', {}, more))
  expect([status, body]).toEqual([403, ''])
  await nothingHappened()
})

test('of a bot of several tenants the desk is for people of one', async () => {
  const several = await startDesk({
    settings: { MicrosoftAppType: 'MultiTenant', ALLOWED_TENANTS: ['*'] },
  })
  try {
    await several.arrive()
    const { thread } = await several.card()
    const tenants = [
      { conversation: { id: thread, tenantId: anotherTenant }, channelData: null },
      { channelData: { tenant: { id: anotherTenant } } },
      { conversation: { id: thread }, channelData: null },
    ]
    for (const more of tenants)
      expect(sentenceIn(await several.press(maria, 'Claim', {}, more))).toBe(refusal)
    expect(await several.case()).toMatchObject({ state: 'queued', version: 0 })
    expect(several.audited).toHaveLength(1)
    expect(linesOf(cardIn(await several.press(maria, 'Claim')))).toContain('With Maria')
  } finally {
    await several.stage.close()
  }
})

test('a member whom Teams says to be of another tenant is none', async () => {
  desk.team.members.set(stranger.aad, { objectId: stranger.aad, tenantId: anotherTenant })
  expect(sentenceIn(await desk.press(stranger, 'Claim'))).toBe(refusal)
  await nothingHappened()
})

test("the name is the one that Teams knows, not the activity's", async () => {
  const more = { from: { id: '29:x', name: 'The Director', aadObjectId: maria.aad.toUpperCase() } }
  expect(linesOf(cardIn(await desk.press(maria, 'Claim', {}, more)))).toContain('With Maria')
  expect((await desk.case())?.agent).toEqual({ id: `teams:${maria.aad}`, name: 'Maria' })
})

test('while Teams does not say who belongs to the team, nobody does, and nobody is blamed', async () => {
  desk.stage.microsoft.faults.push({ status: 503 }, { status: 403 }, 'cut')
  for (let times = 0; times < 3; times++)
    expect(sentenceIn(await desk.press(maria, 'Claim'))).toMatch(/^Teams does not say right now/)
  await nothingHappened()
  expect(desk.audited).toEqual([])
  expect(linesOf(cardIn(await desk.press(maria, 'Claim')))).toContain('With Maria')
})

test('Teams is asked for a member every five minutes', async () => {
  const asked = () =>
    desk.stage.microsoft.connector.asked.filter(({ method }) => method === 'GET').length
  await desk.press(maria, 'Claim')
  await desk.press(maria, 'Send reply', { reply: 'Hello.' })
  expect(asked()).toBe(1)
  desk.team.members.delete(maria.aad)
  desk.stage.clock.ahead += 5 * 60_000
  expect(sentenceIn(await desk.press(maria, 'Send reply', { reply: 'Still there?' }))).toBe(refusal)
  expect(asked()).toBe(2)
})

test.each<[string, { channel?: string; channelData: object }]>([
  ['another channel', { channel: '19:ffff@thread.tacv2', channelData: {} }],
  ['another channel by its own word', { channelData: { channel: { id: '19:ffff@thread.tacv2' } } }],
  ['another team', { channelData: { team: { id: '19:ffff@thread.tacv2' } } }],
])('%s is not the desk', async (_which, { channel = place.channel, channelData }) => {
  const { thread } = await desk.card()
  const id = thread.replace(place.channel, channel)
  const elsewhere = {
    conversation: { id, conversationType: 'channel', tenantId },
    channelData: { tenant: { id: tenantId }, ...channelData },
  }
  const { status, body } = await desk.stage.post(await desk.pressing(maria, 'Claim', {}, elsewhere))
  expect([status, JSON.parse(body)]).toMatchObject([200, { statusCode: 400 }])
  await desk.mention(maria, 'Hello from elsewhere.', elsewhere)
  await aWhile()
  await nothingHappened()
  expect(desk.lines()).toEqual([])
})

test('who writes in the channel starts no ladder, and is told what the channel is for', async () => {
  const { thread } = await desk.card()
  const other = `${place.channel};messageid=1`
  desk.team.messages.push({ thread: other, id: '1', body: {} })
  const before = await desk.stage.conversations.behind()
  // Without a mention, as a team with more consent delivers it, even one that says it is a personal chat.
  const plain = { text: 'my shared album is empty', conversation: { id: thread, tenantId } }
  await desk.stage.post({ ...channelActivity('message', ben, thread), ...plain })
  await desk.stage.post({
    ...channelActivity('message', ben, thread),
    ...plain,
    conversation: { id: thread, tenantId, conversationType: 'personal' },
  })
  await aWhile()
  expect(desk.lines()).toEqual([])
  await desk.mention(ben, 'my shared album is empty', {
    conversation: { id: other, conversationType: 'channel', tenantId },
  })
  await desk.untilLine('I post a case here as soon as somebody asks for a person')
  expect(await desk.stage.conversations.behind()).toEqual(before)
  expect(desk.toPerson()).toEqual([])
  await nothingHappened()
})

test('a member may chat with the bot in person as everybody does', async () => {
  await desk.stage.post(message({ text: 'my shared album is empty' }))
  await desk.stage.turns.settled()
  expect(await desk.stage.rows()).not.toEqual([])
})

test('a press that names no case of ours is told so', async () => {
  const body = await desk.pressing(maria, 'Claim')
  const data = { fixladder: 'claim', ticket: 'no-such-case' }
  const forged = { ...body, value: { action: { type: 'Action.Execute', verb: 'claim', data } } }
  expect(sentenceIn(invokeAnswer(await desk.stage.post(forged)))).toMatch(/do not know this case/)
  const garbage = { ...body, id: 'f:garbage', value: { action: { data: { fixladder: 'delete' } } } }
  expect((await desk.stage.post(garbage)).body).toBe('')
})
