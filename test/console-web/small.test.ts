import { placeOf } from '../../dialogs/words'
import { devices } from '../../knowledge'
import type { Action } from '../../web/console/state/actions'
import { isKnownDevice } from '../../web/console/state/known-device'
import { reduce } from '../../web/console/state/reduce'
import { arrivals, attention } from '../../web/console/state/arrivals'
import { rankChoices } from '../../web/console/state/rank-choices'
import { textParts } from '../../web/console/state/text-parts'
import { shortSpan, span } from '../../web/console/state/times'
import { words } from '../../web/console/words'
import { after, held, line, message, minute, nine, queue, reset } from './sample'

describe('addresses in words', () => {
  const hrefs = (text: string) => textParts(text).flatMap(({ href }) => href ?? [])

  test('https, mailto and tel are links, and the sentence’s end is none of it', () => {
    expect(textParts('See https://a.example/b?c=1. Or mailto:x@a.example!')).toEqual([
      { text: 'See ' },
      { text: 'https://a.example/b?c=1', href: 'https://a.example/b?c=1' },
      { text: '. Or ' },
      { text: 'mailto:x@a.example', href: 'mailto:x@a.example' },
      { text: '!' },
    ])
    expect(hrefs('call tel:+4912345')).toEqual(['tel:+4912345'])
  })

  test.each([
    'javascript:alert(1)',
    'http://plain.example',
    'data:text/html,x',
    'xhttps://a.example',
    'https://',
    'https://bank.example@evil.example/',
    'https://bank.example:443@evil.example/',
    'mailto:',
    'tel:',
    '<a href="javascript:alert(1)">x</a>',
  ])('%s stays words', (text) => {
    expect(hrefs(text)).toEqual([])
    expect(
      textParts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text)
  })

  test('an address in markup is cut where the markup goes on', () => {
    expect(hrefs('<img src="https://a.example/x.png" onerror=alert(1)>')).toEqual([
      'https://a.example/x.png',
    ])
  })
})

describe('calling for attention', () => {
  const before = after(reset(line('a', 1), held('b', 2)))

  test('a new waiting case and an answer of one’s own person do', () => {
    const state = after(
      reset(line('a', 1), held('b', 2)),
      queue(line('c', 0), held('b', 2, { version: 2, awaitedSince: nine })),
    )
    expect(arrivals(before, state)).toEqual({
      waiting: ['c'],
      answered: ['b'],
      passed: [],
      taken: [],
    })
    expect(attention(state)).toBe(3)
  })

  test('the first queue, a colleague’s case and a second line of the same wait do not', () => {
    expect(arrivals(after(), before)).toEqual({ waiting: [], answered: [], passed: [], taken: [] })
    const his = { agent: { id: 'o', name: 'Omar' }, awaitedSince: nine }
    const more = after(reset(line('a', 1), held('b', 2)), queue(held('d', 1, his)))
    expect(arrivals(before, more)).toEqual({ waiting: [], answered: [], passed: [], taken: [] })
  })
})

test('choices are found by the beginnings of their words, in any order, without accents', () => {
  const choices = ['Emil Sørensen', 'Renée Dubois', 'Send fix: Restart', 'Show all'].map(
    (title) => ({
      title,
    }),
  )
  const found = (typed: string) => rankChoices(choices, typed).map(({ title }) => title)
  expect(found('')).toHaveLength(4)
  expect(found('ren')).toEqual(['Renée Dubois', 'Emil Sørensen'])
  expect(found('dub renee')).toEqual(['Renée Dubois'])
  expect(found('rest')).toEqual(['Send fix: Restart'])
  expect(found('zzz')).toEqual([])
})

test('the audit log is read in words, and what a newer server calls something stands as it is', () => {
  expect(words.audit.told('case_released')).toBe('Case put back into the queue')
  expect(words.audit.told('moon_landed')).toBe('moon landed')
})

test.each([
  [0.5, '<1 min', '<1 min'],
  [7.9, '7 min', '7 min'],
  [65, '1 h 5 min', '1 h'],
  [120, '2 h', '2 h'],
  [24 * 60, '1 day', '1 d'],
  [3 * 24 * 60, '3 days', '3 d'],
])('%d minutes are %s, or %s', (minutes, long, short) => {
  expect(span(minutes * minute)).toBe(long)
  expect(shortSpan(minutes * minute)).toBe(short)
})

test('a message that this console does not know changes nothing', () => {
  const state = after()
  const unknown = { type: 'news' } as unknown as Parameters<typeof message>[0]
  expect(after(message(unknown))).toEqual(state)
})

test('a case that somebody takes over is news to who had it; one that they pass on is none', () => {
  const before = after(reset(held('b', 2)))
  const theirs = queue(held('b', 2, { version: 2, agent: { id: 'o', name: 'Omar' } }))
  expect(arrivals(before, after(reset(held('b', 2)), theirs)).taken.map(({ id }) => id)).toEqual([
    'b',
  ])
  const passing = { ...before, busy: { b: 'transfer' } } as unknown as typeof before
  expect(arrivals(passing, reduce(passing, theirs)).taken).toEqual([])
})

describe('a case that a colleague passes on', () => {
  const omar = { id: 'a-omar', name: 'Omar' }
  const theirs = held('b', 3, { agent: omar })
  const mine = queue(held('b', 3, { version: 2 }))
  const first = [reset(theirs, line('c', 1)), { type: 'select', id: 'c' } as const]

  test('is news, counts, and stays marked until it is opened', () => {
    const [before, state] = [after(...first), after(...first, mine)]
    expect(arrivals(before, state).passed.map(({ id }) => id)).toEqual(['b'])
    expect(state.passed).toEqual({ b: 'Omar' })
    expect([attention(before), attention(state)]).toEqual([1, 2])
    const opened = reduce(state, { type: 'select', id: 'b' })
    expect(opened.passed).toEqual({})
    expect(attention(opened)).toBe(1)
  })

  test.each<[string, readonly Action[]]>([
    ['was there at the start', [reset(held('b', 3))]],
    ['waited, and was claimed', [reset(line('b', 3)), mine]],
    ['is taken over by a press', [...first, { type: 'busy', id: 'b', command: 'transfer' }, mine]],
    ['stays with the colleague', [...first, queue({ ...theirs, version: 2 })]],
    ['is looked at', [...first, { type: 'select', id: 'b' }, mine]],
    ['went back', [...first, mine, queue({ ...theirs, version: 3 })]],
  ])('is not marked when it %s', (_what, actions) => {
    expect(after(...actions).passed).toEqual({})
  })

  test('is remembered until the queue has come, and then as far as it is still so', () => {
    const kept = {
      type: 'kept',
      outbox: {},
      drafts: {},
      passed: { b: 'Omar', gone: 'Omar' },
    } as const
    expect(Object.keys(after(kept).passed)).toEqual(['b', 'gone'])
    expect(after(kept, reset(held('b', 3))).passed).toEqual({ b: 'Omar' })
  })
})

test.each(devices)('a brief that tells of "%s" is known again among the choices', (device) => {
  const told = (placeOf({ device, system: '18' }) ?? '').replace(/^an? /, '')
  expect(devices.filter((each) => isKnownDevice(told, each))).toEqual([device])
})
