import { createPlace, shown, waiting, type Place } from './page'
import { refusal } from './fake-server'

/** Which conversation it is: taken up, renewed, erased, lost, opened by a link, of another person, in two tabs. */

let place: Place
beforeEach(() => {
  place = createPlace()
})
const open = async () => {
  const line = place.open()
  await place.clock.pass(3000)
  return line
}
const talked = async (...texts: string[]) => {
  const line = await open()
  for (const text of texts) line.send({ text })
  await place.clock.pass(10)
  return line
}
const jwt = (sub: string, more = '') => `x.${btoa(JSON.stringify({ sub }))}.${more}`

describe('taking up', () => {
  test('says once for each visit that somebody is back, and only when there is nothing to send', async () => {
    const first = await talked('Hi')
    const joins = () =>
      place.server.asked.filter(({ body }) => body?.['name'] === 'webchat/join').map((a) => a.body)
    expect(joins()).toEqual([])
    first.stop()
    const second = await open()
    place.server.cutSockets()
    await place.clock.pass(60_000)
    expect(second.state.isBack).toBe(true)
    expect(joins()).toEqual([
      {
        type: 'event',
        name: 'webchat/join',
        channelData: { clientActivityID: expect.any(String) },
        localTimezone: 'Europe/Berlin',
      },
    ])
    second.stop()
    place.goOffline()
    const third = place.open()
    third.send({ text: 'Me again' })
    place.goOnline()
    third.wake()
    await place.clock.pass(3000)
    expect(joins()).toHaveLength(1)
  })

  test('a secret that the server does not know any more begins anew', async () => {
    place.browser.setItem('fixladder:resume', 'a-secret-from-long-ago')
    const line = await open()
    expect(line.state).toMatchObject({ isBack: false, connection: 'open' })
    expect(place.browser.getItem('fixladder:resume')).toMatch(/^secret-of-/)
  })
})

describe('a conversation that the server has lost', () => {
  test('stays on the screen; the next message begins a new one below it', async () => {
    const line = await talked('Old words')
    place.server.erase(place.server.only.id)
    line.wake()
    await place.clock.pass(100)
    expect(line.state.connection).toBe('ended')
    expect(shown(line)).toEqual(['Hello', 'Old words'])
    const asked = place.server.asked.length
    await place.clock.pass(600_000)
    expect(place.server.asked).toHaveLength(asked)

    line.send({ text: 'New words' })
    await place.clock.pass(3000)
    expect(line.state).toMatchObject({ connection: 'open', isBack: false, outbox: [] })
    expect(shown(line)).toEqual(['Hello', 'Old words', 'Hello', 'New words'])
    expect(place.server.saidIn(place.server.only)).toEqual(['New words'])
  })

  test('is found out by a message too, which goes on; a press on what is gone does not', async () => {
    const line = await talked('Old words')
    place.server.erase(place.server.only.id)
    line.send({ text: 'Yes', value: { ask: 1, answer: 'yes' } })
    line.send({ text: 'and my album is empty' })
    await place.clock.pass(3000)
    expect(place.server.saidIn(place.server.only)).toEqual(['and my album is empty'])
    expect(line.state.outbox).toMatchObject([{ text: 'Yes', reason: 'ConversationEnded' }])
  })
})

describe('renew', () => {
  test('takes along the words that wait, and not a press', async () => {
    const line = await talked('Old words')
    place.server.fault = ({ what }) => (what === 'POST activities' ? 'cut' : 'none')
    line.send({ text: 'No', value: { ask: 1, answer: 'no' } })
    line.send({ text: 'Please help' })
    await place.clock.pass(3000)
    await place.clock.during(line.renew())
    expect(waiting(line)).toEqual(['Please help sending'])
    place.server.fault = () => 'none'
    await place.clock.pass(3000)
    expect(shown(line)).toEqual(['Hello', 'Please help'])
    expect(line.state.outbox).toEqual([])
  })

  test('has what is written while it is on its way, whether or not it can be had', async () => {
    const line = await talked('Old words')
    const [old] = [...place.server.conversations.values()]
    place.server.fault = ({ what }) => (what === 'POST token' ? 'hang' : 'none')
    const renewing = line.renew()
    await place.clock.pass(1000)
    line.send({ text: 'For the new one' })
    await place.clock.pass(5000)
    place.server.fault = () => 'none'
    line.wake()
    await place.clock.during(renewing)
    await place.clock.pass(3000)
    expect(shown(line)).toEqual(['Hello', 'For the new one'])
    expect(old && place.server.saidIn(old)).toEqual(['Old words'])

    place.server.fault = ({ what }) => (what === 'POST token' ? 'hang' : 'none')
    const failing = line.renew().catch((error: unknown) => error)
    line.send({ text: 'Then here' })
    await place.clock.pass(30_000)
    expect(await failing).toMatchObject({ code: 'unreachable' })
    expect(shown(line)).toEqual(['Hello', 'For the new one', 'Then here'])
  })

  test('begins a new conversation on an empty screen', async () => {
    const line = await talked('Old words')
    const old = line.state.conversationId
    const link = line.returnLink()
    await place.clock.during(line.renew())
    await place.clock.pass(3000)
    expect(line.state.conversationId).not.toBe(old)
    expect(shown(line)).toEqual(['Hello'])
    expect(line.returnLink()).toMatch(/^http:\/\/host\/chat#secret-of-conversation-\d+$/)
    expect(line.returnLink()).not.toBe(link)
    line.send({ text: 'New words' })
    await place.clock.pass(10)
    expect(shown(line)).toEqual(['Hello', 'New words'])
  })

  test('leaves all as it is when none can be had', async () => {
    const line = await talked('Old words')
    place.server.fault = () => refusal(429, 'TooManyConversations')
    await expect(place.clock.during(line.renew())).rejects.toMatchObject({ code: 'busy' })
    place.server.fault = () => 'none'
    expect(shown(line)).toEqual(['Hello', 'Old words'])
    expect(line.state.connection).toBe('open')
  })
})

describe('forget', () => {
  test('erases there and here; the next message begins a new one', async () => {
    const line = await talked('My number is 12345')
    const { id } = place.server.only
    await place.clock.during(line.forget())
    expect(place.server.conversations.has(id)).toBe(false)
    expect(line.state).toMatchObject({ connection: 'ended', activities: [], outbox: [] })
    expect([...place.browser.kept]).toEqual([])
    expect(line.returnLink()).toBe('')
    await place.clock.pass(600_000)
    expect(place.server.conversations.size).toBe(0)
    line.send({ text: 'Something else' })
    await place.clock.pass(3000)
    expect(shown(line)).toEqual(['Hello', 'Something else'])
  })

  test('does not claim what it did not do', async () => {
    const line = await talked('My number is 12345')
    place.server.fault = ({ what }) => (what === 'POST forget' ? 'cut' : 'none')
    await expect(place.clock.during(line.forget())).rejects.toMatchObject({ code: 'unreachable' })
    expect(shown(line)).toEqual(['Hello', 'My number is 12345'])
    line.stop()
    expect(shown(await open())).toEqual(['Hello', 'My number is 12345'])
  })

  test('clears the other tabs as well', async () => {
    const line = await talked('My number is 12345')
    const other = await open()
    expect(shown(other)).toEqual(['Hello', 'My number is 12345'])
    await place.clock.during(line.forget())
    await place.clock.pass(100)
    expect(other.state).toMatchObject({ connection: 'ended', activities: [] })
  })
})

describe('return links', () => {
  test('open the conversation elsewhere', async () => {
    const line = await talked('From the telephone')
    const elsewhere = createPlace(place)
    const link = line.returnLink().split('#')[1] ?? ''
    const other = elsewhere.open()
    await place.clock.pass(3000)
    expect(await place.clock.during(other.openLink(`#resume=${link}`))).toBe('opened')
    await place.clock.pass(3000)
    expect(shown(other)).toEqual(['Hello', 'From the telephone'])
    expect(other.state.isBack).toBe(true)
    expect(elsewhere.browser.getItem('fixladder:resume')).toBe(link)
  })

  test('that open nothing leave the own conversation alone', async () => {
    const line = await talked('Mine')
    for (const link of ['', 'short', '<script>alert(1)</script>', 'x'.repeat(40)])
      expect(await place.clock.during(line.openLink(link))).toBe('failed')
    expect(shown(line)).toEqual(['Hello', 'Mine'])
    expect(line.state.connection).toBe('open')
  })

  test.each([true, false])(
    'begin no other conversation, and take along what is written while they open (storage %s)',
    async (hasStorage) => {
      const line = await talked('From the telephone')
      const link = line.returnLink().split('#')[1] ?? ''
      place.server.fault = () => 'cut'
      const elsewhere = createPlace(place)
      const other = elsewhere.line(hasStorage ? {} : { storage: undefined, onStorage: undefined })
      const opening = other.openLink(link)
      other.start()
      other.send({ text: 'Still stuck' })
      await place.clock.pass(20_000)
      other.send({ text: 'Really' })
      expect(other.state.connection).toBe('unreachable')
      expect(waiting(other)).toEqual(['Still stuck waiting', 'Really waiting'])
      place.server.fault = () => 'none'
      other.wake()
      await place.clock.pass(200)
      expect(await opening).toBe('opened')
      expect(shown(other)).toEqual(['Hello', 'From the telephone', 'Still stuck', 'Really'])
      expect(other.state.outbox).toEqual([])
      expect(place.server.conversations.size).toBe(1)
      other.stop()
    },
  )

  test('that open nothing let the own conversation begin, with what was written meanwhile', async () => {
    const line = await talked('Mine')
    line.stop()
    const again = place.line()
    const opening = again.openLink('x'.repeat(40))
    again.start()
    again.send({ text: 'Hello?' })
    await place.clock.pass(3000)
    expect(await opening).toBe('failed')
    expect(shown(again)).toEqual(['Hello', 'Mine', 'Hello?'])
    again.stop()
  })

  test('take along the words that wait, and not what the other conversation has or asked', async () => {
    const line = await talked('Mine')
    const link = line.returnLink().split('#')[1] ?? ''
    await place.clock.during(line.renew())
    await place.clock.pass(3000)
    place.server.fault = ({ what }) => (what === 'POST activities' ? 'cut' : 'none')
    line.send({ text: 'Yes', value: { ask: 3, answer: 'yes' } })
    line.send({ text: 'Not sent yet' })
    await place.clock.pass(100)
    const opening = await place.clock.during(line.openLink(link))
    place.server.fault = () => 'none'
    await place.clock.pass(5000)
    expect(opening).toBe('opened')
    expect(shown(line)).toEqual(['Hello', 'Mine', 'Not sent yet'])
    expect(line.state.outbox).toEqual([])
  })

  test('wait for a server that cannot be asked', async () => {
    const line = await talked('Mine')
    const secret = line.returnLink().split('#')[1] ?? ''
    await place.clock.during(line.renew())
    place.server.fault = ({ what }) => (what === 'POST token' ? 'cut' : 'none')
    const opening = line.openLink(secret)
    await place.clock.pass(5000)
    place.server.fault = () => 'none'
    await place.clock.pass(20_000)
    expect(await opening).toBe('opened')
    await place.clock.pass(100)
    expect(shown(line)).toEqual(['Hello', 'Mine'])
  })
})

describe('the page with the stock chat', () => {
  test('hands its conversation over, once', async () => {
    const first = await talked('From there')
    const secret = first.returnLink().split('#')[1] ?? ''
    first.stop()
    place.browser.kept.clear()
    place.browser.setItem('fixladder.resume', secret)
    const line = await open()
    expect(shown(line)).toEqual(['Hello', 'From there'])
    await place.clock.during(line.renew())
    await place.clock.pass(100)
    line.stop()
    place.browser.removeItem('fixladder:resume')
    expect(shown(await open())).toEqual(['Hello'])
  })

  test('is nobody known: who signs in goes on with their own', async () => {
    place.browser.setItem('fixladder.resume', 'secret-of-the-stock-page')
    place.open({ userToken: jwt('ada') })
    await place.clock.pass(100)
    expect(place.server.asked[0]?.body).not.toHaveProperty('resume')
  })
})

describe('people', () => {
  test('each has a conversation of their own on one computer', async () => {
    const line = await talked('Nobody knows me')
    line.setUser(jwt('ada'))
    await place.clock.pass(3000)
    expect(shown(line)).toEqual(['Hello'])
    line.send({ text: 'I am Ada' })
    await place.clock.pass(10)
    line.setUser(jwt('ben'))
    await place.clock.pass(3000)
    expect(shown(line)).toEqual(['Hello'])
    line.setUser(undefined)
    await place.clock.pass(3000)
    expect(shown(line)).toEqual(['Hello', 'Nobody knows me'])
  })

  test('who signs out leaves nothing behind that opens the conversation', async () => {
    const line = await talked('Nobody knows me')
    line.setUser(jwt('ada'))
    await place.clock.pass(3000)
    line.send({ text: 'I am Ada' })
    await place.clock.pass(10)
    const secret = line.returnLink().split('#')[1] ?? ''
    const isKept = () => [...place.browser.kept.values()].some((value) => value.includes(secret))
    expect(isKept()).toBe(true)
    line.setUser(undefined)
    await place.clock.pass(3000)
    expect([isKept(), shown(line)]).toEqual([false, ['Hello', 'Nobody knows me']])
    line.setUser(jwt('ada'))
    await place.clock.pass(3000)
    expect(shown(line)).toEqual(['Hello'])
  })

  test('what was written before the page said who they are goes along', async () => {
    const line = place.open()
    line.send({ text: 'Quick' })
    line.setUser(jwt('ada'))
    await place.clock.pass(3000)
    expect(shown(line)).toEqual(['Hello', 'Quick'])
    expect([...place.browser.kept.keys()]).toEqual(['fixladder:ada:resume'])
  })

  test('what somebody by the name of "out" wrote stays theirs', async () => {
    const known = place.open({ userToken: jwt('out') })
    await place.clock.pass(3000)
    place.goOffline()
    known.send({ text: 'I am Out' })
    await place.clock.pass(100)
    known.stop()
    place.goOnline()
    const line = place.open()
    await place.clock.pass(3000)
    expect(shown(line)).toEqual(['Hello'])
    expect(line.state.outbox).toEqual([])
  })

  test('a token that is not believed is refused until there is a good one', async () => {
    const line = place.open({ userToken: jwt('ada', 'bad') })
    await place.clock.pass(600_000)
    expect(line.state.connection).toBe('refused')
    line.setUser(jwt('ada', 'good'))
    await place.clock.pass(100)
    expect(line.state.connection).toBe('open')
  })
})

describe('two tabs', () => {
  test('show the same, and send what one of them wrote once', async () => {
    const one = await open()
    const two = await open()
    one.send({ text: 'From one' })
    await place.clock.pass(10)
    two.send({ text: 'From two' })
    await place.clock.pass(10)
    const { only } = place.server
    expect(place.server.saidIn(only)).toEqual(['From one', 'From two'])
    expect(shown(one)).toEqual(shown(two))
    expect([one.state.outbox, two.state.outbox]).toEqual([[], []])
    expect(place.server.count('POST activities')).toBe(3)
  })

  test('what waits in one is shown in the other, which sends it when the first is closed', async () => {
    const one = await open()
    const two = await open()
    place.goOffline()
    one.send({ text: 'I close this now' })
    await place.clock.pass(10)
    expect(waiting(two)).toEqual(['I close this now waiting'])
    one.stop()
    await place.clock.pass(10)
    place.goOnline()
    two.wake()
    await place.clock.pass(10_000)
    expect(place.server.saidIn(place.server.only)).toEqual(['I close this now'])
    expect(waiting(two)).toEqual([])
  })

  test('what one has seen in the log stays on the screen of the other until that sees it, too', async () => {
    const one = await open()
    let isCut = false
    const { fetch, openSocket } = place.server
    const two = place.open({
      isOnline: () => !isCut && place.network.isOnline,
      fetch: (...asked) => (isCut ? Promise.reject(new TypeError('cut')) : fetch(...asked)),
      openSocket: (url) => openSocket(isCut ? 'ws://nowhere' : url),
    })
    await place.clock.pass(3000)
    place.goOffline()
    isCut = true
    two.send({ text: 'Typed in two' })
    await place.clock.pass(10)
    place.goOnline()
    one.wake()
    await place.clock.pass(10_000)
    expect(place.server.saidIn(place.server.only)).toEqual(['Typed in two'])
    expect(shown(one)).toContain('Typed in two')
    expect(waiting(two)).toEqual(['Typed in two waiting'])

    isCut = false
    two.wake()
    await place.clock.pass(10_000)
    expect(waiting(two)).toEqual([])
    expect(shown(two)).toEqual(shown(one))
    expect(place.server.saidIn(place.server.only)).toEqual(['Typed in two'])
    expect([...place.browser.kept.keys()].filter((key) => key.includes(':out:'))).toEqual([])
  })

  test('what one has seen, and the other not before there is a new conversation, is not said there again', async () => {
    const one = await open()
    let isCut = false
    const { fetch } = place.server
    const two = place.open({
      fetch: (...asked) => (isCut ? Promise.reject(new TypeError('cut')) : fetch(...asked)),
    })
    await place.clock.pass(3000)
    place.server.socketMode = () => 'refused'
    place.server.cutSockets()
    isCut = true
    two.send({ text: 'Typed in two' })
    await place.clock.pass(20_000)
    expect(shown(one)).toContain('Typed in two')
    expect(waiting(two)).toEqual(['Typed in two waiting'])

    await place.clock.during(one.renew())
    isCut = false
    two.wake()
    await place.clock.pass(20_000)
    expect(two.state.conversationId).toBe(one.state.conversationId)
    expect(waiting(two)).toEqual([])
    expect(shown(two)).toEqual(['Hello'])
  })

  test('a conversation that one renews is the other’s too', async () => {
    const one = await talked('Old words')
    const two = await open()
    await place.clock.during(one.renew())
    await place.clock.pass(3000)
    expect(two.state.conversationId).toBe(one.state.conversationId)
    expect(shown(two)).toEqual(['Hello'])
  })

  test('that begin at the same moment end up in one conversation, with what was written in both', async () => {
    const one = place.open()
    const two = place.open()
    one.send({ text: 'From one' })
    two.send({ text: 'From two' })
    await place.clock.pass(10_000)
    expect(one.state.conversationId).toBe(two.state.conversationId)
    const said = shown(one).slice(1)
    expect(said).toHaveLength(2)
    expect(said).toEqual(expect.arrayContaining(['From one', 'From two']))
    expect(shown(two)).toEqual(shown(one))
  })
})
