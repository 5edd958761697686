import { readFromFrame, readFromPage } from '../../web/widget/frame'

/** Messages between page and frame: another site's, believed in nothing. */

test('reads what is agreed', () => {
  const options = { accent: '#123456', title: 'T', theme: 'dark', language: 'de', greeting: 'Hi' }
  expect(readFromPage({ fixladder: 1, type: 'hello', version: 1, options })).toEqual({
    type: 'hello',
    options,
  })
  expect(readFromPage({ fixladder: 1, type: 'shown', isOpen: true })).toEqual({
    type: 'shown',
    isOpen: true,
  })
  expect(readFromPage({ fixladder: 1, type: 'shown', isOpen: true, keepsFocus: true })).toEqual({
    type: 'shown',
    isOpen: true,
    keepsFocus: true,
  })
  expect(readFromPage({ fixladder: 1, type: 'user' })).toEqual({ type: 'user' })
  expect(readFromPage({ fixladder: 1, type: 'narrow', isPhone: true, height: 500 })).toEqual({
    type: 'narrow',
    isPhone: true,
    height: 500,
  })
})

test.each([
  null,
  'hello',
  { type: 'hello' },
  { fixladder: 2, type: 'hello' },
  { fixladder: 1, type: 'shown', isOpen: 'yes' },
  { fixladder: 1, type: 'user', token: 7 },
  { fixladder: 1, type: 'user', token: 'x'.repeat(5000) },
  { fixladder: 1, type: 'narrow', isPhone: true, height: '1px' },
  { fixladder: 1, type: 'narrow', isPhone: true, height: NaN },
  { fixladder: 1, type: 'narrow', isPhone: true, height: Infinity },
  { fixladder: 1, type: 'narrow', isPhone: true, height: -1 },
  { fixladder: 1, type: 'narrow', isPhone: 'yes', height: 1 },
  { fixladder: '1', type: 'hello' },
  { fixladder: 1, type: ['hello'] },
  { fixladder: 1, type: '__proto__' },
  ['hello'],
  7,
  { fixladder: 1, type: 'send', text: 'hi' },
])('passes over %j', (data) => {
  expect(readFromPage(data)).toBeUndefined()
})

test('passes over options that are not as agreed, one by one', () => {
  const huge = 'x'.repeat(1_000_000)
  const options = {
    ...{ accent: 7, title: huge, greeting: huge, opener: huge, theme: 'pink', other: 1 },
    language: 'de',
  }
  expect(readFromPage({ fixladder: 1, type: 'hello', options })).toEqual({
    type: 'hello',
    options: { language: 'de' },
  })
})

test.each([
  undefined,
  null,
  'dark',
  7,
  [],
  { theme: { toString: () => 'dark' } },
  { title: ['T'] },
])('options that are none (%j) are no wishes', (options) => {
  expect(readFromPage({ fixladder: 1, type: 'hello', options })).toEqual({
    type: 'hello',
    options: {},
  })
})

test('the page reads of the frame what is agreed, and nothing more of it', () => {
  expect(readFromFrame({ fixladder: 1, type: 'ready', text: 'hi' })).toEqual({ type: 'ready' })
  expect(readFromFrame({ fixladder: 1, type: 'close' })).toEqual({ type: 'close' })
  expect(readFromFrame({ fixladder: 1, type: 'unread', count: 2 })).toEqual({
    type: 'unread',
    count: 2,
  })
})

test.each([
  undefined,
  'ready',
  { type: 'ready' },
  { fixladder: 1, type: 'hello' },
  { fixladder: 1, type: 'badge', count: -1 },
  { fixladder: 1, type: 'badge', count: '2' },
  { fixladder: 1, type: 'unread', count: Infinity },
])('the page passes over %j', (data) => {
  expect(readFromFrame(data)).toBeUndefined()
})
