import { aWhile, until } from '../teams/stage'
import { linesOf } from './adaptive-card'
import { ben, cardIn, invokeAnswer, maria, sentenceIn, startDesk, type Desk } from './desk'

jest.setTimeout(60_000)

let desk: Desk
beforeEach(async () => {
  desk = await startDesk()
  await desk.arrive()
})
afterEach(() => desk.stage.close())

const replies = async () =>
  (await desk.read()).flatMap(({ from, text }) => (from === 'agent' ? [text] : []))

test('of two who claim at once one wins, and the other gets a card that says who', async () => {
  const bodies = await Promise.all([maria, ben].map((who) => desk.pressing(who, 'Claim')))
  const answers = await Promise.all(bodies.map((body) => desk.stage.post(body)))
  const cards = answers.map((answer) => linesOf(cardIn(invokeAnswer(answer))))
  const { agent } = (await desk.case()) ?? {}
  expect(['Maria', 'Ben']).toContain(agent?.name)
  for (const card of cards) expect(card).toContain(`With ${agent?.name}`)
  const told = cards.filter((card) => card.includes(`${agent?.name} has this case.`))
  expect(told).toEqual([agent?.name === 'Maria' ? cards[1] : cards[0]])
})

test("what is done in somebody else's case does not count, and what was typed is not lost", async () => {
  await desk.press(maria, 'Claim')
  await desk.untilCard('With ')
  const card = linesOf(
    cardIn(await desk.press(ben, 'Send reply', { reply: 'Hello, this is Ben.' })),
  )
  expect(card).toContain('Maria has this case.')
  expect(card).toContain('<Reply to the person>Hello, this is Ben.')
  await desk.mention(ben, 'Hello once more.')
  await desk.untilLine('Not passed on. Maria has this case.')
  expect(await replies()).toEqual([])
})

test('a press that is delivered again counts once and gets the same answer', async () => {
  const claim = await desk.pressing(maria, 'Claim')
  const claims = await Promise.all([1, 2, 3].map(() => desk.stage.post(claim)))
  expect(new Set(claims.map(({ body }) => body)).size).toBe(1)
  await desk.untilCard('With ')
  const reply = await desk.pressing(maria, 'Send reply', { reply: 'Hello.' })
  const answers = [await desk.stage.post(reply), await desk.stage.post(reply)]
  expect(answers[1]).toEqual(answers[0])
  // After a restart too.
  await desk.stage.restart()
  await desk.stage.run()
  expect((await desk.stage.post(reply)).body).toBe(answers[0]?.body)
  const refused = await desk.pressing(ben, 'Send reply', { reply: 'Hello from Ben.' })
  const first = await desk.stage.post(refused)
  expect(first.body).toContain('Maria has this case.')
  expect(await desk.stage.post(refused)).toEqual(first)
  expect(await replies()).toEqual(['Hello.'])
  expect(await desk.auditLog()).toHaveLength(1)
})

test('words in the thread that are delivered again are passed on once', async () => {
  const said = await desk.mentioning(maria, 'Hello.')
  await Promise.all([desk.stage.post(said), desk.stage.post(said)])
  await desk.stage.restart()
  await desk.stage.run()
  await desk.stage.post(said)
  expect(await replies()).toEqual(['Hello.'])
})

test('an older client sends a press as a message: it counts, and what did not is told in the thread', async () => {
  const press = async (title: string, who = maria) => {
    const { value, replyToId, ...rest } = await desk.pressing(who, title)
    const { data } = value.action
    return desk.stage.post({
      ...rest,
      type: 'message',
      name: undefined,
      text: null,
      replyToId,
      value: data,
    })
  }
  expect(await press('Claim')).toEqual({ status: 200, body: '' })
  await desk.untilCard('With ')
  await press('Send reply')
  await desk.untilLine('Write something first; nothing was sent.')
  await press('Put back in the queue', ben)
  await desk.untilLine('Maria has this case.')
})

test.each([
  ['Send reply', { reply: '  ' }, 'Write something first; nothing was sent.'],
  [
    'Send reply',
    { reply: 'a'.repeat(4_001) },
    'This is longer than 4000 characters. Nothing was sent.',
  ],
  ['Send fix', { fix: 'no-such-fix' }, 'Choose a fix of the list first.'],
])('%s with nothing that can be sent: %s', async (title, fields, sentence) => {
  const card = linesOf(cardIn(await desk.press(maria, title, fields)))
  expect(card).toContain(sentence)
  expect(await desk.case()).toMatchObject({ state: 'queued' })
})

test('closing asks what fixed it', async () => {
  await desk.press(maria, 'Claim')
  await desk.untilCard('With ')
  const card = linesOf(cardIn(await desk.press(maria, 'Close')))
  expect(card).toContain('Choose what fixed it first.')
  const ended = linesOf(cardIn(await desk.press(maria, 'Close', { fixed: 'nothing' })))
  expect(ended).toContain('Nothing fixed it')
  await desk.untilCard('closed by Maria')
})

test('what comes too late says so', async () => {
  await desk.press(maria, 'Claim')
  await desk.untilCard('With ')
  const late = await desk.pressing(maria, 'Send reply', { reply: 'One more thing.' })
  await desk.press(maria, 'Return to bot')
  const card = linesOf(cardIn(invokeAnswer(await desk.stage.post(late))))
  expect(card[0]).toBe('Back with the bot')
  expect(card).toContain('This case has ended already.')
  await desk.mention(maria, 'And another.')
  await desk.untilLine('Not passed on. This case has ended already.')
  expect(await replies()).toEqual([])
})

test('files in the thread are not passed on, and the agent is told', async () => {
  await desk.mention(maria, '', { attachments: [{ contentType: 'image/png' }] })
  await desk.untilLine('Not passed on. I can pass on words only. Nothing was sent.')
  expect(await replies()).toEqual([])
})

test("mentions of colleagues are passed on as names, and Teams' escapes as what they stand for", async () => {
  await desk.mention(maria, '&nbsp;ask <at>Ben Okri</at>: is 3 &lt; 4 &amp;amp; so on?')
  expect(await replies()).toEqual(['ask Ben Okri: is 3 < 4 &amp; so on?'])
})

test('a fix that cannot be sent yet is explained in the thread', async () => {
  await desk.visitor('my photos do not upload to the shared album', { id: 'second', name: 'Bo' })
  await desk.visitor('talk to a person', { id: 'second', name: 'Bo' })
  await until(() => desk.cards().length === 2)
  await desk.press(maria, 'Send fix')
  await desk.untilLine('was not sent: which way to do it depends on the')
  expect(await replies()).toEqual([])
})

test('an answer that takes long is "one moment", and the card shows it afterwards', async () => {
  const slow = await startDesk({ patienceMs: 1 })
  try {
    await slow.arrive()
    const answer = await slow.press(maria, 'Claim')
    expect(sentenceIn(answer)).toMatch(/^One moment/)
    await slow.untilCard('With ')
    await aWhile()
  } finally {
    await slow.stage.close()
  }
})
