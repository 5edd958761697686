import { conversationIdOf } from '../../src/channels/teams/addresses'
import { statement } from '../../src/storage'
import { buttonsIn, cardIn, linesOf } from './person-card'
import {
  aWhile,
  installed,
  message,
  startStage,
  teamsConversation,
  until,
  type Stage,
} from './stage'

/** Cards in the chat of a person, as they see them after the conversation went on. */

const id = conversationIdOf(teamsConversation)
let stage: Stage
beforeEach(async () => {
  stage = await startStage()
  await stage.run()
  await stage.post(installed())
  await stage.untilSent(1)
  await stage.say('a shared album is stuck on waiting, iphone, ios 18')
  await stage.untilSent(2)
})
afterEach(() => stage.close())

/** The newest message that has this button, as it stands in the chat. */
const withButton = (title: string) =>
  stage.microsoft.chat.messages.findLast(({ body }) =>
    buttonsIn(body).some((button) => button.title === title),
  )

async function press(title: string): Promise<void> {
  await until(() => withButton(title) !== undefined)
  const button = buttonsIn(withButton(title)?.body).find((each) => each.title === title)
  await stage.post(message({ text: title, value: button?.value }))
}

const pauses = statement<Record<string, never>>()((db) =>
  db.selectFrom('teams_addresses').select('paused_at'),
)

/** Where there is something to press, and what became of the first fix. */
const open = () =>
  stage.microsoft.chat.messages.flatMap(({ body }, index) =>
    buttonsIn(body).length > 0 ? [index] : [],
  )
const firstFix = () => {
  const card = cardIn(stage.microsoft.chat.messages[1]?.body)
  return card && linesOf(card)
}

it('leaves one card with buttons, and of an answered fix one line', async () => {
  expect(firstFix()?.[0]).toMatch(/^Fix 1 of about \d+ · 2 min$/)
  await press('No')
  await stage.untilSent(3)
  expect(firstFix()).toEqual([expect.stringMatching(/^[^·]+ · no help$/)])
  expect(open()).toEqual([2])
  // Folded before the next was posted, once, and not again with what comes after.
  await press('No')
  await stage.untilSent(4)
  expect(open()).toEqual([3])
  expect(stage.replaced()).toBe(3)
})

it('folds after a restart what was not folded before it', async () => {
  stage.microsoft.replaceFaults.push({ status: 503 })
  await press('No')
  await until(() => stage.replaced() === 2)
  await stage.restart()
  expect(firstFix()?.length).toBeGreaterThan(3)
  await stage.run()
  await stage.untilSent(3)
  expect(firstFix()).toEqual([expect.stringMatching(/ · no help$/)])
  await stage.restart()
  await stage.run()
  await stage.say('what do you mean')
  await stage.untilSent(4)
  expect(stage.replaced('teams-message-2')).toBe(2)
})

it('waits as long as a 429 says, and nothing overtakes the folding', async () => {
  stage.microsoft.replaceFaults.push({ status: 429, headers: { 'retry-after': '30' } })
  await press('No')
  let waited = 0
  await until(() => {
    if (stage.sent().length === 3) return true
    stage.clock.ahead += 1_000
    waited += 1
    return false
  })
  expect(waited).toBeGreaterThanOrEqual(29)
  expect(stage.replaced('teams-message-2')).toBe(2)
  expect(firstFix()).toHaveLength(1)
})

it.each([
  ['was deleted', { status: 404 }],
  ['may not be changed', { status: 403, json: { error: { code: 'Forbidden' } } }],
])('goes on where a card %s', async (_how, fault) => {
  stage.microsoft.replaceFaults.push(fault)
  await press('No')
  await stage.untilSent(3)
  await stage.say('what do you mean')
  await stage.untilSent(4)
  expect(stage.replaced('teams-message-2')).toBe(1)
})

it('stops where Teams takes nothing for this person, and folds what is left once they write', async () => {
  const stop = { status: 403, json: { error: { code: 'MessageWritesBlocked' } } }
  stage.microsoft.replaceFaults.push(stop)
  await press('No')
  await until(async () => (await stage.database.read(pauses, {}))[0]?.paused_at !== null)
  await aWhile()
  expect([stage.sent().length, stage.replaced('teams-message-2')]).toEqual([2, 1])
  await stage.say('what do you mean')
  await stage.untilSent(4)
  expect(open()).toHaveLength(1)
  expect(firstFix()).toEqual(['Check the internet connection · no help'])
})

it('tries three times where nobody knows what became of it, and then goes on', async () => {
  stage.microsoft.replaceFaults.push('cut', { status: 500 }, { status: 500 }, { status: 500 })
  await press('No')
  await until(() => {
    stage.clock.ahead += 1_000
    return stage.sent().length === 3
  })
  expect(stage.replaced('teams-message-2')).toBe(3)
})

it('says in short what Teams finds too long, with nothing lost behind it', async () => {
  stage.microsoft.faults.push({ status: 413, json: { error: { code: 'MessageSizeTooBig' } } })
  await press('No')
  const sent = await stage.untilSent(4)
  expect(cardIn(sent[2])).toBeDefined()
  expect(sent[3]?.text).toContain('Did that help?')
  await stage.say('no')
  await stage.untilSent(5)
  expect(stage.microsoft.chat.messages).toHaveLength(4)
})

it('does not send a second time what is too long in short as well', async () => {
  stage.microsoft.faults.push({ status: 413 }, { status: 413 })
  await press('No')
  await stage.untilSent(4)
  await stage.say('no')
  await stage.untilSent(5)
  await aWhile()
  expect(stage.sent()).toHaveLength(5)
})

it('keeps to seven messages in a second, in their order', async () => {
  const agent = { id: 'maria', name: 'Maria', role: 'agent' } as const
  for (let number = 1; number <= 12; number += 1)
    await stage.conversations.append(id, {
      at: stage.now(),
      kind: 'activity',
      audience: ['person', 'agents'],
      body: { type: 'message', from: agent, text: `Line ${number}.` },
    })
  await until(() => {
    stage.clock.ahead += 500
    return stage.microsoft.chat.messages.length === 14
  })
  expect(stage.seen().slice(2)).toEqual(
    Array.from({ length: 12 }, (_line, index) => `Maria: Line ${index + 1}.`),
  )
})

it("brings an agent's message after a night and a restart, and folds what the bot had asked", async () => {
  await stage.restart()
  stage.clock.ahead += 15 * 3_600_000
  await stage.conversations.append(id, {
    at: stage.now(),
    kind: 'activity',
    audience: ['person', 'agents'],
    body: {
      type: 'message',
      from: { id: 'maria', name: 'Maria', role: 'agent' },
      text: 'Good morning. It is repaired.',
    },
  })
  await stage.run()
  await stage.untilSent(3)
  expect(stage.seen().at(-1)).toBe('Maria: Good morning. It is repaired.')
  expect(open()).toEqual([])
  // The steps stay: nobody has said what became of them.
  expect(firstFix()?.length).toBeGreaterThan(3)
})
