import { randomUUID } from 'node:crypto'
import { startServer, type Server } from './start-server'
import { call, chatToken, startVisitor } from './requests'

/** Who has a conversation, and what the desk can promise, for a client of our own. */

let server: Server
afterEach(() => server.close())

const desk = { isOpen: true, agentsIn: 2, ahead: 3, usualMinutes: 6 } as const
const standing = async (token?: string) => {
  const { status, json } = await call(
    server,
    'GET',
    '/api/chat/standing',
    token === undefined ? {} : { token },
  )
  return { status, json: json as unknown as Record<string, unknown> }
}

/** The person asks for a person, as a turn would write it down. */
async function askForPerson(conversation: string): Promise<string> {
  const found = await server.conversations.get(conversation)
  const id = randomUUID()
  await server.conversations.commit({
    conversation,
    cursor: { from: found!.botCursor, to: found!.lastSeq },
    holderVersion: found!.holderVersion,
    at: Date.now(),
    rows: [],
    handoff: { id, reason: 'asked', brief: {}, isKept: false },
  })
  return id
}

test('refuses without a token, and with one that is not ours', async () => {
  server = await startServer()
  expect((await standing()).status).toBe(401)
  expect((await standing('x'.repeat(40))).status).toBe(403)
})

test('says who has the conversation, from before its start to an agent', async () => {
  server = await startServer({ desk })
  const { token } = await chatToken(server)
  const before = { holder: 'bot', usualMinutes: 6, desk: { isOpen: true, agentsIn: 2 } }
  const pack = { title: 'Shared albums', examples: ['an', 'or', 'a'], language: 'en' }
  expect(await standing(token)).toEqual({
    status: 200,
    json: { ...before, ...pack, retentionDays: 90 },
  })

  const ada = await startVisitor(server)
  const ticket = await askForPerson(ada.conversationId)
  expect((await standing(ada.token)).json).toMatchObject({ holder: 'queue', ahead: 3 })

  await server.handoffs.command(ticket, {
    command: 'claim',
    by: { id: 'maria', name: 'Maria' },
  })
  const held = (await standing(ada.token)).json
  expect(held).toMatchObject({ holder: 'agent', agent: 'Maria' })
  expect(held).not.toHaveProperty('ahead')

  await server.handoffs.command(ticket, { command: 'close', by: { id: 'maria', name: 'Maria' } })
  const ended = (await standing(ada.token)).json
  expect(ended.holder).toBe('bot')
  expect(ended).not.toHaveProperty('agent')
})

test('tells no numbers that are not known', async () => {
  server = await startServer()
  const { token } = await chatToken(server)
  const { json } = await standing(token)
  expect(json.desk).toEqual({})
  expect(json).not.toHaveProperty('ahead')
  expect(json).not.toHaveProperty('usualMinutes')
})
