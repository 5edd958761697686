import { until } from '../direct-line/requests'
import { openHouse, type House } from './house'
import type { Seat } from './seat'

/** What a console shows of a case after its conversation went on, and what an agent may still say of it. */

jest.setTimeout(60_000)

let house: House
let people = 0
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const onIphone = 'waiting for photos on my iphone, ios 18'

/** A visitor who asked for a person, an agent with the case open, and its id. */
async function taken(words: readonly string[]) {
  const person = `Visitor ${++people}`
  const visitor = await house.visitor(person)
  for (const text of [...words, 'can i talk to a person']) await visitor.write(text)
  const maria = await house.agent(`Maria${people}`)
  const seat = await maria.sit()
  const idOf = () => [...seat.cases.values()].find((line) => line.person === person)?.id
  await until('the case', () => idOf() !== undefined)
  const id = idOf() ?? ''
  seat.send({ type: 'watch', id, after: 0 })
  await maria.command(id, 'claim')
  await until('the claim', () => seat.detail?.line.state === 'held')
  const press = async (title: string, answers = 0) => {
    const card = (await visitor.said()).findLast(({ suggestedActions }) =>
      suggestedActions?.actions.some((action) => action.title === title),
    )
    const action = card?.suggestedActions?.actions.find((each) => each.title === title)
    await visitor.write(title, answers, action?.value)
  }
  /** The case is closed, and the person has heard of it. */
  const close = async (fixed: string) => {
    await maria.command(id, 'close', { fixed })
    await until('the rating', async () =>
      (await visitor.said()).some(({ text }) => text?.includes('How was it')),
    )
  }
  /** The same case as a console shows it that is opened only now. */
  const lookAgain = async () => {
    const again = await maria.sit()
    again.send({ type: 'watch', id, after: 0 })
    await until('the case', () => again.detail !== undefined)
    return again
  }
  return { visitor, maria, seat, id, press, close, lookAgain }
}

const rungsOf = (seat: Seat) =>
  (seat.detail?.ladder?.rungs ?? []).map(({ fix, resultText }) => `${fix}: ${resultText}`)

test('an ended case stays what it was when its person comes back with another trouble', async () => {
  const { visitor, maria, seat, id, press, close, lookAgain } = await taken([onIphone, 'no'])
  await maria.command(id, 'fix', { fix: 'restart' })
  await until('the card', () => seat.rows.some(({ rung }) => rung?.fix === 'restart'))
  await press('No')
  await until('the result', () => rungsOf(seat).includes('restart: no help'))
  await close('nothing')
  await press('Skip', 1)
  await visitor.write("the invitation to a shared album doesn't arrive")
  const again = await lookAgain()
  expect(again.detail?.line.symptom).toMatchObject({ id: 'stuck-updating-waiting' })
  expect(again.detail?.brief).toMatchObject({
    symptom: { id: 'stuck-updating-waiting' },
    device: 'iPhone with iOS 18',
  })
  expect(rungsOf(again)).toEqual([
    'internet: no help',
    'low-power-mode: not answered',
    'restart: no help',
  ])
  expect(again.detail?.ladder?.next).toEqual([])
})

test('a case whose symptom the agent chose is about that one, also when its person moves on', async () => {
  const { visitor, maria, seat, id, press, close, lookAgain } = await taken([onIphone])
  await maria.command(id, 'symptom', { symptom: 'cannot-add-photos' })
  await maria.command(id, 'mark', { fix: 'restart', result: 'no_help' })
  await until('the mark', () => rungsOf(seat).includes('restart: no help'))
  await close('other')
  await press('Skip', 1)
  await visitor.write("the invitation to a shared album doesn't arrive")
  const again = await lookAgain()
  expect(again.detail?.line.symptom?.id).toBe('cannot-add-photos')
  expect(rungsOf(again)).toEqual(['restart: no help'])
})

test('a trouble that is told only in the line is what the case is about, also after its end', async () => {
  const { visitor, maria, seat, id } = await taken([])
  await maria.command(id, 'release')
  await visitor.write(onIphone)
  await visitor.write('no')
  await maria.command(id, 'claim')
  await until('the symptom', () => seat.detail?.brief.symptom?.id === 'stuck-updating-waiting')
  await maria.command(id, 'fix', { fix: 'restart' })
  await until('the card', () => seat.rows.some(({ rung }) => rung?.fix === 'restart'))
  await visitor.write('no', 0)
  await until('the result', () => rungsOf(seat).includes('restart: no help'))
  const held = seat.detail
  await maria.command(id, 'close', { fixed: 'nothing' })
  await until('the end', () => seat.detail?.ladder?.next.length === 0)
  expect(seat.detail?.line).toMatchObject({ state: 'closed', symptom: held?.line.symptom })
  expect(seat.detail?.brief.device).toBe('iPhone with iOS 18')
  expect(seat.detail?.ladder?.rungs).toEqual(held?.ladder?.rungs)
})

test('what is said after the end is not for who had the case before', async () => {
  const { visitor, seat, id, press, close, lookAgain } = await taken([onIphone, 'no'])
  await visitor.write('it says waiting since monday', 0)
  await until('the words', () => seat.detail?.brief.lastWords !== undefined)
  await close('nothing')
  await press('Skip', 1)
  await visitor.write(onIphone)
  await visitor.write('only between me and the next one: my pin is 1234')
  await visitor.write('can i talk to a person')
  const again = await lookAgain()
  expect(again.detail?.brief.lastWords).toBe('it says waiting since monday')
  expect(again.cases.get(id)?.lastWords).toBe('it says waiting since monday')
  expect(JSON.stringify([again.detail, again.rows])).not.toContain('1234')
})

test('after a yes of the person the agent may say what did it; a fix that has the credit keeps it', async () => {
  const { visitor, maria, seat, id } = await taken([onIphone, 'no'])
  await maria.command(id, 'fix', { fix: 'restart' })
  await until('the card', () => seat.rows.some(({ rung }) => rung?.fix === 'restart'))
  await maria.command(id, 'answer', { text: 'And please reset the network settings.' })
  await until('the words', () => seat.rows.some(({ text }) => text?.includes('please reset')))
  await visitor.write('it works now, thank you', 0)
  await maria.command(id, 'close', { fixed: 'reset-network-settings' })
  await until('the credit', () => rungsOf(seat).includes('reset-network-settings: helped'))

  const second = await taken([onIphone, 'no'])
  await second.maria.command(second.id, 'fix', { fix: 'restart' })
  await until('the card', () => second.seat.rows.some(({ rung }) => rung?.fix === 'restart'))
  await second.press('Yes')
  await until('the result', () => rungsOf(second.seat).includes('restart: helped'))
  await second.maria.command(second.id, 'close', { fixed: 'vpn-off' })
  await until('the end', () => second.seat.detail?.line.state === 'closed')
  await until('the rating', async () =>
    (await second.visitor.said()).some(({ text }) => text?.includes('How was it')),
  )
  expect(rungsOf(second.seat)).toContain('restart: helped')
  expect(rungsOf(second.seat)).not.toContain('vpn-off: helped')
})

test('words that were written before their case was given back do not take it again', async () => {
  const { maria, id } = await taken([onIphone])
  await maria.command(id, 'answer', { text: 'Hello.', key: 'h' })
  await maria.command(id, 'release')
  expect(await maria.command(id, 'answer', { text: 'Hello.', key: 'h' })).toMatchObject({
    status: 200,
    case: { state: 'queued' },
  })
  expect(await maria.command(id, 'answer', { text: 'Back again.', key: 'i' })).toMatchObject({
    status: 200,
    case: { state: 'held' },
  })
})

test('what the pack does not have is refused by name', async () => {
  const { maria, id } = await taken([onIphone])
  const refused = async (verb: string, body: object) =>
    (await maria.command(id, verb, body)).error?.code
  expect(await refused('fix', { fix: 'kick-it' })).toBe('NoSuchFix')
  expect(await refused('mark', { fix: 'kick-it', result: 'no_help' })).toBe('NoSuchFix')
  expect(await refused('return', { fix: 'kick-it' })).toBe('NoSuchFix')
  expect(await refused('close', { fixed: 'kick-it' })).toBe('NoSuchFix')
  expect(await refused('symptom', { symptom: 'toothache' })).toBe('NoSuchSymptom')
})
