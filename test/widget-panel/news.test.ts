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
  expect(first.news.unread.size).toBe(0)
  expect(keys(look(first.news, at(4, { isBack: true })).fresh)).toEqual(['c|4'])
})

test('unread is what came while nobody looked, system lines left out', () => {
  const { news } = look(noNews, at(2))
  const away = look(news, at(4, { isSeen: false }))
  expect(away.news.unread.size).toBe(2)
  const items = itemsOf([...log, bot(5, { kind: 'system', text: 'Maria has joined.' })], [])
  const joined = look(away.news, at(4, { isSeen: false, items }))
  expect(joined.news.unread.size).toBe(2)
  expect(keys(joined.fresh)).toEqual(['c|5'])
  expect(look(joined.news, at(4, { items })).news.unread.size).toBe(0)
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
  const folded = itemsOf([bot(1, rung(1)), press(2, 'No', 1, 'no'), bot(3, say('Next.'))], [])
  const after = look(before.news, at(0, { items: folded, isSeen: false }))
  expect(after.fresh.map((item) => spoken(item, words))).toEqual([
    'Fix 1: no help.',
    'Support: Next.',
  ])
  expect(after.news.unread.size).toBe(1)
  expect(look(after.news, at(0, { items: folded })).fresh).toEqual([])
})
