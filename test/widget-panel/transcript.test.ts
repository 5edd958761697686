import type { Sent } from '../../web/widget/line'
import { isPast, itemsOf, openPrompt, type Item } from '../../web/widget/panel/state/transcript'
import type { Reply, WireActivity } from '../../web/widget/wire'
import { agent, bot, noon, person, press, rung, say } from './sample'

/** The log and the outbox as they are drawn. */

const sent = (id: string, state: Sent['state'], value?: unknown): Sent => ({
  id,
  text: id,
  at: noon + 3_600_000,
  state,
  ...(value !== undefined && { value }),
})

/** One line for each thing on the screen. */
const drawn = (items: readonly Item[]) =>
  items
    .filter(({ kind }) => kind !== 'day')
    .map((item) => {
      if (item.kind === 'rung') {
        const { result } = item
        const how = result?.kind === 'other' ? `"${result.text}"` : (result?.kind ?? '-')
        return `${item.prompt ? 'card' : 'fold'} ${item.rung.title} ${how}`
      }
      if (item.kind === 'person')
        return `me: ${item.text}${item.sent ? ` (${item.sent.state})` : ''}`
      if (item.kind === 'said') return `${item.author.name}: ${item.text}${item.prompt ? ' ?' : ''}`
      return item.kind === 'system' ? `- ${item.text}` : ''
    })

test('the current fix is a card; those that were answered fold, and their presses with them', () => {
  const log = [
    person(1, 'waiting'),
    bot(2, rung(1)),
    press(3, 'No', 1, 'no'),
    bot(4, rung(2)),
    press(5, 'Already tried', 2, 'already_tried'),
    bot(6, rung(3)),
    person(7, 'was off already'),
    bot(8, rung(4)),
  ]
  expect(drawn(itemsOf(log, []))).toEqual([
    'me: waiting',
    'fold Fix 1 noHelp',
    'fold Fix 2 tried',
    'fold Fix 3 -',
    'me: was off already',
    'card Fix 4 -',
  ])
})

test('a yes to a finding does not claim that the fix helped', () => {
  const { worked: _worked, ...finding } = rung(1, {
    question: 'Is a profile listed?',
    buttons: [
      { label: 'Yes', answer: 'yes' },
      { label: 'No', answer: 'no' },
      { label: "Can't find it", answer: 'cant_do' },
    ],
  })
  const log = (label: string, answer: string) => [bot(1, finding), press(2, label, 1, answer)]
  expect(drawn(itemsOf(log('Yes', 'yes'), []))).toEqual(['fold Fix 1 "Yes"'])
  expect(drawn(itemsOf(log("Can't find it", 'cant_do'), []))).toEqual([
    'fold Fix 1 "Can\'t find it"',
  ])
})

test('a yes to being asked again is no success either', () => {
  const waits = rung(1, {
    question: 'Shall I ask again in 20 minutes?',
    buttons: [
      { label: 'Yes', answer: 'yes' },
      { label: 'Another time', answer: 'another_time' },
    ],
  })
  const items = itemsOf([bot(1, waits), press(2, 'Yes', 1, 'yes')], [])
  expect(drawn(items)).toEqual(['fold Fix 1 later'])
})

test('a fix that was answered in words folds with what the bot made of them', () => {
  const told = (number: number, results: Reply['results']) =>
    bot(number, { ...say('Noted.'), results })
  const log = [
    bot(1, rung(1)),
    person(2, 'was off already'),
    bot(3, rung(2, { results: { 'fix-1': 'already_tried' } })),
    person(4, 'we talked of something else'),
    bot(5, say('I see.')),
  ]
  expect(drawn(itemsOf(log, []))).toEqual([
    'fold Fix 1 tried',
    'me: was off already',
    'card Fix 2 -',
    'me: we talked of something else',
    'Fixladder: I see.',
  ])
  const solved = itemsOf([...log, person(6, 'works!'), told(7, { 'fix-2': 'helped' })], [])
  expect(drawn(solved)[2]).toBe('fold Fix 2 helped')
  expect(openPrompt(solved)).toBeUndefined()
})

test('the last word on a fix counts, and none from where it is told again', () => {
  const log = [
    bot(1, rung(1, { together: ['fix-1', 'b'] })),
    press(2, 'Another time', 1, 'another_time'),
    bot(3, { ...say('Well?'), results: { 'fix-1': 'skipped', b: 'skipped' } }),
    bot(4, { ...say('Good.'), results: { b: 'helped' } }),
    bot(5, rung(2, { fix: 'fix-1' })),
    press(6, 'No', 2, 'no'),
    bot(7, { ...say('Then not.'), results: { 'fix-1': 'no_help' } }),
  ]
  expect(drawn(itemsOf(log, [])).filter((line) => line.startsWith('fold'))).toEqual([
    'fold Fix 1 helped',
    'fold Fix 2 noHelp',
  ])
})

test('the page’s greeting stands in place of the bot’s, which says nothing more', () => {
  const hello = bot(1, {
    kind: 'ask',
    text: 'Hello.',
    ask: 1,
    buttons: [{ label: 'A', answer: 'a' }],
  })
  expect(drawn(itemsOf([hello], [], { greeting: 'Guten Tag' }))).toEqual(['Fixladder: Guten Tag ?'])
  const answered = [hello, person(2, 'waiting'), bot(3, say('One moment.'))]
  expect(drawn(itemsOf(answered, [], { greeting: 'Guten Tag' }))).toEqual([
    'Fixladder: Guten Tag',
    'me: waiting',
    'Fixladder: One moment.',
  ])
})

test('a conversation that goes on in another one is not greeted again, and its questions are its own', () => {
  const ask = (number: number, id: string) => ({
    ...bot(number, {
      kind: 'ask',
      text: `Hello ${id}.`,
      ask: 1,
      buttons: [{ label: 'A', answer: 'a' }],
    }),
    id: `${id}|${number}`,
  })
  const second = (each: WireActivity) => ({ ...each, id: each.id.replace('c|', 'd|') })
  const past = [ask(1, 'c'), press(2, 'A', 1, 'a'), bot(3, rung(2)), press(4, 'No', 2, 'no')]
  const log = [...past, ask(5, 'd'), second(person(6, 'and now?')), second(bot(7, rung(2)))]
  expect(drawn(itemsOf(log, []))).toEqual([
    'Fixladder: Hello c.',
    'me: A',
    'fold Fix 2 noHelp',
    'me: and now?',
    'card Fix 2 -',
  ])
})

test('a question that was answered in words is over, unless the bot still waits', () => {
  const ask = bot(1, {
    kind: 'ask',
    text: 'Send?',
    ask: 2,
    buttons: [{ label: 'Send', answer: 'yes' }],
  })
  expect(openPrompt(itemsOf([ask, person(2, 'send it')], []))).toBeDefined()
  expect(openPrompt(itemsOf([ask, person(2, 'send it'), bot(3, say('Sent.'))], []))).toBeUndefined()
  expect(openPrompt(itemsOf([ask, bot(3, say('By the way.'))], []))).toBeDefined()
})

test('a press on its way marks its answer; refused, it becomes a message that can be tried again', () => {
  const log = [bot(1, rung(1))]
  const value = { ask: 1, answer: 'no' }
  const waiting = itemsOf(log, [sent('a', 'waiting', value)])
  expect(openPrompt(waiting)).toMatchObject({ pressed: 'no', isWaiting: true })
  expect(drawn(waiting)).toEqual(['card Fix 1 -'])
  const failed = itemsOf(log, [sent('a', 'failed', value)])
  expect(openPrompt(failed)?.pressed).toBeUndefined()
  expect(drawn(failed)).toEqual(['card Fix 1 -', 'me: a (failed)'])
})

test('what is on its way stands once, last, and keeps its key when it arrives', () => {
  const before = itemsOf([person(1, 'one')], [sent('a', 'sending')])
  const echo = person(2, 'a', { channelData: { clientActivityID: 'a' } })
  const after = itemsOf([person(1, 'one'), echo], [sent('a', 'sending')])
  expect(drawn(before)).toEqual(['me: one', 'me: a (sending)'])
  expect(drawn(after)).toEqual(['me: one', 'me: a'])
  expect(after.at(-1)?.key).toBe(before.at(-1)?.key)
})

test('an agent’s words stand without the name before them, and the bot’s question is theirs no more', () => {
  const log = [
    bot(1, { kind: 'ask', text: 'Which?', ask: 1, buttons: [{ label: 'A', answer: 'a' }] }),
    bot(2, { kind: 'system', text: 'Maria has joined.' }),
    agent(3, 'Hi'),
    agent(4, 'there'),
  ]
  const items = itemsOf(log, [], { holder: 'agent' })
  expect(drawn(items)).toEqual([
    'Fixladder: Which?',
    '- Maria has joined.',
    'Maria: Hi',
    'Maria: there',
  ])
  expect(items.flatMap((item) => (item.kind === 'said' ? [item.isFirst] : []))).toEqual([
    true,
    true,
    false,
  ])
  expect(drawn(itemsOf(log, []))[0]).toBe('Fixladder: Which? ?')
  expect(
    drawn(itemsOf([...log, bot(5, rung(2, { by: 'Maria' }))], [], { holder: 'agent' })).at(-1),
  ).toBe('card Fix 2 -')
})

test('a conversation that ended above a new one takes no answer, and gives none', () => {
  const before = [bot(1, rung(1)), press(2, 'No', 1, 'no'), bot(3, rung(2))]
  const next = (number: number) => ({ id: `d|${number}` })
  const state = { connection: 'open', transport: 'poll', isBack: false, outbox: [] } as const
  expect(isPast({ ...state, activities: before, conversationId: 'c' })).toBe(false)
  expect(isPast({ ...state, activities: before })).toBe(true)
  const log = [...before, { ...person(4, 'again'), ...next(1) }]
  expect(isPast({ ...state, activities: log, conversationId: 'd' })).toBe(false)
  expect(openPrompt(itemsOf(log, []))).toBeUndefined()
  // Its first question has the number of one that was answered above.
  const asked = itemsOf([...log, { ...bot(5, rung(1)), ...next(2) }], [])
  expect(drawn(asked)).toEqual(['fold Fix 1 noHelp', 'fold Fix 2 -', 'me: again', 'card Fix 1 -'])
})

test('what is on its way stands under the day that the server has, whatever the clock here says', () => {
  const items = itemsOf([bot(1, say('a'))], [sent('b', 'waiting')], { skewMs: -2 * 86_400_000 })
  expect(items.map(({ kind }) => kind)).toEqual(['day', 'said', 'day', 'person'])
  const late = { ...sent('b', 'waiting'), at: noon + 2 * 86_400_000 }
  const told = itemsOf([bot(1, say('a'))], [late], { skewMs: -2 * 86_400_000 })
  expect(told.map(({ kind }) => kind)).toEqual(['day', 'said', 'person'])
})

test('a day begins with its name', () => {
  const log = [bot(1, say('a')), bot(2, say('b')), bot(3 + 24 * 60, say('c'))]
  expect(itemsOf(log, []).map(({ kind }) => kind)).toEqual(['day', 'said', 'said', 'day', 'said'])
})

test('events and empty messages are not drawn, and a broken value breaks nothing', () => {
  const log = [
    { ...bot(1, say('x')), type: 'event' },
    person(2, ''),
    person(3, 'hm', { value: { ask: 'x', answer: null } }),
    person(4, 'ha', { value: 'no' }),
  ]
  expect(drawn(itemsOf(log, []))).toEqual(['me: hm', 'me: ha'])
})
