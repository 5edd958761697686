import { linesOf } from './adaptive-card'
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
