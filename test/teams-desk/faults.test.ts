import type { Peers } from '../../src/storage'
import { aWhile, until } from '../teams/stage'
import { linesOf } from './adaptive-card'
import { cardIn, maria, place, startDesk, type Desk } from './desk'

jest.setTimeout(60_000)

let desk: Desk
beforeEach(async () => {
  desk = await startDesk()
})
afterEach(() => desk.stage.close())

/** Somebody on the web asks for a person, while the desk may not be running yet. */
async function ask(): Promise<string> {
  await desk.visitor('waiting for photos on my iphone, ios 18')
  await desk.visitor('can i talk to a person')
  return (await desk.case())?.id ?? ''
}
const state = async () => (await desk.posts())[0]?.state
/** What the desk has sent: threads begun, cards replaced, lines said. */
const calls = () =>
  desk.stage.microsoft.connector.asked.flatMap(({ method, path }) => {
    if (!path.includes('/v3/conversations') || method === 'GET') return []
    if (method === 'PUT') return ['card']
    return path.endsWith('/v3/conversations') ? ['thread'] : ['line']
  })
/** The newest attempt to post the card has failed, and that was noted. */
const answered = async () => calls().length > 0 && (await desk.posts())[0]?.tries === 0
/** The same, and the pause after it has begun: only then the clock may go on. */
const paused = async () => {
  await until(answered)
  await aWhile()
}
const later = (ms: number) => {
  desk.stage.clock.ahead += ms
}

test('the thread is begun as the connector wants it', async () => {
  await desk.stage.turns.start()
  await ask()
  await desk.stage.restart()
  await desk.stage.run()
  await desk.card()
  const [asked] = desk.stage.microsoft.connector.asked
  expect(asked).toMatchObject({
    method: 'POST',
    path: '/emea/v3/conversations',
    headers: { authorization: 'Bearer token-1' },
  })
  expect(JSON.parse(asked?.body ?? '')).toMatchObject({
    isGroup: true,
    channelData: { channel: { id: place.channel } },
    activity: {
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive' }],
    },
  })
  await until(async () => (await state()) === 'posted')
  const [card] = desk.cards()
  expect((await desk.posts())[0]).toMatchObject({ thread: card?.thread, activity: card?.id })
})

test('of several servers the one that has lost the duty posts nothing, though nobody has told its parts yet', async () => {
  const duty = shareDuty()
  await desk.stage.run()
  await ask()
  await aWhile()
  expect(calls()).toEqual([])
  duty.hasDuty = true
  await desk.card()

  await desk.mention(maria, '', picture)
  await until(() => desk.lines().length > 0)
  duty.hasDuty = false
  await aWhile()
  const before = calls().length
  await desk.mention(maria, '', picture)
  await desk.visitor('are you there?')
  await aWhile()
  expect(calls()).toHaveLength(before)
  duty.hasDuty = true
  await until(() => desk.lines().length > 1)
})

test('a server that loses the duty while it notes that it begins a card or a line does not post it', async () => {
  const { database } = desk.stage
  const duty = shareDuty()
  duty.hasDuty = true
  let isSlow = true
  const write = database.write.bind(database)
  database.write = (name, input) =>
    write(name, input).finally(() => {
      if (isSlow && name.startsWith('beginDesk')) duty.hasDuty = false
    })
  const goOn = async () => {
    await until(() => !duty.hasDuty)
    await aWhile()
    isSlow = false
    duty.hasDuty = true
  }
  await desk.stage.run()
  await ask()
  await until(() => !duty.hasDuty)
  await aWhile()
  expect(calls()).toEqual([])
  await goOn()
  await desk.untilCard('')
  expect(desk.cards()).toHaveLength(1)

  await desk.press(maria, 'Claim')
  await desk.untilCard('With ')
  isSlow = true
  await desk.visitor('are you there?')
  await until(() => !duty.hasDuty)
  await aWhile()
  expect(desk.lines()).toEqual([])
  await goOn()
  await until(() => {
    later(100)
    return desk.lines().length > 0
  })
  expect(desk.lines()).toEqual(['**Ada Byron:** are you there?'])
})

/** It is not passed on, and the agent is told. */
const picture = { attachments: [{ contentType: 'image/png' }] }

/** Makes the desk's server one of several, if it is not one of them, and one that has not got the duty. */
function shareDuty(): { hasDuty: boolean } {
  const duty = { hasDuty: false }
  const { database } = desk.stage
  const peers = database.peers ?? lonely
  Object.defineProperty(peers, 'hasDuty', { configurable: true, get: () => duty.hasDuty })
  if (!database.peers) Object.assign(database, { peers })
  return duty
}

/** A server that meets no other one. */
const lonely: Peers = {
  ...{ id: 'lonely', hasDuty: true, isReachable: true, aheadMs: 0 },
  giveUpDuty: async () => undefined,
  living: async () => new Set(['lonely']),
  tell: () => undefined,
  onTold: () => () => undefined,
}

test('a restart in the middle of a chat loses nothing and repeats nothing', async () => {
  await desk.arrive()
  await desk.press(maria, 'Claim')
  await desk.untilCard('With ')
  await desk.visitor('one')
  await desk.untilLine('one')
  await desk.stage.restart()
  // Said while nobody carries it to the desk.
  await desk.stage.turns.start()
  await desk.visitor('two')
  await desk.visitor('three')
  await desk.stage.restart()
  await desk.stage.run()
  await desk.untilLine('three')
  await aWhile()
  expect(desk.cards()).toHaveLength(1)
  expect(desk.lines()).toEqual(['one', 'two', 'three'].map((word) => `**Ada Byron:** ${word}`))
  await desk.untilCard('three')
  const closed = linesOf(cardIn(await desk.press(maria, 'Close', { fixed: 'other' })))
  expect(closed).toContain('What fixed it: something else')
})

test('a death while the card was posted leaves one more thread at most', async () => {
  await desk.stage.turns.start()
  const ticket = await ask()
  // The process ended after it had begun to post, and after Teams had taken it.
  await desk.stage.database.write('beginDeskCard', { ticket })
  desk.team.messages.push({ thread: `${place.channel};messageid=1`, id: '1', body: {} })
  await desk.stage.restart()
  await desk.stage.run()
  await until(async () => (await state()) === 'posted')
  await desk.stage.restart()
  await desk.stage.run()
  await aWhile()
  expect(calls()).toEqual(['thread'])
})

test('a card that may be there twice is not posted a third time, and a press on it takes it up', async () => {
  desk.stage.microsoft.state.lostAnswers = 2
  await desk.stage.run()
  await ask()
  await until(async () => {
    later(1_000)
    return (await state()) === 'unknown'
  })
  expect(calls()).toEqual(['thread', 'thread'])
  await desk.press(maria, 'Claim')
  await desk.untilCard('With ')
  expect(await state()).toBe('posted')
  await desk.visitor('hello')
  await desk.untilLine('**Ada Byron:** hello')
  expect(calls().filter((call) => call === 'thread')).toHaveLength(2)
})

test.each([429, 412, 502, 503, 504])(
  'a %d is tried again, for cards and for lines',
  async (status) => {
    const fault = { status, headers: { 'retry-after': '1' } }
    desk.stage.microsoft.faults.push(fault, fault, fault)
    await desk.stage.run()
    await ask()
    await until(async () => {
      later(1_000)
      return (await state()) === 'posted'
    })
    expect(calls()).toEqual(['thread', 'thread', 'thread', 'thread'])
    await desk.visitor('hello')
    desk.stage.microsoft.faults.push(fault)
    await until(() => {
      later(500)
      return desk.lines().includes('**Ada Byron:** hello')
    })
    await aWhile()
    expect(desk.lines().filter((line) => line === '**Ada Byron:** hello')).toHaveLength(1)
    expect(desk.cards()).toHaveLength(1)
  },
)

test('a Retry-After is waited for', async () => {
  desk.stage.microsoft.faults.push({ status: 429, headers: { 'retry-after': '40' } })
  await desk.stage.run()
  await ask()
  await paused()
  later(35_000)
  await aWhile()
  expect(calls()).toHaveLength(1)
  later(6_000)
  await until(async () => (await state()) === 'posted')
})

test.each([403, 404])(
  'while the bot may not write there (%d) cases wait for it',
  async (status) => {
    desk.stage.microsoft.faults.push({ status }, { status })
    await desk.stage.run()
    await ask()
    await paused()
    later(50_000)
    await aWhile()
    expect(calls()).toHaveLength(1)
    later(15_000)
    await until(() => calls().length === 2)
    await paused()
    later(200_000)
    await until(async () => (await state()) === 'posted')
    expect(desk.cards()).toHaveLength(1)
  },
)

test('a card that Teams refuses for itself is passed, and the next case is posted', async () => {
  desk.stage.microsoft.faults.push({ status: 400 })
  await desk.stage.run()
  await ask()
  await until(async () => (await state()) === 'refused')
  await desk.visitor('my shared album is empty', { id: 'second', name: 'Bo' })
  await desk.visitor('talk to a person', { id: 'second', name: 'Bo' })
  await desk.untilCard('Bo')
  expect(desk.cards()).toHaveLength(1)
})

test('a card that somebody deletes is posted anew, once', async () => {
  await desk.arrive()
  await until(async () => (await state()) === 'posted')
  desk.team.remove((await desk.card()).id)
  await desk.visitor('are you there?')
  await until(() => {
    later(500)
    return desk.cards().length === 1
  })
  // The old thread is gone from sight: what is said goes to the new one.
  await desk.untilLine('are you there?')
  await until(async () => (await state()) === 'posted')
  desk.team.remove((await desk.card()).id)
  await desk.visitor('it still says waiting')
  await until(async () => {
    later(500)
    return (await state()) === 'gone'
  })
  later(120_000)
  await aWhile()
  expect(desk.cards()).toHaveLength(0)
  expect(calls().filter((call) => call === 'thread')).toHaveLength(2)
})

test('a line that may have arrived is said once more, and never again', async () => {
  await desk.arrive()
  await until(async () => (await state()) === 'posted')
  await desk.press(maria, 'Claim')
  await desk.untilCard('With ')
  await aWhile()
  // Words that change nothing on the card.
  desk.stage.microsoft.state.lostAnswers = 2
  await desk.visitor('hello?')
  await until(() => {
    later(1_000)
    return desk.stage.microsoft.state.lostAnswers === 0
  })
  await desk.visitor('anybody?')
  await until(() => {
    later(1_000)
    return desk.lines().includes('**Ada Byron:** anybody?')
  })
  expect(desk.lines()).toEqual(
    ['hello?', 'hello?', 'anybody?'].map((word) => `**Ada Byron:** ${word}`),
  )
})

test('a card is updated at most every two seconds, and the newest wins', async () => {
  await desk.arrive()
  await until(async () => (await state()) === 'posted')
  const before = calls().filter((call) => call === 'card').length
  for (const word of ['one', 'two', 'three', 'four']) await desk.visitor(word)
  await desk.untilLine('four')
  await aWhile()
  expect(calls().filter((call) => call === 'card').length - before).toBeLessThanOrEqual(1)
  await desk.untilCard('four')
})

test('while somebody writes on the card, new last words alone leave it in peace for a while', async () => {
  await desk.arrive()
  await desk.press(maria, 'Claim')
  await desk.untilCard('With ')
  later(3_000)
  await aWhile()
  const before = calls().filter((call) => call === 'card').length
  await desk.visitor('hello?')
  await desk.untilLine('hello?')
  later(10_000)
  await aWhile()
  expect(calls().filter((call) => call === 'card')).toHaveLength(before)
  later(10_000)
  await desk.untilCard('hello?')
})

test('notices are not lost with a restart either', async () => {
  await desk.arrive()
  await desk.press(maria, 'Claim')
  desk.stage.microsoft.state.tokenStatus = 503
  desk.stage.clock.ahead += 3_600_000
  const { thread } = desk.cards()[0] ?? {}
  await desk.stage.database.write('noteDeskHeard', {
    id: 'f:before',
    at: desk.stage.now(),
    thread: thread ?? '',
    ticket: null,
    conversation: null,
    notice: 'Not passed on. Ben has this case.',
    toldAt: null,
  })
  await desk.stage.restart()
  desk.stage.microsoft.state.tokenStatus = 200
  await desk.stage.run()
  await until(() => {
    later(1_000)
    return desk.lines().includes('Not passed on. Ben has this case.')
  })
  await aWhile()
  expect(desk.lines().filter((line) => line.startsWith('Not passed on'))).toHaveLength(1)
})
