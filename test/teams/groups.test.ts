import { sharedIdOf } from '../../src/channels/teams/addresses'
import { statement } from '../../src/storage'
import {
  ada,
  bob,
  channel,
  group,
  happened,
  inGroup,
  inThread,
  team,
  thread,
  toBot,
} from './groups'
import { buttonsIn, wordsIn } from './person-card'
import {
  aWhile,
  appId,
  installed,
  invoke,
  message,
  startStage,
  teamsConversation,
  until,
  type Stage,
} from './stage'
import { textKept } from '../storage/engine'

const conversations = statement<Record<string, never>>()((db) =>
  db.selectFrom('conversations').select(['id', 'channel', 'user_id']).orderBy('id'),
)
const held = statement<Record<string, never>>()((db) =>
  db.selectFrom('conversations').select(['channel', 'holder']).orderBy('channel'),
)
const words = statement<Record<string, never>>()((db) => db.selectFrom('log').select('body'))
const addresses = statement<Record<string, never>>()((db) =>
  db.selectFrom('teams_addresses').select('conversation'),
)
const deliveries = statement<Record<string, never>>()((db) =>
  db.selectFrom('teams_deliveries').select('conversation'),
)

describe('in a channel or a group chat', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await startStage()
    await stage.run()
  })
  afterEach(() => stage.close())

  const kept = () => stage.database.read(conversations, {})
  const log = async () => JSON.stringify(await stage.database.read(words, {}))
  const paths = () =>
    stage.microsoft.connector.asked.map(({ path }) =>
      decodeURIComponent(path.replace(/^.*\/v3\/conversations\//, '').replace(/\/activities$/, '')),
    )

  it.each([
    ['a thread', inThread, thread, { whole: team, channel }],
    ['a group chat', inGroup, group, { whole: group, channel: group }],
  ])('answers who mentions it, in %s', async (_where, where, place, of) => {
    expect(await stage.post(toBot('how do i turn on shared albums', where()))).toEqual({
      status: 200,
      body: '',
    })
    await until(
      () => stage.microsoft.connector.asked.length + stage.microsoft.team.messages.length > 0,
    )
    expect(paths()).toEqual([place])
    expect(await kept()).toEqual([
      { id: sharedIdOf(of, place, ada.id), channel: 'teams-group', user_id: ada.aadObjectId },
    ])
    const [asked] = await stage.database.read(words, {})
    expect(JSON.parse(asked?.body ?? '{}')).toMatchObject({
      text: 'how do i turn on shared albums',
    })
  })

  it('keeps nothing of what does not mention it', async () => {
    const answers = await Promise.all([
      stage.post(message({ text: 'my album is empty', ...inThread() })),
      stage.post(message({ text: 'hello <at>Bob</at>', ...inGroup({ from: bob }) })),
      stage.post({ ...message(inThread()), type: 'typing' }),
      stage.post({ ...message(inThread()), type: 'messageReaction' }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    await aWhile()
    expect(await kept()).toEqual([])
    expect(stage.sent()).toEqual([])
  })

  it('gives each person and each thread a talk of its own', async () => {
    const other = `${channel};messageid=1700000000002`
    await stage.post(toBot('hello', inThread()))
    await stage.post(toBot('hello', inThread({ from: bob })))
    await stage.post(
      toBot('hello', inThread({ conversation: { id: other, conversationType: 'channel' } })),
    )
    await stage.post(toBot('hello again', inThread()))
    expect(new Set((await kept()).map(({ id }) => id)).size).toBe(3)
  })

  describe('the buttons of a person', () => {
    let data: { readonly ask: number; readonly answer: string }
    const card = 'teams-message-1'
    beforeEach(async () => {
      await stage.post(toBot('hello', inGroup()))
      const [sent] = await stage.untilSent(1)
      data = { ...buttonsIn(sent)[0]!.value }
      await until(async () => (await stage.database.read(delivered, {})).length === 1)
    })
    const delivered = statement<Record<string, never>>()((db) =>
      db.selectFrom('teams_deliveries').selectAll().where('activity_id', 'is not', null),
    )

    it('are theirs', async () => {
      const answer = await stage.post(invoke(data, inGroup({ replyToId: card })))
      expect(JSON.parse(answer.body)).toMatchObject({
        type: 'application/vnd.microsoft.card.adaptive',
      })
    })

    it.each([
      ['who never spoke', false, card],
      ['who has a talk there', true, card],
      ['who has a talk there, by a card that was never heard of', true, 'another-id'],
      ['who has a talk there, by no card', true, undefined],
    ])('are not those of somebody %s', async (_who, speaks, replyToId) => {
      if (speaks) {
        await stage.post(toBot('hello', inGroup({ from: bob })))
        await stage.untilSent(2)
      }
      const before = await log()
      const asBob = inGroup({ from: bob, replyToId })
      const answer = await stage.post(invoke(data, asBob))
      expect(JSON.parse(answer.body)).toMatchObject({
        type: 'application/vnd.microsoft.activity.message',
        value: expect.stringMatching(/^These buttons are for the person who asked\./) as string,
      })
      expect(await stage.post(message({ text: 'Yes', value: data, ...asBob }))).toEqual({
        status: 200,
        body: '',
      })
      expect(await log()).toBe(before)
    })
  })
})

describe('from a group to the personal chat', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await startStage()
    await stage.run()
  })
  afterEach(() => stage.close())

  const link = `https://teams.microsoft.com/l/chat/0/0?users=28:${appId}`
  const own = { from: ada }

  it('goes what concerns the device, where the person has one', async () => {
    await stage.post(installed(own))
    await stage.untilSent(1)
    await stage.post(toBot('my shared album is stuck on waiting', inGroup()))
    const sent = await stage.untilSent(3)
    const inPlace = sent.find(({ conversation }) => conversation.id === group)
    const alone = sent.filter(({ conversation }) => conversation.id === teamsConversation)[1]
    expect(inPlace?.text).toContain(`I've asked it in [our own chat](${link}).`)
    expect(buttonsIn(inPlace)).toEqual([])
    expect(wordsIn(alone)).toContain('Which device are you using?')
    expect(buttonsIn(alone).map(({ title }) => title)).toContain('iPhone')
    await aWhile()
    expect(stage.sent()).toHaveLength(3)
  })

  it('goes who wants a person, and only their personal chat waits in the line', async () => {
    await stage.post(installed(own))
    await stage.untilSent(1)
    await stage.post(toBot('talk to a person', inGroup()))
    await stage.untilSent(3)
    const holders = await stage.database.read(held, {})
    expect(holders).toEqual([
      { channel: 'teams', holder: 'queue' },
      { channel: 'teams-group', holder: 'bot' },
    ])
  })

  it('is not gone on in the chat of somebody else, nor in one that takes nothing', async () => {
    await stage.post(installed({ from: bob }))
    await stage.untilSent(1)
    await stage.post(toBot('my shared album is stuck on waiting', inGroup()))
    const sent = await stage.untilSent(2)
    expect(sent[1]?.text).toContain(`please tell me the same in [our own chat](${link})`)
    await aWhile()
    expect(stage.sent()).toHaveLength(2)
  })

  it('goes again after the bot was taken out of the group and put back', async () => {
    await stage.post(installed(own))
    await stage.untilSent(1)
    const asked = 'my shared album is stuck on waiting'
    await stage.post(toBot(asked, inGroup()))
    await stage.untilSent(3)
    await stage.post({ ...message(inGroup()), type: 'installationUpdate', action: 'remove' })
    await stage.post(toBot(asked, inGroup()))
    const sent = await stage.untilSent(5)
    const alone = sent.filter(({ conversation }) => conversation.id === teamsConversation)
    expect(alone).toHaveLength(3)
    expect(wordsIn(alone[2])).toContain('Which device are you using?')
  })

  it('finds the chat of somebody whose id in the directory came with a later message', async () => {
    const { aadObjectId: _later, ...early } = ada
    await stage.post(installed({ from: early }))
    await stage.untilSent(1)
    await stage.say('hello', { from: ada })
    await stage.untilSent(2)
    await stage.post(toBot('my shared album is stuck on waiting', inGroup()))
    const sent = await stage.untilSent(4)
    expect(sent.some(({ text }) => text?.includes("I've asked it in [our own chat]"))).toBe(true)
  })

  it('goes once, though the message is delivered five times', async () => {
    await stage.post(installed(own))
    await stage.untilSent(1)
    const asked = toBot('my shared album is stuck on waiting', inGroup())
    await Promise.all(Array.from({ length: 5 }, () => stage.post(asked)))
    await stage.untilSent(3)
    await aWhile()
    expect(stage.sent()).toHaveLength(3)
  })
})

describe('coming and going', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await startStage()
    await stage.run()
  })
  afterEach(() => stage.close())

  const kept = async () => (await stage.database.read(conversations, {})).length
  const isErased = async () =>
    (await kept()) === 0 &&
    (await stage.database.read(words, {})).length === 0 &&
    (await stage.database.read(addresses, {})).length === 0
  const removed = (more: object = {}) =>
    installed({ type: 'installationUpdate', action: 'remove', membersAdded: undefined, ...more })

  it('erases the personal chat when the app is removed, and begins anew when it is back', async () => {
    await stage.post(installed())
    await stage.say('my shared album is empty')
    await stage.untilSent(2)
    expect((await stage.post(removed())).status).toBe(200)
    expect(await isErased()).toBe(true)
    expect((await stage.post(removed())).status).toBe(200)
    await stage.post(installed())
    const sent = await stage.untilSent(3)
    expect(sent[2]?.text).toBe(sent[0]?.text)
  })

  it('leaves no trace of the words in the files', async () => {
    const isTraced = async () => (await textKept(stage.file)).includes('xylophone')
    await stage.post(installed())
    await stage.say('my xylophone album is empty')
    await stage.untilSent(2)
    await until(isTraced)
    await stage.post(removed())
    await until(async () => !(await isTraced()))
    expect(await isTraced()).toBe(false)
  })

  it('ends the case that an agent had, as every erased one ends', async () => {
    await stage.post(installed())
    await stage.say('talk to a person')
    await until(async () => {
      const [first] = await stage.database.read(conversations, {})
      return (await stage.conversations.get(first?.id ?? ''))?.holder === 'queue'
    })
    await stage.post(removed())
    expect(await isErased()).toBe(true)
  })

  it('does not bring back what was erased by delivering it late, and begins anew with what is said after', async () => {
    const at = (seconds: number) => ({
      timestamp: new Date(stage.now() + seconds * 1_000).toISOString(),
    })
    const late = message({ text: 'my xylophone album is empty', ...at(-60) })
    await stage.post(installed(at(-120)))
    await stage.post(late)
    await stage.untilSent(2)
    await stage.post(removed(at(-30)))
    expect((await stage.post(late)).status).toBe(200)
    expect((await stage.post({ ...late, id: 'with another id' })).status).toBe(200)
    expect(await isErased()).toBe(true)
    await stage.post(message({ text: 'hello again', ...at(-10) }))
    expect(await kept()).toBe(1)
  })

  it('begins to send nothing of what was erased meanwhile', async () => {
    await stage.post(installed())
    await stage.untilSent(1)
    const [first] = await stage.database.read(conversations, {})
    const place = { conversation: first?.id ?? '', seq: 9, at: stage.now() }
    await stage.post(removed())
    expect(await stage.database.write('beginDelivery', place)).toBeNull()
    expect(await stage.database.read(deliveries, {})).toEqual([])
  })

  it('leaves buttons behind that count no more, but for the way to a person', async () => {
    await stage.post(installed())
    await stage.say('my shared album is empty')
    const [old] = buttonsIn((await stage.untilSent(2))[1])
    await stage.post(removed())
    await stage.post(installed())
    await stage.say('my shared album is stuck on waiting')
    await stage.untilSent(4)
    const before = JSON.stringify(await stage.database.read(words, {}))
    const pressed = await stage.post(invoke({ ...old?.value }))
    expect(JSON.parse(pressed.body)).toMatchObject({
      type: 'application/vnd.microsoft.activity.message',
      value: expect.stringMatching(/^I don't know this card any more\./) as string,
    })
    expect(JSON.stringify(await stage.database.read(words, {}))).toBe(before)
    // A client that draws no such buttons sends it as a message, and is answered in the chat.
    await stage.post(message({ text: old?.title, value: old?.value }))
    expect(wordsIn((await stage.untilSent(5))[4])).toMatch(
      /^That button belongs to an earlier question\./,
    )
    await stage.post(invoke({ ...old?.value, answer: 'human' }))
    await until(async () => (await stage.database.read(held, {}))[0]?.holder === 'queue')
  })

  it('says once in a channel what it is for', async () => {
    const added = happened('installationUpdate', { action: 'add' })
    await stage.post(added)
    await stage.post(happened('conversationUpdate', { membersAdded: [{ id: `28:${appId}` }] }))
    await stage.post(added)
    const [welcome] = await stage.untilSent(1)
    await aWhile()
    expect(stage.sent()).toHaveLength(1)
    expect(welcome?.conversation.id).toBe(channel)
    expect(welcome?.text).toContain('Mention me')
    expect(buttonsIn(welcome)).toEqual([])
  })

  it('says it in the channel that was chosen', async () => {
    const settings = { selectedChannel: { id: '19:chosen@thread.tacv2' } }
    const { channelData } = inThread()
    await stage.post(
      happened('installationUpdate', { action: 'add', channelData: { ...channelData, settings } }),
    )
    expect((await stage.untilSent(1))[0]?.conversation.id).toBe('19:chosen@thread.tacv2')
  })

  it.each([
    ['an upgrade', 'installationUpdate', { action: 'add-upgrade' }],
    ['an upgrade that replaces', 'installationUpdate', { action: 'remove-upgrade' }],
    ['a new member', 'conversationUpdate', { membersAdded: [{ id: bob.id }] }],
    ['a member that left', 'conversationUpdate', { membersRemoved: [{ id: bob.id }] }],
    [
      'a new name',
      'conversationUpdate',
      { channelData: { team: { id: team }, eventType: 'teamRenamed' } },
    ],
    [
      'a channel',
      'conversationUpdate',
      { channelData: { team: { id: team }, eventType: 'channelCreated' } },
    ],
  ])('is silent at %s, and erases nothing', async (_what, type, more) => {
    await stage.post(toBot('hello', inThread()))
    await stage.untilSent(1)
    await stage.post(happened(type, more))
    await aWhile()
    expect(await kept()).toBe(1)
    expect(stage.sent()).toHaveLength(1)
  })

  it('erases what was said in a channel that is deleted, and nothing else', async () => {
    const other = '19:other@thread.tacv2'
    const { channelData } = inThread()
    await stage.post(toBot('hello', inThread()))
    await stage.post(
      toBot('hello', inThread({ conversation: { id: other, conversationType: 'channel' } })),
    )
    const deleted = { ...channelData, channel: { id: other }, eventType: 'channelDeleted' }
    await stage.post(happened('conversationUpdate', { channelData: deleted }))
    expect((await stage.database.read(conversations, {})).map(({ id }) => id)).toEqual([
      sharedIdOf({ whole: team, channel }, thread, ada.id),
    ])
  })

  it.each([
    ['it is removed', 'installationUpdate', { action: 'remove' }],
    ['it is no member any more', 'conversationUpdate', { membersRemoved: [{ id: `28:${appId}` }] }],
    [
      'the team is deleted',
      'conversationUpdate',
      { channelData: { team: { id: team }, eventType: 'teamDeleted' } },
    ],
  ])('erases all that was said in a team when %s, and nothing else', async (_what, type, more) => {
    await stage.post(installed())
    await stage.post(toBot('hello', inGroup()))
    await stage.post(toBot('hello', inThread()))
    await stage.post(toBot('hello', inThread({ from: bob })))
    await stage.post(happened('installationUpdate', { action: 'add' }))
    expect(await kept()).toBe(5)
    expect((await stage.post(happened(type, more))).status).toBe(200)
    const left = (await stage.database.read(conversations, {})).map(({ channel: how }) => how)
    expect(left.sort()).toEqual(['teams', 'teams-group'])
    const { id } = (await stage.database.read(conversations, {}))[0]!
    expect(id).toBe(sharedIdOf({ whole: group, channel: group }, group, ada.id))
  })
})

test('another part of the bot that takes everything does not keep the erasing from what it concerns', async () => {
  const part = () => () => ({
    take: () => Promise.resolve({ status: 200 }),
    start: () => undefined,
    stop: () => Promise.resolve(),
  })
  const stage = await startStage({}, part)
  try {
    const id = sharedIdOf({ whole: team, channel }, thread, ada.id)
    await stage.conversations.create({ id, channel: 'teams-group', userId: 'ada' }, [])
    await stage.post(happened('installationUpdate', { action: 'remove' }))
    expect(await stage.conversations.get(id)).toBeUndefined()
  } finally {
    await stage.close()
  }
})

test('many people in one group share what Teams takes for it, and all are answered', async () => {
  const stage = await startStage()
  try {
    await stage.run()
    const many = Array.from({ length: 12 }, (_, number) => ({
      id: `29:${number}`,
      name: `P${number}`,
    }))
    await Promise.all(many.map((from) => stage.post(toBot('hello', inGroup({ from })))))
    await stage.untilSent(7)
    expect(stage.sent()).toHaveLength(7)
    await until(() => {
      stage.clock.ahead += 500
      return stage.sent().length === many.length
    })
  } finally {
    await stage.close()
  }
})
