import { pino } from 'pino'
import { createTeams, type TeamsOptions } from '../../src/channels/teams'
import { statement } from '../../src/storage'
import { channelActivity, maria, place, startDesk } from '../teams-desk/desk'
import { installed, message, settings, startStage, tenantId, type Stage } from './stage'

const second = '22222222-3333-4444-8555-666666666666'
const stranger = '11111111-2222-4333-8444-555555555555'
const conversationsThere = statement<Record<string, never>>()((db) =>
  db.selectFrom('conversations').select('id'),
)

/** An activity that names these tenants in its two places. */
const from = (inConversation: unknown, inChannelData: unknown, more: object = {}) =>
  message({
    conversation: { id: 'a', conversationType: 'personal', tenantId: inConversation },
    channelData: { tenant: { id: inChannelData } },
    ...more,
  })

describe('a bot of two tenants', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await startStage({
      MicrosoftAppType: 'MultiTenant',
      ALLOWED_TENANTS: [tenantId, second.toUpperCase()],
    })
    await stage.run()
  })
  afterAll(() => stage.close())

  test.each<[string, object]>([
    ['the one', from(tenantId, tenantId)],
    ['the other', from(second, second)],
    ['one in capitals', from(second.toUpperCase(), second)],
    ['one in the first place', from(second, undefined)],
    ['one in the second place', from(undefined, second)],
  ])('answers people of %s', async (_which, body) => {
    expect(await stage.post(body)).toEqual({ status: 200, body: '' })
  })

  const kinds: readonly object[] = [
    {},
    { type: 'typing' },
    { type: 'invoke', name: 'adaptiveCard/action', value: { action: { data: { ask: 1 } } } },
    { type: 'installationUpdate', action: 'add' },
    { type: 'messageReaction' },
    { type: 'conversationUpdate', membersAdded: [{ id: 'x' }] },
  ]
  test.each<[string, unknown, unknown]>([
    ['another', stranger, stranger],
    ['another in the first place', stranger, tenantId],
    ['another in the second place', tenantId, stranger],
    ['another in the first place alone', stranger, undefined],
    ['another in the second place alone', undefined, stranger],
    ['both at once', tenantId, second],
    ['none', undefined, undefined],
    ['none by empty words', '', ''],
    ['a number', 1, tenantId],
    ['a list of it', [tenantId], tenantId],
    ['everybody', '*', '*'],
    ['one with a blank', `${tenantId} `, `${tenantId} `],
  ])('refuses whatever comes of %s', async (_which, first, last) => {
    const before = await stage.database.read(conversationsThere, {})
    for (const more of kinds)
      expect(await stage.post(from(first, last, more))).toEqual({ status: 403, body: '' })
    expect(await stage.database.read(conversationsThere, {})).toEqual(before)
  })
})

test('a bot for everybody answers everybody', async () => {
  const stage = await startStage({ MicrosoftAppType: 'MultiTenant', ALLOWED_TENANTS: ['*'] })
  for (const body of [from(stranger, stranger), from(undefined, undefined), installed()])
    expect((await stage.post(body)).status).toBe(200)
  await stage.close()
})

test.each([
  ['a managed identity', { MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppPassword: undefined }],
  ['one tenant', { MicrosoftAppType: 'SingleTenant' }],
] as const)('a bot of %s answers its own people by default', async (_which, given) => {
  const stage = await startStage(given)
  expect((await stage.post(from(tenantId, tenantId))).status).toBe(200)
  expect((await stage.post(from(second, second))).status).toBe(403)
  await stage.close()
})

test('the desk is behind the same door', async () => {
  const desk = await startDesk({
    settings: { MicrosoftAppType: 'MultiTenant', ALLOWED_TENANTS: [tenantId] },
  })
  const pressing = (tenant: string) => ({
    ...channelActivity('invoke', maria, `${place.channel};messageid=1`),
    conversation: { id: place.channel, conversationType: 'channel', tenantId: tenant },
    channelData: { tenant: { id: tenant } },
    name: 'adaptiveCard/action',
    value: { action: { data: { fixladder: 'claim', ticket: 'x' } } },
  })
  expect((await desk.stage.post(pressing(tenantId))).status).toBe(200)
  expect(await desk.stage.post(pressing(stranger))).toEqual({ status: 403, body: '' })
  await desk.stage.close()
})

describe('the start', () => {
  const lines: Record<string, unknown>[] = []
  const start = async (given: Partial<typeof settings>) => {
    lines.length = 0
    const log = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) })
    const quiet = { watchAll: () => () => undefined, onTyping: () => () => undefined }
    const nothing = async () => []
    // Nothing is asked of these before somebody writes.
    const teams = createTeams({
      ...{ settings: { ...settings, ...given }, log, now: Date.now },
      ...{ conversations: quiet, presence: quiet, database: { read: nothing, write: nothing } },
    } as unknown as TeamsOptions)
    teams?.start()
    await teams?.stop()
    return JSON.stringify(lines)
  }

  it('says in one line what Teams is set up as, and no secret', async () => {
    const told = await start({})
    expect(lines).toMatchObject([
      {
        msg: 'Microsoft Teams is set up',
        type: 'SingleTenant',
        app: settings.MicrosoftAppId,
        by: 'a client secret',
        tenants: [tenantId],
      },
    ])
    expect(told).not.toContain(settings.MicrosoftAppPassword)
  })

  it('warns of what is for tests', async () => {
    await start({ CONNECTOR_HOSTS: ['127.0.0.1:1'] })
    expect(lines).toMatchObject([
      { msg: 'Microsoft Teams is set up' },
      { level: 40, hosts: ['127.0.0.1:1'] },
    ])
  })
})
