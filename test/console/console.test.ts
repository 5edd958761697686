import { until } from '../direct-line/requests'
import type { TicketState } from '../../src/handoff'
import { openHouse, type House } from './house'
import type { Seat } from './seat'

/** The console's side of the server, from the first look at the queue to the close, with real sessions and sockets. */

jest.setTimeout(60_000)

let house: House
/** Each test has people of its own in the one house. */
let person = ''
let people = 0
beforeAll(async () => {
  house = await openHouse()
})
beforeEach(() => {
  person = `Anna ${++people}`
})
afterAll(() => house.close())

const agent = (name: string, role?: 'supervisor') => house.agent(`${name}${people}`, role)

/** Somebody with a stuck album on an iPhone, who tried one thing and asks for a person. */
async function anna() {
  const visitor = await house.visitor(person)
  await visitor.write('waiting for photos on my iphone, ios 18')
  await visitor.write('no')
  await visitor.write('can i talk to a person')
  return visitor
}

/** Waits until a console shows the case of this test's person, in this state. */
async function caseIn(
  seat: Seat,
  state: TicketState = 'queued',
  earlier?: string,
): Promise<string> {
  const find = () =>
    [...seat.cases.values()].find(
      (line) => line.person === person && line.state === state && line.id !== earlier,
    )
  await until(`a case that is ${state}`, () => find() !== undefined)
  return find()?.id ?? ''
}

test('a case is in every console at once, with its brief before anybody claims it', async () => {
  const maria = await agent('Maria')
  const seat = await maria.sit()
  expect(seat.heard[0]).toMatchObject({ type: 'hello', agent: { name: maria.name, role: 'agent' } })
  await anna()
  const id = await caseIn(seat)
  expect(seat.cases.get(id)).toMatchObject({
    state: 'queued',
    person,
    symptom: { id: 'stuck-updating-waiting' },
    device: 'iPhone with iOS 18',
    reason: 'asked for a person',
  })
  seat.send({ type: 'watch', id, after: 0 })
  await until('the detail', () => seat.detail !== undefined)
  const { brief, ladder } = seat.detail ?? {}
  expect(brief?.symptom).toMatchObject({ id: 'stuck-updating-waiting' })
  expect(ladder?.rungs).toMatchObject([
    { fix: 'internet', result: 'no_help', resultText: 'no help' },
    { fix: 'low-power-mode', resultText: 'not answered' },
  ])
  expect(ladder?.next[0]).toMatchObject({ minutes: expect.any(Number), chance: expect.any(Number) })
  expect(ladder?.next.map(({ fix }) => fix)).not.toContain('internet')
  await until('the conversation', () => seat.rows.some(({ text }) => text === 'no'))
  expect(seat.rows.find(({ rung }) => rung?.fix === 'internet')).toMatchObject({ from: 'bot' })
  await until('who looks', () => (seat.cases.get(id)?.viewers.length ?? 0) > 0)
  expect(seat.cases.get(id)?.viewers).toMatchObject([{ name: maria.name }])
})

test('of many who claim one wins, and the others learn who has it', async () => {
  const agents = await Promise.all(['Maria', 'Ben', 'Cleo'].map((name) => agent(name)))
  const seats = await Promise.all(agents.map(({ sit }) => sit()))
  await anna()
  const id = await caseIn(seats[0] as Seat)
  const claims = await Promise.all(agents.map(({ command }) => command(id, 'claim')))
  expect(claims.filter(({ status }) => status === 200)).toHaveLength(1)
  const winner = agents[claims.findIndex(({ status }) => status === 200)]?.name ?? ''
  const others = claims.filter(({ status }) => status === 409)
  expect(others.map(({ error }) => error)).toEqual(
    [1, 2].map(() => ({ code: 'Taken', message: `${winner} has this case.` })),
  )
  for (const seat of seats)
    await until('who has it', () => seat.cases.get(id)?.agent?.name === winner)
})

test('answers, notes and fixes reach whom they are for, once, and what the person answers moves the rungs', async () => {
  const maria = await agent('Maria')
  const seat = await maria.sit()
  const visitor = await anna()
  const id = await caseIn(seat)
  seat.send({ type: 'watch', id, after: 0 })
  await maria.command(id, 'claim')
  for (const _time of [1, 2])
    await maria.command(id, 'answer', { text: 'Hello, I am <b>Maria</b>.', key: 'a1' })
  await maria.command(id, 'note', { text: 'knows her way around', key: 'n1' })
  await maria.command(id, 'fix', { fix: 'restart', key: 'f1' })
  await until('the card', () => seat.rows.some(({ rung }) => rung?.fix === 'restart'))
  const said = await visitor.said()
  expect(
    said.filter(({ text }) => text === `${maria.name}: Hello, I am <b>Maria</b>.`),
  ).toHaveLength(1)
  expect(JSON.stringify(said)).not.toContain('knows her way around')
  expect(seat.rows.find(({ text }) => text === 'knows her way around')).toMatchObject({
    from: 'note',
    name: maria.name,
  })
  const card = said.findLast(({ suggestedActions }) => suggestedActions)
  expect(card?.from).toMatchObject({ name: maria.name })
  const no = card?.suggestedActions?.actions.find(({ title }) => title === 'No')
  await visitor.write('No', 0, no?.value)
  await until('the result', () =>
    Boolean(
      seat.detail?.ladder?.rungs.some(
        ({ fix, result }) => fix === 'restart' && result === 'no_help',
      ),
    ),
  )
  await maria.command(id, 'mark', { fix: 'vpn-off', result: 'already_tried' })
  await until('the mark', () =>
    Boolean(seat.detail?.ladder?.rungs.some(({ fix }) => fix === 'vpn-off')),
  )
  expect(seat.detail?.ladder?.next.map(({ fix }) => fix)).not.toContain('restart')
})

test('back to the bot at a chosen rung, and closed with what fixed it', async () => {
  const maria = await agent('Maria')
  const seat = await maria.sit()
  const visitor = await anna()
  const id = await caseIn(seat)
  await maria.command(id, 'claim')
  const returned = await maria.command(id, 'return', { fix: 'vpn-off' })
  expect(returned.case).toMatchObject({ state: 'returned' })
  await until('the rung', async () =>
    (await visitor.said()).some(({ text }) => text?.includes('VPN')),
  )
  await visitor.write('talk to a person')
  const second = await caseIn(seat, 'queued', id)
  expect(await maria.command(second, 'claim')).toMatchObject({ status: 200 })
  seat.send({ type: 'watch', id: second, after: 0 })
  await maria.command(second, 'close', { fixed: 'vpn-off', key: 'c1' })
  await until('the question', async () =>
    (await visitor.said()).some(({ text }) => text?.includes(`How was it with ${maria.name}`)),
  )
  await until('the ladder', () =>
    Boolean(
      seat.detail?.ladder?.rungs.some(
        ({ fix, result }) => fix === 'vpn-off' && result === 'helped',
      ),
    ),
  )
  expect(seat.detail?.history).toMatchObject([{ id, state: 'returned' }])
})

test('a colleague takes over with a comment; who has no say is told who has it; a supervisor may pass on', async () => {
  const [maria, ben, sue] = await Promise.all([
    agent('Maria'),
    agent('Ben'),
    agent('Sue', 'supervisor'),
  ])
  const seat = await ben.sit()
  await anna()
  const id = await caseIn(seat)
  await maria.command(id, 'claim')
  expect(await ben.command(id, 'transfer', { to: ben.id })).toMatchObject({
    status: 409,
    error: { code: 'Taken' },
  })
  expect(await maria.command(id, 'transfer', { to: 'nobody' })).toMatchObject({ status: 404 })
  await maria.command(id, 'transfer', { to: ben.id, comment: 'You know VPNs.' })
  seat.send({ type: 'watch', id, after: 0 })
  await until('the comment', () => seat.rows.some(({ text }) => text === 'You know VPNs.'))
  expect(await sue.command(id, 'transfer', { to: sue.id })).toMatchObject({
    status: 200,
    case: { agent: { name: sue.name } },
  })
})

test('a console that lost its connection comes back and misses nothing', async () => {
  const maria = await agent('Maria')
  const seat = await maria.sit()
  const visitor = await anna()
  const id = await caseIn(seat)
  await maria.command(id, 'claim')
  seat.send({ type: 'watch', id, after: 0 })
  await until('the conversation', () => seat.rows.length > 5)
  seat.cut()
  const last = seat.rows.at(-1)?.seq ?? 0
  for (const number of [1, 2, 3]) await visitor.write(`message ${number}`, 0)
  const again = await maria.sit()
  again.send({ type: 'watch', id, after: last })
  await until('what was missed', () => again.rows.length >= 3)
  expect(again.rows.map(({ text }) => text)).toEqual(['message 1', 'message 2', 'message 3'])
})

test('a restart in the middle of a chat loses nothing', async () => {
  const maria = await agent('Maria')
  const seat = await maria.sit()
  const visitor = await anna()
  const id = await caseIn(seat)
  await maria.command(id, 'claim')
  await maria.command(id, 'answer', { text: 'One moment.' })
  await house.restart()
  const again = await maria.sit()
  again.send({ type: 'watch', id, after: 0 })
  await until('the conversation', () => again.rows.some(({ text }) => text === 'One moment.'))
  expect(again.cases.get(id)).toMatchObject({ state: 'held', agent: { name: maria.name } })
  expect(await maria.command(id, 'answer', { text: 'I am back.' })).toMatchObject({ status: 200 })
  expect(visitor.id).not.toBe('')
})

test('reading what is not yours is written down once, and ended cases of others are for supervisors', async () => {
  const [maria, ben, sue] = await Promise.all([
    agent('Maria'),
    agent('Ben'),
    agent('Sue', 'supervisor'),
  ])
  const [seat, other, third] = [await maria.sit(), await ben.sit(), await sue.sit()]
  await anna()
  const id = await caseIn(seat)
  await maria.command(id, 'claim')
  seat.send({ type: 'watch', id, after: 0 })
  for (const _time of [1, 2]) {
    other.send({ type: 'watch', id, after: 0 })
    await until('the conversation', () => other.rows.length > 0)
    other.send({ type: 'unwatch' })
  }
  await maria.command(id, 'close', { fixed: 'nothing' })
  other.send({ type: 'watch', id, after: 0 })
  await until('the refusal', () => other.heard.some(({ type }) => type === 'refused'))
  third.send({ type: 'watch', id, after: 0 })
  await until('the conversation', () => third.rows.length > 0)
  const audit = await house.ask('GET', '/console/api/audit', { cookie: house.adminCookie })
  const { entries } = (await audit.json()) as {
    entries: { what: string; who?: { name: string }; about?: string }[]
  }
  const read = entries.filter(({ what, about }) => what === 'transcript_read' && about === id)
  expect(new Set(read.map(({ who }) => who?.name))).toEqual(new Set([ben.name, sue.name]))
  expect(read).toHaveLength(2)
  const found = async (cookie: string, search: string) => {
    const answer = await house.ask('GET', `/console/api/cases?ended=yes&search=${search}`, {
      cookie,
    })
    return ((await answer.json()) as { cases: { id: string }[] }).cases.map((each) => each.id)
  }
  expect(await found(ben.cookie, '')).toEqual([])
  expect(await found(sue.cookie, `ann%20${people}%20iph`)).toEqual([id])
  expect(await found(maria.cookie, 'windows')).toEqual([])
})

test('a session that is ended closes its socket', async () => {
  const maria = await agent('Maria')
  const seat = await maria.sit()
  const ended = await house.ask('POST', `/console/api/agents/${maria.id}/sign-out`, {
    cookie: house.adminCookie,
  })
  expect(ended.status).toBe(204)
  await until('the goodbye', () => seat.closed !== undefined)
  expect(seat.heard.at(-1)).toEqual({ type: 'signed_out', reason: 'revoked' })
  expect((await maria.command('x', 'claim')).status).toBe(401)
})

test('what is no message of a console ends its connection, and nothing else', async () => {
  const maria = await agent('Maria')
  for (const text of [
    'no json',
    '{}',
    '{"type":"watch"}',
    '[]',
    `{"type":"${'x'.repeat(4_000)}"}`,
  ]) {
    const seat = await maria.sit()
    seat.sendText(text)
    await until('the end', () => seat.closed !== undefined)
  }
  const seat = await maria.sit()
  expect(seat.heard[0]).toMatchObject({ type: 'hello' })
})

test('a fix that was sent is a word to the person; one that cannot be sent is none, and the agents read why', async () => {
  const maria = await agent('Maria')
  const seat = await maria.sit()
  const visitor = await house.visitor(person)
  await visitor.write('talk to a person')
  const id = await caseIn(seat)
  await maria.command(id, 'claim')
  await maria.command(id, 'symptom', { symptom: 'stuck-updating-waiting' })
  seat.send({ type: 'watch', id, after: 0 })
  await maria.command(id, 'fix', { fix: 'low-power-mode' })
  await until('the remark', () =>
    seat.rows.some(({ from, text }) => from === 'note' && /depends on the device/.test(text)),
  )
  expect(seat.cases.get(id)?.awaitedSince).toBeDefined()
  await maria.command(id, 'facts', { device: 'iphone' })
  await maria.command(id, 'fix', { fix: 'low-power-mode' })
  await until('the card', () => seat.rows.some(({ rung }) => rung?.fix === 'low-power-mode'))
  await until('the answer', () => seat.cases.get(id)?.awaitedSince === undefined)
  expect(seat.detail?.brief.device).toBe('iPhone')
  // What else the way depends on is offered by name, and can be noted, too.
  const systems = seat.detail?.brief.systems?.map(({ system }) => system) ?? []
  expect(systems).toContain('18')
  expect((await maria.command(id, 'facts', { system: 'eighteen' })).status).toBe(400)
  await maria.command(id, 'facts', { system: '18' })
  await until('the system', () => seat.detail?.brief.device === 'iPhone with iOS 18')
})

test('whatever takes a case is one line in the audit log, and what is sent twice is done and told once', async () => {
  const maria = await agent('Maria')
  const seat = await maria.sit()
  await anna()
  const id = await caseIn(seat)
  for (const _time of [1, 2]) await maria.command(id, 'answer', { text: 'Hello.', key: 'h' })
  for (const _time of [1, 2]) await maria.command(id, 'claim')
  const closes = []
  for (const _time of [1, 2])
    closes.push(await maria.command(id, 'close', { fixed: 'other', key: 'c' }))
  expect(closes.map(({ status }) => status)).toEqual([200, 200])
  // An answer that was written before the end is still acknowledged after it; a new one is not taken.
  expect((await maria.command(id, 'answer', { text: 'Hello.', key: 'h' })).status).toBe(200)
  expect((await maria.command(id, 'answer', { text: 'One more.', key: 'i' })).status).toBe(409)
  const audit = await house.ask('GET', '/console/api/audit', { cookie: house.adminCookie })
  const { entries } = (await audit.json()) as { entries: { what: string; about?: string }[] }
  const ofCase = entries.filter(({ about, what }) => about === id && what !== 'transcript_read')
  expect(ofCase.map(({ what }) => what)).toEqual(['case_closed', 'case_claimed'])
})

test('an ended case leaves the queue of those who did not have it, and takes no notes of theirs', async () => {
  const [maria, ben] = await Promise.all([agent('Maria'), agent('Ben')])
  const [seat, other] = [await maria.sit(), await ben.sit()]
  await anna()
  const id = await caseIn(seat)
  await caseIn(other)
  await maria.command(id, 'claim')
  await maria.command(id, 'close', { fixed: 'nothing' })
  await until('the end', () => seat.cases.get(id)?.state === 'closed')
  await until('it is gone', () => !other.cases.has(id))
  expect((await ben.sit()).cases.has(id)).toBe(false)
  expect(await ben.command(id, 'note', { text: 'seen' })).toMatchObject({ status: 403 })
  expect(await maria.command(id, 'note', { text: 'seen' })).toMatchObject({ status: 200 })
})
