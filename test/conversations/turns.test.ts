import { say } from '../../dialogs'
import type { Reader } from '../../knowledge'
import { id, message, openStage, repliesTo, saidIn, watched, type Stage } from './stage'

/** A hundred turns are two hundred writes to a disk, which other tests may be busy with. */
jest.setTimeout(60_000)

let stage: Stage

afterEach(() => stage.close())

test('a hundred messages at once are a hundred turns, one after another in the order of the log', async () => {
  const heard: string[] = []
  stage = await openStage(watched(heard))
  await stage.turns.start()
  const texts = Array.from({ length: 100 }, (_none, index) => `hello number ${index}`)
  await Promise.all(texts.map((text) => stage.conversations.append(id, message(text))))
  await stage.turns.settled()

  const rows = await stage.rows()
  const said = rows.filter(({ body }) => body?.from.role === 'user')
  expect(said).toHaveLength(100)
  expect(heard).toEqual(said.map(saidIn))
  const replies = rows.filter(({ body }) => body?.from.role === 'bot')
  expect(replies.map(({ body }) => body?.replyToId)).toEqual(said.map((row) => row.id))
  expect(rows.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 200 }, (_none, index) => index + 1),
  )
  expect(await stage.conversations.get(id)).toMatchObject({ botCursor: 200, lastSeq: 200 })
})

test('each turn begins with the state that the one before it left', async () => {
  stage = await openStage()
  await stage.turns.start()
  await Promise.all(
    Array.from({ length: 20 }, () => stage.conversations.append(id, message('hello'))),
  )
  await stage.turns.settled()

  const asks = (await stage.rows()).flatMap(({ body }) => {
    const reply = body?.channelData?.fixladder
    return reply && 'ask' in reply ? [reply.ask] : []
  })
  expect(asks).toEqual(Array.from({ length: 20 }, (_none, index) => index + 1))
})

test('the same key five times is one row and one turn', async () => {
  const heard: string[] = []
  stage = await openStage(watched(heard))
  await stage.turns.start()
  const appended = await Promise.all(
    Array.from({ length: 5 }, () => stage.conversations.append(id, message('hello', 'client:1'))),
  )
  await stage.turns.settled()
  const late = await stage.conversations.append(id, message('hello', 'client:1'))
  await stage.turns.settled()

  expect([...appended, late].map(({ seq }) => seq)).toEqual([1, 1, 1, 1, 1, 1])
  expect(appended.map(({ duplicate }) => duplicate)).toEqual([false, true, true, true, true])
  expect(late.duplicate).toBe(true)
  expect(heard).toEqual(['hello'])
  expect(await stage.rows()).toHaveLength(2)
})

test('a turn whose commit is lost is run again, and answers once', async () => {
  const heard: string[] = []
  const takeOver = () => {
    if (heard.length > 1) return
    // Somebody hands the conversation over while the turn thinks: this commit is written before the turn's own.
    void stage.conversations.commit({
      conversation: id,
      cursor: { from: 0, to: 0 },
      holderVersion: 0,
      at: Date.now(),
      rows: [],
      handoff: { id: 'handoff-1', reason: 'asked', brief: {}, isKept: false },
    })
  }
  stage = await openStage(watched(heard, takeOver))
  await stage.turns.start()
  const { id: asked } = await stage.conversations.append(id, message('hello'))
  await stage.turns.settled()

  expect(heard).toEqual(['hello', 'hello'])
  expect(repliesTo(await stage.rows(), asked)).toHaveLength(1)
  expect(await stage.conversations.get(id)).toMatchObject({ holder: 'queue', holderVersion: 1 })
})

test('a commit that comes second is refused, and writes nothing', async () => {
  stage = await openStage()
  await stage.conversations.append(id, message('hello'))
  const commit = {
    conversation: id,
    cursor: { from: 0, to: 1 },
    holderVersion: 0,
    at: Date.now(),
    rows: [message('an answer')],
  }
  const outcomes = await Promise.allSettled([
    stage.conversations.commit(commit),
    stage.conversations.commit(commit),
  ])

  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  expect(outcomes[1]).toMatchObject({ reason: { code: 'commit_lost' } })
  expect(await stage.rows()).toHaveLength(2)
})

describe('a turn that throws', () => {
  const poison = (reader: Reader): Reader => ({
    read(text, context) {
      if (text.includes('poison')) throw new Error('The reader broke.')
      return reader.read(text, context)
    },
  })

  test('ends in an apology to the person and a note for the agents, and the conversation goes on', async () => {
    stage = await openStage(poison)
    await stage.turns.start()
    for (const text of ["I can't add photos to a shared album", 'poison', 'iphone'])
      await stage.conversations.append(id, message(text))
    await stage.turns.settled()

    const rows = await stage.rows()
    const [symptom, poisonous, device] = rows.filter(({ body }) => body?.from.role === 'user')
    expect(repliesTo(rows, poisonous?.id ?? '').map(saidIn)).toEqual([say.turnFailed])
    expect(rows.filter(({ kind }) => kind === 'note').map(({ body }) => body)).toEqual([
      expect.objectContaining({
        name: 'turn_failed',
        value: { row: poisonous?.id, reason: 'Error: The reader broke.' },
      }),
    ])
    // The question that was open before it is open still, and takes its answer.
    const [question] = repliesTo(rows, symptom?.id ?? '')
    const [next] = repliesTo(rows, device?.id ?? '')
    expect(question && saidIn(question)).toContain('Which device')
    expect(next && saidIn(next)).toContain('Whose album')
  })

  test('is not tried again after a restart', async () => {
    const heard: string[] = []
    stage = await openStage((reader) => watched(heard)(poison(reader)))
    await stage.turns.start()
    await stage.conversations.append(id, message('poison'))
    await stage.turns.settled()
    await stage.turns.stop()
    await stage.turns.start()
    await stage.turns.settled()

    expect(heard).toEqual(['poison'])
  })
})

test.each(['constructor', '__proto__', 'toString', 'helped', 'system:<b>18</b>'])(
  'a press of "%s", which nobody offered, is an old button and nothing else',
  async (answer) => {
    stage = await openStage()
    await stage.turns.start()
    for (const text of ['waiting for photos', 'iphone']) {
      await stage.conversations.append(id, message(text))
      await stage.turns.settled()
    }
    const ask = (await stage.rows())
      .map(({ body }) => body?.channelData?.fixladder)
      .findLast((reply) => reply?.kind === 'rung')?.ask
    const pressed = message('x')
    await stage.conversations.append(id, {
      ...pressed,
      body: pressed.body && { ...pressed.body, value: { ask, answer } },
    })
    await stage.turns.settled()

    const replies = (await stage.rows()).filter(({ body }) => body?.from.role === 'bot')
    expect(replies.map(saidIn).at(-1)).toMatch(/^That button belongs to an earlier question\./)
    expect(await stage.conversations.behind()).toEqual([])
  },
)

test('a commit that the database always refuses gets an apology, and the conversation goes on', async () => {
  stage = await openStage()
  const { conversations } = stage
  const commit = conversations.commit.bind(conversations)
  // The state is what this database does not take; an apology has none.
  conversations.commit = async (given) => {
    if (given.state !== undefined && !isMended) throw new Error('refused')
    return commit(given)
  }
  let isMended = false
  await conversations.append(id, message('waiting for photos'))
  await stage.turns.start()
  for (let sweep = 0; sweep < 5; sweep += 1) {
    stage.turns.wake(id)
    await stage.turns.settled()
  }
  expect((await stage.rows()).map(saidIn)).toContain(say.turnFailed)
  isMended = true
  await conversations.append(id, message('waiting for photos'))
  await stage.turns.settled()
  expect((await stage.rows()).map(saidIn).at(-1)).toMatch(/Which device/)
})

test('while the database takes nothing nobody gets an apology, and afterwards the answer', async () => {
  stage = await openStage()
  const { conversations } = stage
  const commit = conversations.commit.bind(conversations)
  let isFull = true
  conversations.commit = async (given) => {
    if (isFull) throw new Error('full')
    return commit(given)
  }
  await conversations.append(id, message('waiting for photos'))
  await stage.turns.start()
  for (let sweep = 0; sweep < 10; sweep += 1) {
    stage.turns.wake(id)
    await stage.turns.settled()
  }
  isFull = false
  stage.turns.wake(id)
  await stage.turns.settled()
  expect((await stage.rows()).map(saidIn).at(-1)).toMatch(/Which device/)
})
