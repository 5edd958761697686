import { linesOf } from './adaptive-card'
import { statement } from '../../src/storage'
import { maria, startDesk, type Desk } from './desk'
import { until } from '../teams/stage'

/** A person has their conversation erased while its case stands in the channel. */

jest.setTimeout(60_000)

let desk: Desk
beforeEach(async () => {
  desk = await startDesk()
})
afterEach(() => desk.stage.close())

test('the card shows nothing of it any more, and presses and words on it reach nobody', async () => {
  await desk.arrive()
  const press = await desk.pressing(maria, 'Claim')
  await desk.press(maria, 'Claim')
  await desk.untilCard('With ')
  await desk.stage.conversations.forget('web-visitor', desk.stage.now() + 3_600_000)
  const card = await desk.untilCard('This case is no more')
  expect(linesOf(card)).toEqual(['This case is no more', 'The person had the conversation erased.'])
  expect(await desk.posts()).toEqual([])

  const asked = desk.stage.microsoft.connector.asked.length
  await desk.stage.post({ ...press, id: 'late-press' })
  await desk.mention(maria, 'Are you there?')
  await until(() => desk.stage.microsoft.connector.asked.length > asked)
  expect(await desk.stage.conversations.get('web-visitor')).toBeUndefined()
})

const selectFarewells = statement<Record<string, never>>()((db) =>
  db.selectFrom('farewells').selectAll(),
)

/** Teams has taken the card, and the case is erased before it has said so. */
async function eraseInFlight(answer: (asked: Parameters<Desk['team']['answer']>[0]) => unknown) {
  const { team, stage } = desk
  const usual = team.answer.bind(team)
  let erasing: Promise<void> | undefined
  team.answer = (asked) => {
    const said = usual(asked)
    if (asked.method !== 'POST' || erasing || !asked.path.endsWith('/conversations')) return said
    erasing = stage.conversations.forget('web-visitor', stage.now() + 3_600_000)
    answer(asked)
    return said
  }
  await desk.arrive()
  await until(() => erasing !== undefined)
  await erasing
}

test('a card that was on its way is emptied, though Teams takes it at the third try only', async () => {
  const { faults } = desk.stage.microsoft
  await eraseInFlight(() => faults.push({ status: 503 }, { status: 429 }))
  expect(linesOf((await desk.card()).card).join()).toContain('Ada Byron')
  await until(() => {
    desk.stage.clock.ahead += 5_000
    return JSON.stringify(desk.cards().at(-1)?.card).includes('This case is no more')
  })
  expect(faults).toEqual([])
  expect(JSON.stringify(desk.cards())).not.toContain('Ada Byron')
  expect(await desk.posts()).toEqual([])
  await until(async () => (await desk.stage.database.read(selectFarewells, {})).length === 0)
})

test('a card that nobody heard of again is emptied when somebody presses on it', async () => {
  await eraseInFlight(() => {
    desk.stage.microsoft.state.lostAnswers = 1
  })
  expect(linesOf((await desk.card()).card).join()).toContain('Ada Byron')
  await desk.press(maria, 'Claim')
  await desk.untilCard('This case is no more')
  expect(JSON.stringify(desk.cards())).not.toContain('Ada Byron')
  expect(await desk.posts()).toEqual([])
})

test('an update that was on its way does not come after the farewell', async () => {
  await desk.arrive()
  const { team, stage } = desk
  const usual = team.answer.bind(team)
  let erasing: Promise<void> | undefined
  team.answer = (asked) => {
    if (asked.method === 'PUT')
      erasing ??= stage.conversations.forget('web-visitor', stage.now() + 3_600_000)
    return usual(asked)
  }
  await desk.press(maria, 'Claim')
  await desk.visitor('one more thing')
  await desk.untilCard('This case is no more')
  expect(erasing).toBeDefined()
  await until(async () => (await stage.database.read(selectFarewells, {})).length === 0)
  expect(linesOf((await desk.card()).card)).toEqual([
    'This case is no more',
    'The person had the conversation erased.',
  ])
})
