import { look, noNews, spoken, type Look } from '../../web/widget/panel/state/news'
import { itemsOf } from '../../web/widget/panel/state/transcript'
import { chooseWords } from '../../web/widget/words'
import { agent, bot, person, press, rung, say } from './sample'

/** What is read out, and what is counted. */

const log = [person(1, 'hi'), bot(2, say('one')), bot(3, say('two')), bot(4, say('three'))]
const at = (length: number, more: Partial<Look> = {}): Look => ({
  items: itemsOf(log.slice(0, length), []),
  isHeard: true,
  isBack: false,
  isSeen: true,
  ...more,
})
const keys = (items: readonly { key: string }[]) => items.map(({ key }) => key)

test('each new message is told once, one’s own never', () => {
  const first = look(noNews, at(2))
  expect(keys(first.fresh)).toEqual(['c|2'])
  const again = look(first.news, at(2))
  expect(again.fresh).toEqual([])
  expect(again.news).toBe(first.news)
  expect(keys(look(again.news, at(4)).fresh)).toEqual(['c|3', 'c|4'])
})

test('the history of who comes back is not told', () => {
  const empty = look(noNews, at(0, { isBack: true }))
  const first = look(empty.news, at(3, { isBack: true, isSeen: false }))
  expect(first.fresh).toEqual([])
  expect(first.unread).toBe(0)
  expect(keys(look(first.news, at(4, { isBack: true })).fresh)).toEqual(['c|4'])
})

test('unread is what came while nobody looked, system lines left out', () => {
  const { news, seen } = look(noNews, at(2))
  const away = look(news, at(4, { isSeen: false, seen }))
  expect(away.unread).toBe(2)
  const items = itemsOf([...log, bot(5, { kind: 'system', text: 'Maria has joined.' })], [])
  const joined = look(away.news, at(4, { isSeen: false, items, seen: away.seen }))
  expect(joined.unread).toBe(2)
  expect(keys(joined.fresh)).toEqual(['c|5'])
  const looked = look(joined.news, at(4, { items, seen: joined.seen }))
  expect(looked.unread).toBe(0)
  expect(looked.seen).toBe('c|5')
})

test('unread stays so on the next page, whose log comes in parts', () => {
  const { news, seen } = look(noNews, at(2))
  expect(seen).toBe('c|2')
  expect(look(news, at(4, { isSeen: false, seen })).seen).toBe(seen)
  const back = { isBack: true, isSeen: false, seen }
  const begun = look(noNews, at(3, back))
  expect(begun.fresh).toEqual([])
  expect(begun.unread).toBe(1)
  expect(look(begun.news, at(4, { ...back, seen: begun.seen })).unread).toBe(2)
  expect(look(noNews, at(4, { ...back, isSeen: true })).unread).toBe(0)
  // Of a log that has come in part the end is not known yet.
  expect(look(noNews, at(2, { ...back, isSeen: true, seen: 'c|4' })).seen).toBe('c|4')
})

test('a mark of another conversation says nothing of this one', () => {
  const away = { isSeen: false, seen: 'lost|9' }
  expect(look(noNews, at(4, { ...away, isBack: true })).unread).toBe(0)
  expect(look(noNews, at(4, away)).unread).toBe(3)
})

test('under a lost conversation, a new one counts by itself', () => {
  const next = [{ ...bot(1, say('new')), id: 'd|1' }]
  const items = itemsOf([...log, ...next], [])
  expect(look(noNews, at(0, { items, isSeen: false, seen: 'c|4' })).unread).toBe(1)
  expect(look(noNews, at(0, { items, isSeen: false, seen: 'd|1' })).unread).toBe(0)
})

test('the greeting calls nobody: to come near the button makes no badge', () => {
  const greeting = bot(1, { kind: 'ask', text: 'Hello.', ask: 1, buttons: [] })
  for (const pages of [undefined, 'Good day']) {
    const items = itemsOf([greeting], [], { greeting: pages })
    expect(look(noNews, at(0, { items, isSeen: false })).unread).toBe(0)
  }
})

test('a fix is read with its steps and answers, an agent by name, and no marks', () => {
  const words = chooseWords('en')
  const [, card] = itemsOf([bot(1, rung(1))], [])
  expect(card && spoken(card, words)).toBe(
    'Support: Fix 1, 2 min. First this, as nothing moves without it (2 min). 1. Turn it on. 2. Wait. It worked if it moves. Did that help? Your answer: Yes, No, Already tried.',
  )
  const [, said] = itemsOf([agent(1, 'See [this](https://a.example) **now**')], [])
  expect(said && spoken(said, words)).toBe('Maria: See this now.')
})

test('what became of a fix is told once, when it folds, and counts as no message', () => {
  const words = chooseWords('en')
  const before = look(noNews, at(0, { items: itemsOf([bot(1, rung(1))], []) }))
  expect(before.seen).toBe('c|1')
  const folded = itemsOf([bot(1, rung(1)), press(2, 'No', 1, 'no'), bot(3, say('Next.'))], [])
  const after = look(before.news, at(0, { items: folded, isSeen: false, seen: before.seen }))
  expect(after.fresh.map((item) => spoken(item, words))).toEqual([
    'Fix 1: no help.',
    'Support: Next.',
  ])
  expect(after.unread).toBe(1)
  expect(look(after.news, at(0, { items: folded })).fresh).toEqual([])
})
