import { remember } from '../../knowledge'

/** Counts how often the work is done. */
function counting() {
  const done: string[] = []
  const work = remember(
    (text: string, about: string) => {
      done.push(text)
      return { text, about }
    },
    (about) => about,
  )
  return { work, done }
}

test('a short text is worked on once for each context', () => {
  const { work, done } = counting()
  expect(work('no', 'helped')).toEqual({ text: 'no', about: 'helped' })
  expect(work('no', 'helped')).toBe(work('no', 'helped'))
  expect(work('no', 'consent')).toEqual({ text: 'no', about: 'consent' })
  expect(done).toEqual(['no', 'no'])
})

test('what somebody tells is not remembered', () => {
  const { work, done } = counting()
  const told = 'my daughter Ada cannot see it'
  work(told, '')
  work(told, '')
  expect(done).toEqual([told, told])
})

test('the text that came first is forgotten for one too many', () => {
  const { work, done } = counting()
  for (let count = 0; count <= 500; count += 1) work(`${count}`, '')
  work('500', '')
  expect(done).toHaveLength(501)
  work('0', '')
  expect(done).toHaveLength(502)
})
