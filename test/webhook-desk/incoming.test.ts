import { sign } from '../../src/handoff/webhook/signature'
import {
  ben,
  conversation,
  deskMessage,
  deskStatus,
  secret,
  startStage,
  until,
  zoe,
  type Stage,
} from './stage'

// Every stage starts a server and a database; on a busy machine that takes its time.
jest.setTimeout(60_000)

let stage: Stage
let id: string

beforeEach(async () => {
  stage = await startStage()
  await stage.says('waiting for photos on my iphone, ios 18')
  id = await stage.asks()
  await until(() => stage.desk.got.length === 1)
})
afterEach(() => stage.close())

const maria = { id: 'maria', name: 'Maria' }
const goBack = (value: object, activity = 'back') => ({
  type: 'event',
  name: 'handoff.return',
  id: activity,
  conversation: { id },
  value,
})
/** What the person was told since the case was sent. */
const told = async () => {
  const lines = await stage.heard()
  return lines.slice(lines.findIndex((line) => line.includes('Sent. ')) + 1)
}
const holder = async () => (await stage.conversations.get(conversation))?.holder

describe('refuses', () => {
  const nothing = async () => {
    expect(await told()).toEqual([])
    expect(await stage.state(id)).toBe('queued')
  }

  test('without a signature', async () => {
    expect(await stage.posts(deskMessage(id, 'hello'), { signature: '' })).toMatchObject({
      status: 401,
      code: 'NotSigned',
    })
    await nothing()
  })

  test.each([
    ['another secret', { secret: 'another secret of more than thirty-two characters' }],
    ['another version', { signature: `v2=${'0'.repeat(64)}` }],
    ['half a signature', { signature: 'v1=00' }],
    ['a timestamp that is none', { seconds: Number.NaN }],
    ['a timestamp in milliseconds', { seconds: 1_800_000_000_000 }],
    ['a body changed on the way', { body: '{"type":"message"}' }],
  ])('%s', async (_name, how) => {
    expect(await stage.posts(deskMessage(id, 'hello'), how)).toMatchObject({ status: 401 })
    await nothing()
  })

  test.each([-301, 301])('a signature that is %i seconds off', async (off) => {
    const seconds = Math.floor(stage.now() / 1000) + off
    expect(await stage.posts(deskMessage(id, 'hello'), { seconds })).toMatchObject({ status: 401 })
    await nothing()
  })

  test('a timestamp that was changed without the secret', async () => {
    const body = JSON.stringify(deskMessage(id, 'hello'))
    const seconds = Math.floor(stage.now() / 1000)
    const signature = sign(secret, seconds - 1_000, body)
    expect(await stage.postsBytes(body, { seconds, signature })).toMatchObject({ status: 401 })
    await nothing()
  })

  test.each([
    ['no JSON', 'hello', 'BadJson'],
    ['null', 'null', 'BadActivity'],
    ['an activity without a type', '{}', 'BadActivity'],
    ['a type that is not used', '{"type":"invoke"}', 'BadActivity'],
  ])('%s', async (_name, body, code) => {
    expect(await stage.postsBytes(body)).toMatchObject({ status: 400, code })
  })

  test.each([
    ['no id', { id: undefined }, '"id"'],
    ['an id of two lines', { id: 'a\nb' }, '"id"'],
    ['no text', { text: '  ' }, '"text"'],
    ['a text that is too long', { text: 'x'.repeat(10_001) }, '"text"'],
    ['nobody', { from: undefined }, '"from"'],
    ['somebody without an id', { from: { name: 'Ben' } }, '"from.id"'],
    ['somebody without a name', { from: { id: '7', name: ' \u0007 ' } }, '"from.name"'],
    ['no case', { conversation: {} }, '"conversation.id"'],
  ])('a message with %s, and says what is wrong', async (_name, change, where) => {
    const answer = await stage.posts({ ...deskMessage(id, 'hello'), ...change })
    expect(answer).toMatchObject({ status: 400, code: 'BadActivity' })
    expect(answer.text).toContain(where.replaceAll('"', '\\"'))
    await nothing()
  })

  test('a state that is none', async () => {
    expect(await stage.posts(deskStatus(id, { state: 'gone' }))).toMatchObject({ status: 400 })
    await nothing()
  })

  test('a body that is too large, or no JSON by its header', async () => {
    const large = { ...deskMessage(id, 'hello'), more: 'x'.repeat(70_000) }
    expect(await stage.posts(large)).toMatchObject({ status: 413 })
    const plain = { headers: { 'content-type': 'text/plain' } }
    expect(await stage.posts(deskMessage(id, 'hello'), plain)).toMatchObject({ status: 415 })
    await nothing()
  })

  test('a case that is none, and one that this desk was never offered, in the same words', async () => {
    const none = await stage.posts(deskMessage('none', 'hello'))
    expect(none).toMatchObject({ status: 404, code: 'NotFound' })
    await stage.restart(() => stage.leave())
    await stage.conversations.create(
      { id: 'another', channel: 'direct-line', userId: 'dl_eve' },
      [],
    )
    const other = await stage.asks('talk to a person', 'another')
    await stage.handoffs.command(other, { command: 'claim', by: maria })
    await stage.restart(() => stage.join())
    expect(await stage.posts(deskMessage(other, 'hello'))).toEqual(none)
  })

  test('a case that somebody at another desk has, without saying who', async () => {
    await stage.handoffs.command(id, { command: 'claim', by: maria })
    for (const activity of [
      deskMessage(id, 'hello'),
      deskStatus(id, { state: 'accepted', agent: ben }),
      deskStatus(id, { state: 'completed' }),
      deskStatus(id, { state: 'failed' }),
      goBack({}),
    ]) {
      const answer = await stage.posts(activity)
      expect(answer).toMatchObject({ status: 409, code: 'Taken' })
      expect(answer.text).not.toContain('Maria')
    }
    expect(await told()).toEqual(["Maria has joined. I'll stay quiet."])
  })

  test('whatever comes after the end', async () => {
    await stage.posts(deskStatus(id, { state: 'completed', agent: ben }))
    const lines = await told()
    for (const activity of [
      deskMessage(id, 'one more thing'),
      deskStatus(id, { state: 'accepted', agent: ben }),
      deskStatus(id, { state: 'completed' }),
      deskStatus(id, { state: 'failed', message: 'no' }),
      goBack({}),
    ])
      expect(await stage.posts(activity)).toMatchObject({ status: 409, code: 'Closed' })
    expect(await told()).toEqual(lines)
  })
})

describe('takes', () => {
  test('accepted: the agent joins, and the case is theirs alone', async () => {
    const accepted = deskStatus(id, { state: 'accepted', agent: ben })
    expect(await stage.posts(accepted)).toMatchObject({
      status: 200,
      text: `{"id":"${accepted.id}"}`,
    })
    expect(await told()).toEqual(["Ben has joined. I'll stay quiet."])
    expect((await stage.handoffs.get(id))?.agent).toEqual({ id: 'webhook:7', name: 'Ben' })
    expect(await holder()).toBe('agent')
  })

  test('a message: it is said in the name of its agent, who has the case by it', async () => {
    await stage.posts(deskMessage(id, 'Hi Ada.\nIs it still stuck?'))
    expect(await told()).toEqual([
      "Ben has joined. I'll stay quiet.",
      'Hi Ada.\nIs it still stuck?',
    ])
    const [, said] = (
      await stage.conversations.read(conversation, { after: 0, audience: 'person' })
    ).slice(-2)
    expect(said?.body?.from).toEqual({ id: 'agent', name: 'Ben', role: 'agent' })
  })

  test('an agent whose id is one of the console is none of the console', async () => {
    await stage.handoffs.command(id, { command: 'claim', by: maria })
    expect(await stage.posts(deskMessage(id, 'hello', maria))).toMatchObject({ status: 409 })
  })

  test('agents of the desk pass a case on among themselves', async () => {
    await stage.posts(deskMessage(id, 'Hi.'))
    await stage.posts(deskMessage(id, 'Zoe here.', zoe))
    await stage.posts(deskStatus(id, { state: 'accepted', agent: ben }))
    expect(await told()).toEqual([
      "Ben has joined. I'll stay quiet.",
      'Hi.',
      'Zoe goes on from here.',
      'Zoe here.',
      'Ben goes on from here.',
    ])
  })

  test('a desk that names nobody', async () => {
    await stage.posts(deskStatus(id, { state: 'accepted' }))
    await stage.posts(deskStatus(id, { state: 'completed', message: 'It is mended.' }))
    expect((await told()).slice(0, 3)).toEqual([
      "A colleague has joined. I'll stay quiet.",
      'It is mended.',
      "A colleague has left the chat. I'm here again.",
    ])
  })

  test('completed: the case is closed, with what fixed it', async () => {
    await stage.posts(deskMessage(id, 'Restart it.'))
    const end = { state: 'completed', agent: ben, fixed: 'restart', words: 'It was stuck.' }
    expect(await stage.posts(deskStatus(id, end))).toMatchObject({ status: 200 })
    expect(await stage.state(id)).toBe('closed')
    expect(await stage.fixedBy(id)).toEqual({ fixed: 'restart', fixed_words: 'It was stuck.' })
    expect((await told()).slice(2)).toEqual([
      "Ben has left the chat. I'm here again.",
      'How was it with Ben, from 1 (bad) to 5 (good)?',
    ])
    expect(await holder()).toBe('bot')
  })

  test('completed by a colleague of whoever has it', async () => {
    await stage.posts(deskMessage(id, 'Hi.'))
    await stage.posts(deskStatus(id, { state: 'completed', agent: zoe }))
    expect(await stage.state(id)).toBe('closed')
  })

  test('failed: the person hears it, the case waits, and is offered again', async () => {
    await stage.posts(deskStatus(id, { state: 'failed', message: 'Nobody is on shift.' }))
    expect(await stage.state(id)).toBe('queued')
    const [line, ...rest] = await told()
    expect(line).toMatch(
      /^My colleagues can't take your case right now\..*one more thing meanwhile\?$/s,
    )
    expect(rest).toEqual([])
    const notes = await stage.notes()
    expect(notes).toEqual(['A colleague: Nobody is on shift.'])
    await stage.says('ok')
    stage.clock.ahead += 601_000
    await until(() => stage.desk.lines().filter((each) => each === 'initiate').length === 2)
  })

  test('failed, of a case that was accepted: it goes back into the queue', async () => {
    await stage.posts(deskMessage(id, 'Hi.'))
    await stage.posts(deskStatus(id, { state: 'failed' }))
    expect(await stage.state(id)).toBe('queued')
    expect(await holder()).toBe('queue')
    expect((await told())[2]).toBe(
      "Ben has passed your case on. You're in line for another colleague.",
    )
  })

  test('a message after failed: then it is taken after all, and everything goes there again', async () => {
    await stage.posts(deskStatus(id, { state: 'failed' }))
    await stage.says('a word meanwhile')
    await stage.posts(deskMessage(id, 'I have it.'))
    await until(() => stage.desk.lines().includes('user: a word meanwhile'))
    expect(await stage.state(id)).toBe('held')
  })

  test('handoff.return: the bot goes on, at the fix that was named', async () => {
    await stage.posts(deskMessage(id, 'Try this.'))
    expect(await stage.posts(goBack({ fix: 'vpn-off' }))).toMatchObject({ status: 200 })
    expect(await stage.state(id)).toBe('returned')
    expect((await told()).slice(2)).toEqual([
      "Ben has left the chat. I'm here again.",
      expect.stringMatching(/VPN, proxy and firewall/),
    ])
    await until(() => stage.desk.lines().at(-1) === 'end returned')
  })

  test('handoff.return of a case that nobody took, without a value', async () => {
    expect(await stage.posts({ ...goBack({}), value: undefined })).toMatchObject({ status: 200 })
    expect(await stage.state(id)).toBe('returned')
  })

  test('typing: shown while the desk has the case, and written nowhere', async () => {
    const typing = { type: 'typing', id: 't', conversation: { id }, from: ben }
    expect(await stage.posts(typing)).toMatchObject({ status: 200 })
    expect(stage.typed).toEqual([])
    await stage.posts(deskMessage(id, 'Hi.'))
    const { lastSeq } = (await stage.conversations.get(conversation)) ?? {}
    await stage.posts(typing)
    await stage.posts(typing)
    expect(stage.typed).toEqual([`${conversation}: Ben`, `${conversation}: Ben`])
    expect((await stage.conversations.get(conversation))?.lastSeq).toBe(lastSeq)
  })

  test('a name with line breaks and no end is a short line', async () => {
    await stage.posts(deskMessage(id, 'Hi.', { id: '9', name: `  Eve\n${'x'.repeat(200)}` }))
    expect((await told())[0]).toBe(`Eve ${'x'.repeat(56)} has joined. I'll stay quiet.`)
  })
})

describe('the same thing sent twice is done once', () => {
  test('a message, also at the same moment, and when the case has ended meanwhile', async () => {
    const hello = deskMessage(id, 'Hello.')
    const answers = await Promise.all([1, 2, 3, 4].map(() => stage.posts(hello)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    await stage.posts(deskStatus(id, { state: 'completed', agent: ben }))
    expect(await stage.posts(hello)).toMatchObject({ status: 200 })
    expect((await told()).filter((line) => line === 'Hello.')).toHaveLength(1)
  })

  test('a status, also after a restart: an old "accepted" takes no case back', async () => {
    const accepted = deskStatus(id, { state: 'accepted', agent: ben })
    await stage.posts(accepted)
    await stage.handoffs.command(id, {
      command: 'release',
      by: { id: 'webhook:7', name: 'Ben' },
    })
    await stage.restart()
    expect(await stage.posts(accepted)).toMatchObject({ status: 200 })
    expect(await stage.state(id)).toBe('queued')
  })

  test('"failed": the case is not put off, and the person not told, again', async () => {
    const failed = deskStatus(id, { state: 'failed', message: 'Full.' })
    await stage.posts(failed)
    const lines = await told()
    await stage.posts(failed)
    expect(await told()).toEqual(lines)
    expect(await stage.notes()).toHaveLength(1)
  })
})
