import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { Announcer, Handoffs } from '../../src/handoff'
import type { Log } from '../../src/log'
import { statement } from '../../src/storage'
import { migrations, stepsFor } from '../../src/storage/migrations'
import { SqliteConnection } from '../../src/storage/sqlite/connection'
import { id as conversation, message, openStage, saidIn, type Stage } from '../conversations/stage'
import { SqliteDatabase } from '../../src/storage/sqlite/database'

const maria = { id: 'maria', name: 'Maria' }

let stage: Stage
let handoffs: Handoffs
let webhook: Server | undefined

beforeEach(async () => {
  stage = await openStage()
  handoffs = new Handoffs({ ...stage, now: Date.now })
  await stage.turns.start()
})
afterEach(async () => {
  webhook?.close()
  webhook = undefined
  await stage.close()
})

/** The person asks for a person; gives the case. */
async function askForPerson(): Promise<string> {
  await stage.conversations.append(conversation, message('talk to a person'))
  await stage.turns.settled()
  const [newest] = await handoffs.newest()
  return newest?.id ?? ''
}

const holder = async () => (await stage.conversations.get(conversation))?.holder
const said = async () => (await stage.rows()).map(saidIn)

test('an answer takes the chat over once, and the same answer sent twice is written once', async () => {
  const id = await askForPerson()
  expect(await holder()).toBe('queue')
  await handoffs.command(
    id,
    { command: 'answer', by: maria },
    { message: 'Hi, I have read your list.', key: 'draft-1' },
  )
  await handoffs.command(
    id,
    { command: 'answer', by: maria },
    { message: 'Hi, I have read your list.', key: 'draft-1' },
  )
  expect(await holder()).toBe('agent')
  const lines = await said()
  expect(lines.filter((line) => line === 'Hi, I have read your list.')).toHaveLength(1)
  expect(lines.filter((line) => line?.includes('has joined'))).toHaveLength(1)
})

test('a closed case stays closed: no answer, no other end, and nothing twice', async () => {
  const id = await askForPerson()
  await handoffs.command(id, { command: 'answer', by: maria }, { message: 'Hello.' })
  await handoffs.command(id, { command: 'return', by: maria })
  expect(await holder()).toBe('bot')
  await expect(
    handoffs.command(id, { command: 'answer', by: maria }, { message: 'Again.' }),
  ).resolves.toMatchObject({ refused: 'ended', state: 'returned' })
  await expect(handoffs.command(id, { command: 'close', by: maria })).resolves.toMatchObject({
    refused: 'ended',
    state: 'returned',
  })
  // Sent twice, as after a lost answer, it is acknowledged and does nothing.
  await expect(handoffs.command(id, { command: 'return', by: maria })).resolves.toMatchObject({
    ticket: { state: 'returned' },
  })
  expect(await holder()).toBe('bot')
  expect((await said()).filter((line) => line?.includes('has left'))).toHaveLength(1)
})

test('a case that nobody took is returned without a farewell from nobody', async () => {
  const id = await askForPerson()
  await handoffs.command(id, { command: 'return', by: maria })
  expect(await holder()).toBe('bot')
  expect((await said()).some((line) => line?.includes('has left'))).toBe(false)
})

test('of eight who claim at once one wins, and the rest learn who; 125 times', async () => {
  const agents = Array.from({ length: 8 }, (_, at) => ({ id: `agent-${at}`, name: `Agent ${at}` }))
  for (let round = 0; round < 125; round++) {
    const id = await askForPerson()
    const results = await Promise.all(
      agents.map((by) => handoffs.command(id, { command: 'claim', by }, { version: 0 })),
    )
    const winners = results.filter((result) => !('refused' in result))
    expect(winners).toHaveLength(1)
    const { agent } = (await handoffs.get(id)) ?? {}
    // They named the version they had seen, so the ones behind learn that it moved on, and claim anew.
    const again = await Promise.all(
      agents.map((by) => handoffs.command(id, { command: 'claim', by })),
    )
    const refused = again.filter((result) => 'refused' in result)
    expect(refused).toHaveLength(7)
    for (const result of refused) expect(result).toMatchObject({ refused: 'taken', by: agent })
    expect(await holder()).toBe('agent')
    await handoffs.command(id, { command: 'return', by: agent ?? maria })
  }
  const joined = (await said()).filter((line) => line?.includes('has joined'))
  expect(joined).toHaveLength(125)
})

test('somebody else cannot answer in a chat that is held, and nothing of it is written', async () => {
  const id = await askForPerson()
  await handoffs.command(id, { command: 'claim', by: maria })
  const ben = { id: 'ben', name: 'Ben' }
  expect(
    await handoffs.command(id, { command: 'answer', by: ben }, { message: 'Hi.' }),
  ).toMatchObject({ refused: 'taken', by: maria })
  expect(await said()).not.toContain('Hi.')
})

test('who passes it on puts the case back where it stood, and the bot may help meanwhile', async () => {
  const id = await askForPerson()
  await handoffs.command(id, { command: 'claim', by: maria })
  await handoffs.command(id, { command: 'release', by: maria })
  expect(await holder()).toBe('queue')
  expect((await said()).at(-1)).toMatch(/in line for another/)
  expect((await handoffs.get(id))?.agent).toBeUndefined()
})

test('an address goes with the open case, and with no other', async () => {
  const id = await askForPerson()
  const conversationState = await stage.conversations.get(conversation)
  await stage.database.write('commit', {
    conversation,
    cursor: {
      from: conversationState?.botCursor ?? 0,
      to: conversationState?.botCursor ?? 0,
    },
    holderVersion: conversationState?.holderVersion ?? 0,
    at: Date.now(),
    rows: [],
    replyAddress: 'ada@example.org',
  })
  expect((await handoffs.get(id))?.replyTo).toBe('ada@example.org')
  await handoffs.command(id, { command: 'return', by: maria })
  expect((await handoffs.get(await askForPerson()))?.replyTo).toBeUndefined()
})

test.each([
  ['restart', 'solved', [['restart', 'helped']]],
  ['other', 'solved', []],
  ['nothing', 'handed_off', []],
])(
  'closed with %s the case is %s, and the ledger has what fixed it',
  async (by, outcome, rungs) => {
    await stage.conversations.append(conversation, message('waiting for photos on my iphone'))
    await stage.turns.settled()
    const id = await askForPerson()
    await handoffs.command(id, { command: 'claim', by: maria })
    const fixed = { by, words: 'what it was' }
    await handoffs.command(id, { command: 'close', by: maria }, { fixed, key: 'c' })
    await stage.turns.settled()
    const [closed] = await stage.database.read(selectOutcome, {})
    expect(closed?.outcome).toBe(outcome)
    const helped = await stage.database.read(selectHelped, {})
    expect(helped.map(({ fix, result }) => [fix, result])).toEqual(rungs)
    const [kept] = await stage.database.read(selectFixed, { id })
    expect(kept).toEqual({ fixed: by, fixed_words: 'what it was' })
  },
)
const selectOutcome = statement<Record<string, never>>()((db) =>
  db.selectFrom('cases').select('outcome'),
)
const selectHelped = statement<Record<string, never>>()((db) =>
  db.selectFrom('ledger').select(['fix', 'result']).where('result', '=', 'helped'),
)
const selectFixed = statement<{ id: string }>()((db, at) =>
  db.selectFrom('handoffs').select(['fixed', 'fixed_words']).where('id', '=', at('id')),
)

const sending = (id: string, fix: string) =>
  handoffs.command(
    id,
    { command: 'answer', by: maria },
    { act: { does: 'fix', fix, agent: maria.name } },
  )
/** Presses a button of the newest question. */
async function press(label: string): Promise<void> {
  const asked = (await stage.rows()).findLast(({ body }) => {
    const reply = body?.channelData?.fixladder
    return reply && 'buttons' in reply && reply.buttons.length > 0
  })?.body?.channelData?.fixladder
  if (!asked || !('ask' in asked)) throw new Error('Nothing was asked.')
  const answer = asked.buttons.find((button) => button.label === label)?.answer
  const { body, ...row } = message(label)
  const value = { ask: asked.ask, answer }
  if (body) await stage.conversations.append(conversation, { ...row, body: { ...body, value } })
  await stage.turns.settled()
}
async function say(text: string): Promise<void> {
  await stage.conversations.append(conversation, message(text))
  await stage.turns.settled()
}

test.each([
  ['yes please help me', 'handed_off', []],
  ['perfect', 'handed_off', []],
  ['it works now, all photos are there', 'handed_off', []],
])('"%s" to an agent who has sent nothing is no result', async (text, outcome, rungs) => {
  await say('waiting for photos on my iphone, ios 18')
  const id = await askForPerson()
  await handoffs.command(id, { command: 'claim', by: maria })
  await say(text)
  expect((await stage.database.read(selectOutcome, {}))[0]?.outcome).toBe(outcome)
  expect(await stage.database.read(selectHelped, {})).toEqual(rungs)
})

test.each([
  ['restart', 'words', 'yes will do', 'handed_off', []],
  ['restart', 'words', 'it works now, all photos are there', 'solved', ['restart']],
  ['restart', 'press', 'Yes', 'solved', ['restart']],
  ['share-another-way', 'press', 'Yes', 'workaround', ['share-another-way']],
])('after the card of %s, %s: %s', async (fix, how, text, outcome, helped) => {
  await say('waiting for photos on my iphone, ios 18')
  const id = await askForPerson()
  await handoffs.command(id, { command: 'claim', by: maria })
  await sending(id, fix)
  await stage.turns.settled()
  await (how === 'press' ? press(text) : say(text))
  expect((await stage.database.read(selectOutcome, {}))[0]?.outcome).toBe(outcome)
  const rungs = await stage.database.read(selectHelped, {})
  expect(rungs.map((rung) => rung.fix)).toEqual(helped)
})

test('a mark after the person said that it works opens nothing again', async () => {
  await say('waiting for photos on my iphone, ios 18')
  const id = await askForPerson()
  await handoffs.command(id, { command: 'claim', by: maria })
  await sending(id, 'restart')
  await stage.turns.settled()
  await press('Yes')
  await handoffs.command(
    id,
    { command: 'answer', by: maria },
    { act: { does: 'mark', fix: 'vpn-off', result: 'already_tried' } },
  )
  await stage.turns.settled()
  expect((await stage.database.read(selectOutcome, {}))[0]?.outcome).toBe('solved')
  expect((await said()).at(-1)).toContain('Not marked')
})

test('a case that nobody knows is refused', async () => {
  await expect(
    handoffs.command('none', { command: 'answer', by: maria }, { message: 'Hello.' }),
  ).rejects.toMatchObject({ code: 'handoff_unknown' })
})

test('a webhook that refuses one case holds up neither the others nor their lines in the log', async () => {
  const refused = await askForPerson()
  await handoffs.command(refused, { command: 'return', by: maria })
  await askForPerson()
  const taken: unknown[] = []
  webhook = createServer((incoming, response) => {
    void json(incoming).then((body) => {
      const isRefused = (body as { id: string }).id === refused
      if (!isRefused) taken.push(body)
      response.statusCode = isRefused ? 500 : 200
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await once(webhook, 'listening')
  const { port } = webhook.address() as AddressInfo
  const logged: string[] = []
  const log: Log = {
    debug: () => undefined,
    info: (_given: unknown, line?: string) => void logged.push(line ?? ''),
    warn: () => undefined,
    error: () => undefined,
  }
  const announcer = new Announcer({
    handoffs,
    log,
    now: Date.now,
    webhookUrl: `http://127.0.0.1:${port}/`,
    consoleUrl: 'http://localhost:3978/console',
  })
  await announcer.look()
  expect(taken).toHaveLength(1)
  expect(logged.filter((line) => line === 'somebody asks for a person')).toHaveLength(2)
  expect((await handoffs.unannounced()).map(({ id }) => id)).toEqual([refused])
})

test('the last words are those that tell something: no bare answer takes their place', async () => {
  for (const text of [
    'waiting for photos',
    'iphone',
    'no and the wheel spins since sunday',
    'no',
    'nope',
  ]) {
    await stage.conversations.append(conversation, message(text))
    await stage.turns.settled()
  }
  await askForPerson()
  const [newest] = await handoffs.newest()
  expect(newest?.brief.lastWords).toBe('no and the wheel spins since sunday')
})

test('hand-offs of earlier versions are tickets, one open for each conversation, and keep what was promised', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-'))
  try {
    const file = join(folder, 'old.db')
    const old = SqliteConnection.open(file)
    old.exec('CREATE TABLE migrations (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)')
    for (const migration of migrations.filter((each) => each.name < '0006')) {
      for (const sql of stepsFor('sqlite', migration)) old.exec(sql)
      old.exec(`INSERT INTO migrations VALUES ('${migration.name}', 1)`)
    }
    old.exec(`INSERT INTO handoffs VALUES
      ('a', 'one', NULL, 0, 'waiting', '{}', 'asked', 10, 11), ('b', 'one', NULL, 1, 'open', '{}', 'asked', 20, 21),
      ('c', 'two', NULL, 2, 'closed', '{}', 'asked', 30, 31), ('d', 'three', NULL, 0, 'waiting', '{}', 'asked', 40, NULL)`)
    old.close()
    const database = await SqliteDatabase.open(file)
    const rows = await database.read(selectMigrated, {})
    await database.close()
    expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
      'a returned  0',
      'b held desk 1',
      'c returned  0',
      'd queued  1',
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

const selectMigrated = statement<Record<string, never>>()((db) =>
  db.selectFrom('handoffs').select(['id', 'state', 'agent_id', 'is_kept']).orderBy('id'),
)
