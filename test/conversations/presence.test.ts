import { Presence } from '../../src/conversations'

let now = 1_000_000
const presence = () => new Presence({ now: () => now, isNotified: (id) => id.startsWith('teams-') })
const person = { role: 'person' } as const
const maria = { role: 'agent', name: 'Maria' } as const

test('who goes on typing is told on once a second, person and agent each for themselves', () => {
  const here = presence()
  const heard: string[] = []
  const stop = here.onTyping((conversation, who) => heard.push(`${conversation} ${who.role}`))
  for (let times = 0; times < 20; times += 1) {
    here.typed('one', person)
    here.typed('one', maria)
    here.typed('two', person)
    now += 100
  }
  expect(heard.filter((line) => line === 'one person')).toHaveLength(2)
  expect(heard.filter((line) => line === 'one agent')).toHaveLength(2)
  expect(heard.filter((line) => line === 'two person')).toHaveLength(2)
  stop()
  now += 1_000
  here.typed('one', person)
  expect(heard).toHaveLength(6)
})

test('a person is here while one of their pages is open', () => {
  const here = presence()
  const closeOne = here.opened('one')
  const closeOther = here.opened('one')
  expect([here.isHere('one'), here.isHere('two')]).toEqual([true, false])
  closeOne()
  expect(here.isHere('one')).toBe(true)
  closeOther()
  expect(here.isHere('one')).toBe(false)
})

test('who polls is here for 30 seconds after each time, and who is notified always', () => {
  const here = presence()
  here.asked('one')
  now += 29_999
  expect(here.isHere('one')).toBe(true)
  now += 1
  expect(here.isHere('one')).toBe(false)
  expect(here.isHere('teams-one')).toBe(true)
})

test('a clock that was set back keeps nobody here and silences nobody for longer', () => {
  const here = presence()
  const heard: unknown[] = []
  here.onTyping((conversation) => heard.push(conversation))
  here.asked('one')
  here.typed('one', person)
  now -= 3_600_000
  here.typed('one', person)
  expect(here.isHere('one')).toBe(false)
  expect(heard).toEqual(['one', 'one'])
})
