import { say } from '../../dialogs'
import { FixladderError } from '../../src/errors'
import { id, message, openStage, repliesTo, saidIn, watched, type Stage } from './stage'

/** What holds where one server has the database for itself. */

let stage: Stage

afterEach(() => stage.close())

describe('after a start', () => {
  test('what was left unanswered is answered', async () => {
    stage = await openStage()
    const { id: left } = await stage.conversations.append(id, message('hello'))
    await stage.turns.start()
    await stage.turns.settled()

    expect(repliesTo(await stage.rows(), left).map(saidIn)).toEqual([say.greetingBack])
  })

  test('a row on which it died twice is passed with an apology, and the next one is answered', async () => {
    const heard: string[] = []
    stage = await openStage(watched(heard))
    const { id: deadly, seq } = await stage.conversations.append(id, message('hello'))
    const { id: next } = await stage.conversations.append(id, message('hello again'))
    await stage.database.write('noteDeath', { conversation: id, seq })
    await stage.turns.start()
    await stage.turns.settled()

    const rows = await stage.rows()
    expect(repliesTo(rows, deadly).map(saidIn)).toEqual([say.turnFailed])
    expect(repliesTo(rows, next).map(saidIn)).toEqual([say.greetingBack])
    expect(heard).toEqual(['hello again'])
  })

  test('that one is not run again, even where an agent takes the conversation over in that moment', async () => {
    const heard: string[] = []
    stage = await openStage(watched(heard))
    const { conversations, database } = stage
    const { seq } = await conversations.append(id, message('deadly'))
    await database.write('noteDeath', { conversation: id, seq })
    const commit = conversations.commit.bind(conversations)
    let isFirst = true
    conversations.commit = async (given) => {
      if (!isFirst) return commit(given)
      isFirst = false
      // Whoever else moves it on, the version grows.
      throw new FixladderError('commit_lost', 'moved on')
    }
    await stage.turns.start()
    await stage.turns.settled()

    expect(heard).toEqual([])
    expect((await stage.rows()).map(saidIn)).toContain(say.turnFailed)
  })

  test('nobody waits for it: who writes anew is answered beside it, and of those left behind first who writes again', async () => {
    const heard: string[] = []
    stage = await openStage(watched(heard))
    const { conversations, turns } = stage
    const said = (conversation: string, text: string) =>
      conversations.append(conversation, message(text))
    const left = Array.from({ length: 20 }, (_none, at) => `left-${at}`)
    for (const each of left) {
      await conversations.create({ id: each, channel: 'direct-line', userId: 'dl_left' }, [])
      await said(each, `waiting ${each}`)
    }
    await turns.start()
    expect(heard.length).toBeLessThan(left.length)
    await Promise.all([said('left-19', 'and again'), said(id, 'hello')])
    await turns.settled()

    expect(heard.toSorted()).toEqual(
      [...left.map((each) => `waiting ${each}`), 'and again', 'hello'].toSorted(),
    )
    const placeOf = (text: string) => heard.indexOf(text)
    expect(placeOf('hello')).toBeLessThan(placeOf('waiting left-18'))
    expect(placeOf('waiting left-19')).toBeLessThan(placeOf('waiting left-18'))
    expect(placeOf('and again')).toBeLessThan(placeOf('waiting left-18'))
    expect(await conversations.behind()).toEqual([])
  })

  test('a stop does not wait for what is left, and the next start goes on with it', async () => {
    const heard: string[] = []
    stage = await openStage(watched(heard))
    const { conversations, turns } = stage
    for (let at = 0; at < 20; at += 1) {
      await conversations.create({ id: `left-${at}`, channel: 'direct-line', userId: 'x' }, [])
      await conversations.append(`left-${at}`, message('hello'))
    }
    await turns.start()
    await turns.stop()
    expect(heard.length).toBeLessThan(20)
    await turns.start()
    await turns.settled()
    expect(heard).toHaveLength(20)
  })
})

test('what is no plain data is refused, and takes neither the process nor its neighbours with it', async () => {
  stage = await openStage()
  const bad = stage.conversations.append(id, {
    ...message('x'),
    body: { type: 'message', from: { id: 'x', role: 'user' }, value: () => 'a function' },
  })
  const good = stage.conversations.append(id, message('hello'))
  await expect(bad).rejects.toMatchObject({ code: 'storage_failed' })
  await expect(good).resolves.toMatchObject({ duplicate: false })
})
