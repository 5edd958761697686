import { existsSync, readFileSync } from 'node:fs'
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
    ['a thread', inThread, thread, team],
    ['a group chat', inGroup, group, group],
  ])('answers who mentions it, in %s', async (_where, where, place, whole) => {
    expect(await stage.post(toBot('how do i turn on shared albums', where()))).toEqual({
      status: 200,
      body: '',
    })
    await until(
      () => stage.microsoft.connector.asked.length + stage.microsoft.team.messages.length > 0,
    )
    expect(paths()).toEqual([place])
    expect(await kept()).toEqual([
      { id: sharedIdOf(whole, place, ada.id), channel: 'teams-group', user_id: ada.aadObjectId },
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
    let card: string
    beforeEach(async () => {
      await stage.post(toBot('hello', inGroup()))
      const [sent] = await stage.untilSent(1)
      data = { ...buttonsIn(sent)[0]!.value }
      card = 'teams-message-1'
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
      ['who never spoke', false],
      ['who has a talk there', true],
    ])('are not those of somebody %s', async (_who, speaks) => {
      if (speaks) {
        await stage.post(toBot('hello', inGroup({ from: bob })))
        await stage.untilSent(2)
      }
      const before = await log()
      const asBob = inGroup({ from: bob, replyToId: card })
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
    const traces = () =>
      [stage.file, `${stage.file}-wal`].filter(
        (file) => existsSync(file) && readFileSync(file).includes('xylophone'),
      )
    await stage.post(installed())
    await stage.say('my xylophone album is empty')
    await stage.untilSent(2)
    await until(() => traces().length > 0)
    await stage.post(removed())
    await until(() => traces().length === 0)
    expect(traces()).toEqual([])
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
    expect(id).toBe(sharedIdOf(group, group, ada.id))
  })
})
