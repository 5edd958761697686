import { say } from '../../dialogs'
import { id, message, openStage, repliesTo, saidIn, watched, type Stage } from './stage'

/** What holds where one server has the database for itself. */

let stage: Stage

afterEach(() => stage.close())

describe('after a start', () => {
  test('what was left unanswered is answered before anything else', async () => {
    stage = await openStage()
    const { id: left } = await stage.conversations.append(id, message('hello'))
    await stage.turns.start()

    expect(repliesTo(await stage.rows(), left).map(saidIn)).toEqual([say.greetingBack])
  })

  test('a row on which it died twice is passed with an apology, and the next one is answered', async () => {
    const heard: string[] = []
    stage = await openStage(watched(heard))
    const { id: deadly, seq } = await stage.conversations.append(id, message('hello'))
    const { id: next } = await stage.conversations.append(id, message('hello again'))
    await stage.database.write('noteDeath', { conversation: id, seq })
    await stage.turns.start()

    const rows = await stage.rows()
    expect(repliesTo(rows, deadly).map(saidIn)).toEqual([say.turnFailed])
    expect(repliesTo(rows, next).map(saidIn)).toEqual([say.greetingBack])
    expect(heard).toEqual(['hello again'])
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
