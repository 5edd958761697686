import { conversationIdOf } from '../../src/channels/teams/addresses'
import { buttonsIn, linesOf, wordsIn, type PersonCard, type SentButton } from './person-card'
import {
  aWhile,
  installed,
  invoke,
  message,
  startStage,
  teamsConversation,
  until,
  type Stage,
} from './stage'

const id = conversationIdOf(teamsConversation)

interface Answered {
  readonly statusCode: number
  readonly type: string
  readonly value: PersonCard
}
const read = ({ body }: { body: string }) => JSON.parse(body) as Answered
const shown = ({ value }: Answered) => linesOf(value).at(-1)
const card = 'application/vnd.microsoft.card.adaptive'

describe('a button of a card', () => {
  let stage: Stage
  let buttons: readonly SentButton[]
  beforeEach(async () => {
    stage = await startStage()
    await stage.run()
    await stage.post(installed())
    await stage.say('my shared album is empty')
    buttons = buttonsIn((await stage.untilSent(2))[1])
  })
  afterEach(() => stage.close())

  const pressed = async () =>
    (await stage.rows()).filter(({ body }) => body?.from.role === 'user' && body.value)
  const press = (button: SentButton | undefined, more: object = {}) =>
    stage.post(invoke({ ...button?.value, fixladder: 1, label: button?.title }, more))

  it('is answered with the card as it is after the commit', async () => {
    const answer = await press(buttons[0])
    expect(answer.status).toBe(200)
    const answered = read(answer)
    expect(answered).toMatchObject({ statusCode: 200, type: card })
    expect(shown(answered)).toBe(`You chose: ${buttons[0]?.title}`)
    const conversation = await stage.conversations.get(id)
    expect(conversation?.botCursor).toBe(conversation?.lastSeq)
    const [row] = await pressed()
    const [button] = buttons
    expect(row?.body).toMatchObject({
      text: button?.title,
      value: { ask: button?.value.ask, answer: button?.value.answer },
    })
    await stage.untilSent(3)
  })

  it('counts once when Teams delivers it again, and is answered alike', async () => {
    const data = { ...buttons[0]?.value, label: buttons[0]?.title }
    const same = invoke(data)
    const answers = [
      await stage.post(same),
      await stage.post(same),
      // The same press with an id of its own.
      await stage.post(invoke(data)),
      await stage.post(message({ text: buttons[0]?.title, value: data })),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(answers.slice(1, 3)).toEqual([answers[0], answers[0]])
    await stage.untilSent(3)
    await aWhile()
    expect(stage.sent()).toHaveLength(3)
    expect(await pressed()).toHaveLength(1)
  })

  it('counts once when it is pressed by two deliveries at the same time', async () => {
    const data = { ...buttons[0]?.value, label: buttons[0]?.title }
    await Promise.all([stage.post(invoke(data)), stage.post(invoke(data))])
    expect(await pressed()).toHaveLength(1)
  })

  it('counts again when it is a way out and something was said since', async () => {
    const human = { ask: buttons[0]?.value.ask, answer: 'human', label: 'Talk to a person' }
    await stage.post(invoke(human))
    await stage.post(invoke(human))
    expect(await pressed()).toHaveLength(1)
    await stage.say('no thanks')
    await stage.post(invoke(human))
    expect(await pressed()).toHaveLength(2)
  })

  it('has a kind answer when it is of an earlier question, and its card closes', async () => {
    await press(buttons[0])
    await stage.untilSent(3)
    stage.clock.ahead += 120_000
    const answered = read(await press(buttons[1]))
    // The card shows what was chosen when it counted.
    expect(shown(answered)).toBe(`You chose: ${buttons[0]?.title}`)
    const sent = await stage.untilSent(4)
    expect(wordsIn(sent[3])).toMatch(/^That button belongs to an earlier question\./)
  })

  it('that is none of ours is refused and leaves nothing', async () => {
    const before = (await stage.conversations.get(id))?.lastSeq
    const answers = await Promise.all(
      [{}, 'no JSON', { ask: 'one', answer: 3 }].map((data) => stage.post(invoke(data))),
    )
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      expect(read(answer)).toMatchObject({ statusCode: 400, value: { code: 'BadRequest' } })
    }
    expect((await stage.conversations.get(id))?.lastSeq).toBe(before)
  })

  it('takes the label for the words where the client sends none', async () => {
    const [button] = buttons
    await stage.post(message({ text: undefined, value: { ...button?.value, label: 'iPhone' } }))
    expect((await pressed())[0]?.body?.text).toBe('iPhone')
  })
})

it('a press is answered with "One moment" when the turn takes too long', async () => {
  const stage = await startStage({}, undefined, undefined, 50)
  try {
    // No turn runs yet.
    const data = { ask: 1, answer: 'human', label: 'Talk to a person' }
    expect(read(await stage.post(invoke(data)))).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'One moment…',
    })
    await stage.run()
    await until(async () => (await stage.conversations.get(id))?.holder === 'queue')
  } finally {
    await stage.close()
  }
})
