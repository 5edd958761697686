import { createHmac } from 'node:crypto'
import { pauseAfter } from '../../src/handoff/webhook/sender'
import type { DeskActivity } from '../../src/handoff/webhook/activities'
import { lineOf, type Got } from './fake-desk'
import {
  aWhile,
  ben,
  deskMessage,
  deskStatus,
  secret,
  startStage,
  until,
  type Stage,
} from './stage'

// Every stage starts a server and a database; on a busy machine that takes its time.
jest.setTimeout(60_000)

let stage: Stage

beforeEach(async () => {
  stage = await startStage()
})
afterEach(() => stage.close())

const sent = 'Sent. '
const maria = { id: 'maria', name: 'Maria' }

/** The text of what the bot says to who asks for a person at once. */
const bringing = async () => (await stage.heard()).find((line) => line.includes(sent)) ?? ''

test('a whole case goes there in order: the offer with the talk so far, each row, and the end', async () => {
  await stage.says('waiting for photos on my iphone, ios 18')
  const id = await stage.asks()
  await until(() => stage.desk.got.length === 1)
  await stage.says('hello?')
  await until(() => stage.desk.got.length >= 3)
  await stage.posts(deskMessage(id, 'Hi Ada.'))
  await stage.says('hi')
  await stage.posts(deskStatus(id, { state: 'completed' }))
  await until(() => stage.desk.lines().at(-1) === 'end closed')
  const [, , waiting, ...rest] = stage.desk.lines()
  expect(waiting).toMatch(/^bot: .*Did that help\?\n\n\[Yes\] \[No\] \[Already tried\]$/s)
  expect(rest).toEqual([
    "bot: Ben has joined. I'll stay quiet.",
    'user: hi',
    "bot: Ben has left the chat. I'm here again.",
    'end closed',
  ])
  const [first] = stage.desk.got
  expect(first?.activity).toMatchObject({
    type: 'event',
    name: 'handoff.initiate',
    channelId: 'directline',
    conversation: { id },
    value: { ticket: id, reason: 'asked', person: { id: 'dl_ada', name: 'Ada' } },
    attachments: [{ name: 'Transcript', contentType: 'application/json' }],
  })
  expect(transcriptIn(first)).toEqual([
    'user: waiting for photos on my iphone, ios 18',
    expect.stringMatching(/^bot: A shared album is stuck/),
    'user: talk to a person',
    expect.stringContaining(await bringing()),
  ])
  // What is said after the end is none of the desk's business.
  await stage.says('3')
  await aWhile()
  expect(stage.desk.lines().at(-1)).toBe('end closed')
})

/** The conversation that went with an offer, one line for each message. */
function transcriptIn(got: Got | undefined): string[] {
  const [transcript] = (got?.activity.attachments ?? []) as readonly {
    readonly content: { readonly activities: readonly DeskActivity[] }
  }[]
  return transcript?.content.activities.map(lineOf) ?? []
}

test('each post is signed over timestamp and body, and carries the key of its activity', async () => {
  await stage.asks()
  await until(() => stage.desk.got.length === 1)
  const [{ headers, body, activity }] = stage.desk.got as [(typeof stage.desk.got)[0]]
  const timestamp = String(headers['x-fixladder-timestamp'])
  const mac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
  expect(headers['x-fixladder-signature']).toBe(`v1=${mac}`)
  expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60)
  expect(headers['idempotency-key']).toBe(activity.id)
  expect(headers['content-type']).toMatch(/^application\/json/)
})

test('notes among agents stay here; what an agent of another desk says goes there', async () => {
  const id = await stage.asks()
  await until(() => stage.desk.got.length === 1)
  await stage.handoffs.note(id, { by: maria, text: 'Careful with this one.' })
  await stage.handoffs.command(id, { command: 'answer', by: maria }, { message: 'Hello.' })
  await stage.untilLines(['initiate', "bot: Maria has joined. I'll stay quiet.", 'agent: Hello.'])
  expect(JSON.stringify(stage.desk.got)).not.toContain('Careful')
})

test('a desk that is down gets everything later, in order, with the keys it had', async () => {
  stage.desk.answers({ status: 503 })
  await stage.asks()
  await until(() => stage.desk.got.length === 1)
  await stage.says('are you there')
  await aWhile()
  expect(stage.desk.lines()).toEqual(['initiate'])
  stage.desk.answers({ status: 200 })
  stage.clock.ahead += 2_500
  await until(() => stage.desk.lines().includes('user: are you there'))
  const [first, again] = stage.desk.got
  expect(again?.activity).toEqual(first?.activity)
  expect(again?.headers['idempotency-key']).toBe(first?.headers['idempotency-key'])
})

test('one case that is not taken holds up no other', async () => {
  const stuck = await stage.asks()
  await until(() => stage.desk.got.length === 1)
  stage.desk.answers(({ conversation: { id } }) => ({ status: id === stuck ? 500 : 200 }))
  await stage.says('first')
  await stage.conversations.create(
    { id: 'another', channel: 'teams', userId: '29:eve', locale: 'en-GB' },
    [],
  )
  const other = await stage.asks('talk to a person', 'another')
  await until(() => stage.desk.lines().filter((line) => line === 'initiate').length === 2)
  await stage.says('second', 'another')
  await until(() => stage.desk.lines().includes('user: second'))
  const offer = stage.desk.got.find(({ activity }) => activity.conversation.id === other)
  expect(offer?.activity).toMatchObject({
    channelId: 'msteams',
    locale: 'en-GB',
    value: { person: { id: '29:eve', name: 'Visitor' } },
  })
  stage.desk.answers({ status: 200 })
  stage.clock.ahead += 2_500
  await until(() => stage.desk.lines().filter((line) => line === 'user: first').length === 2)
})

test('posts of one case never overlap, and not all cases post at once', async () => {
  const busy = new Set<string>()
  let most = 0
  const waiting: (() => void)[] = []
  stage.desk.answers(async ({ conversation: { id } }) => {
    expect(busy).not.toContain(id)
    busy.add(id)
    most = Math.max(most, busy.size)
    await new Promise<void>((resolve) => waiting.push(resolve))
    busy.delete(id)
    return { status: 200 }
  })
  for (let at = 0; at < 12; at++) {
    const where = `person-${at}`
    await stage.conversations.create({ id: where, channel: 'direct-line', userId: where }, [])
    await stage.asks('talk to a person', where)
  }
  await until(() => waiting.length === 8)
  await aWhile()
  expect(waiting).toHaveLength(8)
  for (let done = 0; done < 12; done++) {
    await until(() => waiting.length > 0)
    waiting.shift()?.()
  }
  await until(() => stage.desk.got.length === 12)
  expect(most).toBe(8)
})

test('Retry-After is waited for, and no longer', async () => {
  stage.desk.answers({ status: 429, headers: { 'retry-after': '120' } })
  await stage.asks()
  await stage.untilFailed(1)
  stage.clock.ahead += 110_000
  await aWhile()
  expect(stage.desk.got).toHaveLength(1)
  stage.clock.ahead += 11_000
  await until(() => stage.desk.got.length === 2)
})

test('the pauses grow from two seconds to five minutes, and are spread', () => {
  expect([1, 2, 3, 8, 9, 50].map((failures) => pauseAfter(failures, 0))).toEqual([
    2_000, 4_000, 8_000, 256_000, 300_000, 300_000,
  ])
  expect(pauseAfter(1, 0.5)).toBe(2_250)
})

test.each([400, 403, 404, 409, 413, 422])(
  'a message that is answered %i is written down as refused, and passed',
  async (status) => {
    const id = await stage.asks()
    await until(() => stage.desk.got.length === 1)
    stage.desk.answers(({ text }) => ({ status: text === 'bad' ? status : 200 }))
    await stage.says('bad')
    await stage.says('good')
    await until(() => stage.desk.lines().includes('user: good'))
    expect(stage.desk.lines().filter((line) => line === 'user: bad')).toHaveLength(1)
    expect(stage.logged).toContain('error: the help desk refused a message; it is passed')
    const refused = await stage.refusals(id)
    expect(refused.map((row) => row.status)).toEqual([status])
  },
)

test.each([401, 408, 425, 429, 500])(
  'a message that is answered %i comes again',
  async (status) => {
    await stage.asks()
    await until(() => stage.desk.got.length === 1)
    stage.desk.answers({ status })
    await stage.says('hello')
    await until(() => stage.desk.got.length === 2)
    stage.desk.answers({ status: 200 })
    stage.clock.ahead += 2_500
    await until(() => stage.desk.got.length > 2)
    expect(stage.desk.lines()[2]).toBe('user: hello')
  },
)

test('a redirect is not followed', async () => {
  stage.desk.answers(({ name }) =>
    name === 'handoff.initiate'
      ? { status: 307, headers: { location: `${stage.desk.url}/elsewhere` } }
      : { status: 200 },
  )
  await stage.asks()
  await until(() => stage.desk.got.length === 1)
  await aWhile()
  expect(stage.desk.got).toHaveLength(1)
})

test('a case that the desk refuses stays in the queue, the person hears it once, and it is offered again', async () => {
  stage.desk.answers({ status: 422 })
  const id = await stage.asks()
  await until(async () =>
    (await stage.heard()).some((line) => line.includes("can't take your case")),
  )
  expect(await stage.state(id)).toBe('queued')
  await stage.says('ok')
  stage.clock.ahead += 601_000
  await until(() => stage.desk.got.length === 2)
  await aWhile()
  stage.desk.answers({ status: 200 })
  stage.clock.ahead += 601_000
  await until(() => stage.desk.got.length === 3)
  expect(stage.desk.got.map(({ activity }) => activity.id)).toEqual([
    `${id}:initiate:1`,
    `${id}:initiate:2`,
    `${id}:initiate:3`,
  ])
  expect(transcriptIn(stage.desk.got[2])).toContain('user: ok')
  const told = (await stage.heard()).filter((line) => line.includes("can't take your case"))
  expect(told).toHaveLength(1)
})

test('a desk out of reach: after a minute the person hears it once, and the case arrives when it is back', async () => {
  stage.desk.answers({ status: 502 })
  await stage.says('waiting for photos on my iphone, ios 18')
  const id = await stage.asks()
  await stage.untilFailed(1)
  stage.clock.ahead += 30_000
  await stage.untilFailed(2)
  await aWhile()
  expect((await stage.heard()).join()).not.toContain("can't reach")
  stage.clock.ahead += 31_000
  await until(async () => (await stage.heard()).some((line) => line.includes("can't reach")))
  stage.clock.ahead += 300_000
  await until(() => stage.desk.got.length >= 3)
  await aWhile()
  const told = (await stage.heard()).filter((line) => line.includes("can't reach"))
  expect(told).toHaveLength(1)
  // What was asked is asked again, so that the person can go on.
  expect(told[0]).toMatch(/one more thing meanwhile\?$/)
  expect(await stage.state(id)).toBe('queued')
  stage.desk.answers({ status: 200 })
  stage.clock.ahead += 400_000
  await until(() => stage.desk.lines().includes(`bot: ${told[0]}\n\n[Yes] [No, I'll wait]`))
})

test('a case that ended before the desk took it is only ended there', async () => {
  stage.desk.answers({ status: 503 })
  const id = await stage.asks()
  await until(() => stage.desk.got.length === 1)
  await stage.says("never mind, I don't need a person any more")
  expect(await stage.state(id)).toBe('cancelled')
  stage.desk.answers({ status: 404 })
  stage.clock.ahead += 2_500
  await stage.untilLines(['initiate', 'end cancelled'])
  stage.clock.ahead += 1_000_000
  await aWhile()
  expect(stage.desk.got).toHaveLength(2)
})

test('for an ended case nobody tries longer than a day', async () => {
  await stage.asks()
  await until(() => stage.desk.got.length === 1)
  stage.desk.answers({ status: 503 })
  await stage.says("never mind, I don't need a person any more")
  await stage.untilFailed(1)
  stage.clock.ahead += 25 * 3_600_000
  await until(() => stage.logged.some((line) => line.includes('out of reach for a day')))
  stage.desk.answers({ status: 200 })
  stage.clock.ahead += 1_000_000
  await aWhile()
  expect(stage.desk.lines()).not.toContain('end cancelled')
})

test('a case that another desk has is not offered before it comes back', async () => {
  stage.desk.answers({ status: 503 })
  const id = await stage.asks()
  await until(() => stage.desk.got.length === 1)
  await stage.handoffs.command(id, { command: 'claim', by: maria })
  stage.desk.answers({ status: 200 })
  stage.clock.ahead += 400_000
  await aWhile()
  expect(stage.desk.got).toHaveLength(1)
  await stage.handoffs.command(id, { command: 'release', by: maria })
  await until(() => stage.desk.got.length > 1)
  expect(stage.desk.lines()[1]).toBe('initiate')
})

test('a restart in the middle of a chat loses nothing and doubles nothing', async () => {
  const id = await stage.asks()
  await until(() => stage.desk.got.length === 1)
  await stage.posts(deskMessage(id, 'Hi Ada, what do you see?'))
  await stage.says('one')
  await until(() => stage.desk.lines().includes('user: one'))
  await stage.restart(() => stage.desk.answers({ status: 503 }))
  await stage.says('two')
  await until(() => stage.desk.lines().includes('user: two'))
  // This one was on its way and not taken when the server stops.
  await stage.restart(() => stage.desk.answers({ status: 200 }))
  await stage.says('three')
  await stage.posts(deskMessage(id, 'I see it.'))
  await stage.posts(deskStatus(id, { state: 'completed', agent: ben }))
  await until(() => stage.desk.lines().at(-1) === 'end closed')
  const taken = [...new Map(stage.desk.got.map((got) => [got.activity.id, got])).values()]
  expect(taken.map(({ activity }) => activity.text ?? activity.type)).toEqual([
    'event',
    "Ben has joined. I'll stay quiet.",
    'one',
    'two',
    'three',
    "Ben has left the chat. I'm here again.",
    'endOfConversation',
  ])
  const heard = await stage.heard()
  expect(heard.filter((line) => /^(Hi Ada, what|I see it)/.test(line))).toHaveLength(2)
})

test('people who already wait when the desk is joined are passed to it', async () => {
  await stage.close()
  stage = await startStage({ isJoined: false })
  const id = await stage.asks()
  await aWhile()
  expect(stage.desk.got).toEqual([])
  await stage.restart(() => stage.join())
  await until(() => stage.desk.got.length === 1)
  expect(stage.desk.got[0]?.activity.conversation.id).toBe(id)
})

test('without its settings there is no door', async () => {
  await stage.close()
  stage = await startStage({ isJoined: false })
  expect(await stage.posts(deskMessage('any', 'hello'))).toMatchObject({ status: 404 })
})
