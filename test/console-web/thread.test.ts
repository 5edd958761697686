import { fold, itemsOf, mergeRows } from '../../web/console/state/thread'
import type { Line } from '../../web/console/state/contract'
import { after, held, message, minute, nine, reset, rowsOf, said } from './sample'

/** A conversation as it is read. */

const card = { fix: 'f', title: 'F', number: 1, minutes: 3, steps: [], question: '?' }

test('lines that come again after a lost connection stand once, in order', () => {
  const [one, two, three] = [said(1, 'person', '1'), said(2, 'bot', '2'), said(3, 'person', '3')]
  expect(mergeRows([one, two], [three])).toEqual([one, two, three])
  expect(mergeRows([one, two], [two, three])).toEqual([one, two, three])
  expect(mergeRows([one, three], [two])).toEqual([one, two, three])
  expect(mergeRows([one], [said(1, 'person', 'changed')])[0]?.text).toBe('changed')
})

test('what the bot did before is folded up to the person’s last words', () => {
  const rows: Line[] = [
    said(1, 'person', 'help'),
    said(2, 'bot', 'try', { rung: card }),
    said(3, 'person', 'No', { isPress: true }),
    said(4, 'bot', 'and this', { rung: { ...card, fix: 'g' }, at: nine + 4 * minute }),
    said(5, 'person', 'still the same'),
    said(6, 'person', 'Talk to a person', { isPress: true }),
    said(7, 'system', 'asked for a person', { at: nine + 5 * minute }),
  ]
  const { before, rows: rest } = fold(rows, nine + 5 * minute)
  expect(before).toEqual({ rows: rows.slice(0, 4), rungs: 2, minutes: 4 })
  expect(rest.map(({ seq }) => seq)).toEqual([5, 6, 7])
})

test('of a case that is refused, since it was erased, nothing stays on the page', () => {
  const shown = after(reset(held('a', 1)), rowsOf('a', said(1, 'person', 'help')))
  expect(shown.threads.a?.rows).toHaveLength(1)
  const gone = after(
    reset(held('a', 1)),
    rowsOf('a', said(1, 'person', 'help')),
    message({ type: 'refused', id: 'a', message: 'Gone.' }),
  )
  expect(gone.threads).toEqual({})
})

test('a short beginning is not worth a fold', () => {
  const rows = [said(1, 'bot', 'Hello'), said(2, 'person', 'a person please')]
  expect(fold(rows, nine + minute)).toEqual({ rows })
})

test('lines of one speaker are one group until five minutes pass, another speaks, or a day ends', () => {
  const items = itemsOf([
    said(1, 'person', 'a'),
    said(2, 'person', 'b'),
    said(3, 'person', 'c', { at: nine + 6 * minute }),
    said(4, 'agent', 'd', { at: nine + 6 * minute }),
    said(5, 'system', 'e', { at: nine + 6 * minute }),
    said(6, 'agent', 'f', { at: nine + 48 * 60 * minute }),
  ])
  const texts = items.map((item) =>
    item.kind === 'group' ? item.lines.map(({ text }) => text).join('') : item.kind,
  )
  expect(texts).toEqual(['ab', 'c', 'd', 'system', 'day', 'f'])
})

test('"is writing" ends when the words come', () => {
  const writing = message({ type: 'typing', id: 'a', who: 'person' })
  expect(after(reset(held('a', 1)), writing).typing['a']?.until).toBe(nine + 5000)
  expect(after(reset(held('a', 1)), writing, rowsOf('a', said(1, 'person', 'ok'))).typing).toEqual(
    {},
  )
})
