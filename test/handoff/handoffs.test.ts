import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { Announcer, Handoffs } from '../../src/handoff'
import type { Log } from '../../src/log'
import { id as conversation, message, openStage, saidIn, type Stage } from '../conversations/stage'

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
  await handoffs.answer(id, 'Hi, I have read your list.', 'draft-1')
  await handoffs.answer(id, 'Hi, I have read your list.', 'draft-1')
  expect(await holder()).toBe('agent')
  const lines = await said()
  expect(lines.filter((line) => line === 'Hi, I have read your list.')).toHaveLength(1)
  expect(lines.filter((line) => line?.includes('has joined'))).toHaveLength(1)
})

test('a closed case stays closed: no answer, no second return', async () => {
  const id = await askForPerson()
  await handoffs.answer(id, 'Hello.')
  await handoffs.returnToBot(id)
  expect(await holder()).toBe('bot')
  await expect(handoffs.answer(id, 'Again.')).rejects.toMatchObject({ code: 'handoff_closed' })
  await expect(handoffs.returnToBot(id)).rejects.toMatchObject({ code: 'handoff_closed' })
  expect(await holder()).toBe('bot')
  expect((await said()).filter((line) => line?.includes('has left'))).toHaveLength(1)
})

test('a case that nobody took is returned without a farewell from nobody', async () => {
  const id = await askForPerson()
  await handoffs.returnToBot(id)
  expect(await holder()).toBe('bot')
  expect((await said()).some((line) => line?.includes('has left'))).toBe(false)
})

test('a case that nobody knows is refused', async () => {
  await expect(handoffs.answer('none', 'Hello.')).rejects.toMatchObject({ code: 'handoff_unknown' })
})

test('a webhook that refuses one case holds up neither the others nor their lines in the log', async () => {
  const refused = await askForPerson()
  await handoffs.returnToBot(refused)
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
    adminUrl: 'http://localhost:3979',
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
