import { buttonsOf, textOf } from '../../dialogs'
import { conversationIdOf } from '../../src/channels/teams/addresses'
import { statement } from '../../src/storage'
import { buttonsIn, wordsIn } from './person-card'
import {
  aWhile,
  appId,
  installed,
  message,
  startStage,
  teamsConversation,
  tenantId,
  until,
  type Stage,
} from './stage'

const id = conversationIdOf(teamsConversation)
const deliveries = statement<Record<string, never>>()((db) =>
  db
    .selectFrom('teams_deliveries')
    .select(['seq', 'result', 'activity_id', 'tries'])
    .orderBy('seq'),
)
const address = statement<Record<string, never>>()((db) =>
  db.selectFrom('teams_addresses').selectAll(),
)

describe('a talk in Teams', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await startStage()
  })
  afterEach(() => stage.close())

  const results = async () =>
    (await stage.database.read(deliveries, {})).map(({ result }) => result)
  const isPaused = async () => (await stage.database.read(address, {}))[0]?.paused_at !== null
  /** Greets, so that a test begins with one message sent. */
  const begin = async () => {
    await stage.run()
    await stage.post(installed())
    await stage.untilSent(1)
    await until(async () => (await results())[0] === 'sent')
  }

  it('answers with the text and the buttons of the log', async () => {
    await begin()
    expect(await stage.say('my shared album is empty')).toEqual({ status: 200, body: '' })
    const sent = await stage.untilSent(2)
    const replies = (await stage.rows()).flatMap(({ body }) => body?.channelData?.fixladder ?? [])
    expect(sent.map(wordsIn)).toEqual(replies.map((reply) => textOf(reply)))
    expect(sent.map((each) => buttonsIn(each).map(({ title }) => title))).toEqual(
      replies.map((reply) => buttonsOf(reply).map(({ label }) => label)),
    )
    expect(buttonsIn(sent[1]).length).toBeGreaterThan(1)
    expect(sent[1]).toMatchObject({
      type: 'message',
      from: { id: `28:${appId}` },
      recipient: { id: '29:1person' },
      conversation: { id: teamsConversation },
    })
    expect(stage.microsoft.connector.asked.at(-1)).toMatchObject({
      path: `/emea/v3/conversations/${encodeURIComponent(teamsConversation)}/activities`,
      headers: { authorization: 'Bearer token-1' },
    })
  })

  it('asks for its token once, as its tenant and with its secret', async () => {
    await begin()
    await stage.say('my shared album is empty')
    await stage.untilSent(2)
    expect(stage.microsoft.login.asked).toHaveLength(1)
    const [asked] = stage.microsoft.login.asked
    expect(asked?.path).toBe(`/${tenantId}/oauth2/v2.0/token`)
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: 'the secret of the tests',
      scope: 'https://api.botframework.com/.default',
    })
  })

  it('keeps the person, the words without our name, and the verified address', async () => {
    await begin()
    await stage.say('<at>Fixladder</at> ask <at>Bob</at>\r\n', {
      entities: [
        { type: 'mention', mentioned: { id: `28:${appId}` }, text: '<at>Fixladder</at>' },
        { type: 'mention', mentioned: { id: '29:bob' }, text: '<at>Bob</at>' },
        { type: 'clientInfo', timezone: 'Europe/London' },
      ],
      attachments: [{ contentType: 'text/html', content: '<div></div>' }],
      value: { surprise: true },
    })
    const [said] = (await stage.rows()).filter(({ body }) => body?.from.role === 'user')
    expect(said).toMatchObject({ audience: ['person', 'agents', 'bot'] })
    expect(said?.body).toEqual({
      type: 'message',
      from: { id: '29:1person', name: 'Ada Byron', role: 'user' },
      text: 'ask Bob',
      locale: 'en-GB',
      localTimezone: 'Europe/London',
    })
    expect(await stage.conversations.get(id)).toMatchObject({
      channel: 'teams',
      userId: '9d8c7b6a-5f4e-4d3c-8b2a-1a0b9c8d7e6f',
      userName: 'Ada Byron',
    })
    expect(await stage.database.read(address, {})).toMatchObject([
      { conversation: id, service_url: 'https://smba.trafficmanager.net/emea/', tenant: tenantId },
    ])
  })

  it.each([
    ['an object', (value: object): unknown => value],
    ['a string of JSON', (value: object): unknown => JSON.stringify(value)],
  ])('takes a pressed button that comes as %s', async (_form, wrap) => {
    await begin()
    await stage.say('my shared album is empty')
    const [button] = buttonsIn((await stage.untilSent(2))[1])
    if (!button) throw new Error('There is no button to press.')
    await stage.post(message({ text: button.text, value: wrap(button.value) }))
    await stage.untilSent(3)
    const [, pressed] = (await stage.rows()).filter(({ body }) => body?.from.role === 'user')
    const { case: caseId, ask, answer } = button.value
    expect(pressed?.body?.value).toEqual({ ...(caseId && { case: caseId }), ask, answer })
    const { state } = (await stage.conversations.get(id)) ?? { state: '{}' }
    expect((JSON.parse(state) as { asked: number }).asked).toBeGreaterThan(button.value.ask)
  })

  it('greets once, however often the bot is added', async () => {
    await begin()
    await stage.post(installed())
    await stage.post(
      installed({ type: 'installationUpdate', action: 'add', membersAdded: undefined }),
    )
    await aWhile()
    expect(stage.sent()).toHaveLength(1)
  })

  it('runs one turn for an activity that is delivered five times', async () => {
    await begin()
    const again = message({ text: 'my shared album is empty' })
    const answers = await Promise.all(Array.from({ length: 5 }, () => stage.post(again)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    await stage.untilSent(2)
    await aWhile()
    expect(stage.sent()).toHaveLength(2)
    expect((await stage.rows()).filter(({ body }) => body?.from.role === 'user')).toHaveLength(1)
  })

  it('loses nothing when the server ends after the acknowledgement', async () => {
    // Nothing runs yet: what was acknowledged lies in the log only.
    expect((await stage.say('my shared album is empty')).status).toBe(200)
    await stage.restart()
    await stage.run()
    const sent = await stage.untilSent(2)
    await stage.restart()
    await stage.run()
    await aWhile()
    expect(stage.sent()).toHaveLength(2)
    expect(buttonsIn(sent[1]).length).toBeGreaterThan(1)
    expect(await results()).toEqual(['sent', 'sent'])
  })

  it('sends after a restart what Teams did not take before it', async () => {
    await begin()
    stage.microsoft.faults.push({ status: 503 })
    await stage.say('my shared album is empty')
    await until(async () => (await results())[1] === 'waiting')
    await stage.restart()
    await stage.run()
    const sent = await stage.untilSent(3)
    expect(sent[2]).toEqual(sent[1])
    await until(async () => (await results())[1] === 'sent')
  })

  it('sends once more after a 500, and delivers once', async () => {
    await begin()
    stage.microsoft.faults.push({ status: 500 })
    await stage.say('my shared album is empty')
    await stage.untilSent(2)
    await aWhile()
    expect(stage.sent()).toHaveLength(2)
    stage.clock.ahead += 2_000
    await until(async () => (await results())[1] === 'sent')
    await aWhile()
    expect(stage.sent()).toHaveLength(3)
    expect(stage.microsoft.state.sent).toBe(2)
  })

  it('never sends a third time what may have arrived twice, and goes on', async () => {
    await begin()
    stage.microsoft.faults.push('cut', 'cut')
    await stage.say('my shared album is empty')
    await stage.untilSent(2)
    await aWhile()
    stage.clock.ahead += 2_000
    await until(async () => (await results())[1] === 'unknown')
    expect(stage.sent()).toHaveLength(3)
    stage.clock.ahead += 60_000
    await stage.say('help')
    const sent = await stage.untilSent(4)
    expect(wordsIn(sent[3])).not.toBe(wordsIn(sent[2]))
    await until(async () => (await results())[2] === 'sent')
  })

  it('counts an end of the process as an attempt that nobody knows of', async () => {
    await begin()
    await stage.restart()
    await stage.conversations.append(id, {
      at: Date.now(),
      kind: 'activity',
      audience: ['person', 'agents'],
      body: {
        type: 'message',
        from: { id: 'agent', role: 'agent' },
        text: 'Hello, this is Maria.',
      },
    })
    const seq = (await stage.conversations.get(id))?.lastSeq ?? 0
    // Two processes began to send it and were never heard of again.
    await stage.database.write('beginDelivery', { conversation: id, seq, at: Date.now() })
    await stage.database.write('beginDelivery', { conversation: id, seq, at: Date.now() })
    await stage.run()
    await until(async () => (await results())[1] === 'unknown')
    expect(stage.sent()).toHaveLength(1)
  })

  it('waits as long as a 429 says', async () => {
    await begin()
    stage.microsoft.faults.push({ status: 429, headers: { 'retry-after': '30' } })
    await stage.say('my shared album is empty')
    await until(async () => (await results())[1] === 'waiting')
    stage.clock.ahead += 25_000
    await aWhile()
    expect(stage.sent()).toHaveLength(2)
    stage.clock.ahead += 6_000
    await stage.untilSent(3)
    await until(async () => (await results())[1] === 'sent')
  })

  it.each([412, 502, 503, 504])('sends again after a %d, as often as it takes', async (status) => {
    await begin()
    stage.microsoft.faults.push({ status }, { status }, { status }, { status })
    await stage.say('my shared album is empty')
    await until(async () => {
      stage.clock.ahead += 1_000
      return (await results())[1] === 'sent'
    })
    expect(stage.sent()).toHaveLength(6)
    expect(stage.microsoft.state.sent).toBe(2)
  })

  it.each([400, 404, 302])('notes a %d, passes the message and goes on', async (status) => {
    await begin()
    stage.microsoft.faults.push({ status, headers: { location: 'https://example.org/' } })
    await stage.say('my shared album is empty')
    await until(async () => (await results())[1] === 'refused')
    await stage.say('help')
    await stage.untilSent(3)
    await until(async () => (await results())[2] === 'sent')
    expect(stage.sent()).toHaveLength(3)
  })

  it.each(['MessageWritesBlocked', 'BotNotInConversationRoster', 'ForbiddenOperationException'])(
    'is quiet after a 403 %s until the person writes, then says what was left',
    async (code) => {
      await begin()
      stage.microsoft.faults.push({ status: 403, json: { error: { code } } })
      await stage.say('my shared album is empty')
      await until(isPaused)
      stage.clock.ahead += 3_600_000
      await stage.restart()
      await stage.run()
      await stage.post(installed())
      await aWhile()
      expect(stage.sent()).toHaveLength(2)
      await stage.say('help')
      const sent = await stage.untilSent(4)
      expect(sent[2]).toEqual(sent[1])
      expect(await isPaused()).toBe(false)
    },
  )

  it('does not go quiet when the person wrote while the 403 was under way', async () => {
    await begin()
    const before = (await stage.database.read(address, {}))[0]?.heard_at ?? 0
    await stage.say('my shared album is empty')
    await stage.untilSent(2)
    await stage.database.write('pauseTeams', {
      conversation: id,
      at: Date.now(),
      heardAt: before - 1,
    })
    expect(await isPaused()).toBe(false)
  })

  it('gets a new token when the connector does not take the old one', async () => {
    await begin()
    stage.microsoft.faults.push({ status: 401 })
    await stage.say('my shared album is empty')
    await until(async () => (await results())[1] === 'waiting')
    stage.clock.ahead += 2_000
    await stage.untilSent(3)
    const posted = stage.microsoft.connector.asked.filter(({ method }) => method === 'POST')
    expect(posted.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-2',
    ])
  })

  it.each([401, 503])(
    'goes on listening while Entra answers %d, and sends in order afterwards',
    async (status) => {
      stage.microsoft.state.tokenStatus = status
      await stage.run()
      await stage.post(installed())
      expect((await stage.say('my shared album is empty')).status).toBe(200)
      await until(async () => (await results())[0] === 'waiting')
      await aWhile()
      expect(stage.microsoft.login.asked).toHaveLength(1)
      expect(stage.sent()).toHaveLength(0)
      stage.microsoft.state.tokenStatus = 200
      stage.clock.ahead += 120_000
      await stage.untilSent(2)
      await until(async () => (await results()).join() === 'sent,sent')
    },
  )

  it.each([
    ['localTimezone', { localTimezone: 'Asia/Kolkata', entities: null }],
    ['clientInfo', { entities: [{ type: 'clientInfo', timezone: 'Asia/Kolkata' }] }],
  ])('posts a reminder by itself when it is due, by the clock of %s', async (_from, zone) => {
    await begin()
    await stage.say('a shared album is stuck on waiting, iphone', zone)
    await stage.say('ask me in 2 days at 18:30', zone)
    const promised = (await stage.untilSent(3))[2]
    expect(wordsIn(promised)).toMatch(/^I'll ask here on \w+day at 18:30\./)

    await stage.restart()
    await stage.run()
    await stage.fireTimers()
    await aWhile()
    expect(stage.sent()).toHaveLength(3)
    // Whatever hour it is now, 18:30 of the day after tomorrow is within three days.
    stage.clock.ahead += 3 * 24 * 3_600_000
    await stage.fireTimers()
    const reminder = (await stage.untilSent(4))[3]
    expect(wordsIn(reminder)).toMatch(/^It's \d\d:\d\d\. On \w+ we stopped at .*Has it helped\?$/)
    expect(buttonsIn(reminder).map(({ title }) => title)).toEqual(['Yes', 'Partly', 'No'])
    // Nobody wrote: it goes to the stored address, as a message of its own.
    expect(reminder).toMatchObject({ recipient: { id: '29:1person' } })
    expect(reminder).not.toHaveProperty('replyToId')
    expect(stage.microsoft.connector.asked.at(-1)?.path).toBe(
      `/emea/v3/conversations/${encodeURIComponent(teamsConversation)}/activities`,
    )
    await stage.fireTimers()
    await aWhile()
    expect(stage.sent()).toHaveLength(4)
  })
})

describe('a bot of several tenants', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await startStage({
      MicrosoftAppType: 'MultiTenant',
      MicrosoftAppTenantId: undefined,
      ALLOWED_TENANTS: ['*'],
    })
  })
  afterEach(() => stage.close())

  it('answers any of them, with a token of botframework.com', async () => {
    await stage.run()
    const conversation = {
      id: teamsConversation,
      conversationType: 'personal',
      tenantId: 'another',
    }
    expect((await stage.post(message({ conversation, channelData: null }))).status).toBe(200)
    await stage.untilSent(2)
    expect(stage.microsoft.login.asked[0]?.path).toBe('/botframework.com/oauth2/v2.0/token')
  })
})
