import fc from 'fast-check'
import { createGrowthSet } from '../../bench/match/growth-set'
import { withTypos } from '../../bench/match/typos'

const sentence = "my shared album doesn't load on the old phone, and comments vanished yesterday"

test('a text always gets the same typing mistakes', () => {
  expect(withTypos(sentence, 0.5)).toBe(withTypos(sentence, 0.5))
  expect(withTypos(sentence, 0.5)).not.toBe(sentence)
  expect(withTypos(sentence, 0)).toBe(sentence)
})

test('every word of four letters or more is mistyped when all are, and no other', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1 }), (words) => {
      const typed = withTypos(words.join(' '), 1).split(' ')
      expect(typed.map((word, at) => word === words[at])).toEqual(
        words.map((word) => word.length < 4),
      )
      typed.forEach((word, at) =>
        expect(Math.abs(word.length - (words[at]?.length ?? 0))).toBeLessThanOrEqual(1),
      )
    }),
  )
})

test('about one word in four is mistyped', () => {
  const words = Array.from({ length: 4000 }, (_, index) => `word${'abcdefghij'[index % 10]}`)
  const typed = withTypos(words.join(' '), 0.25).split(' ')
  const share = typed.filter((word, at) => word !== words[at]).length / words.length
  expect(share).toBeGreaterThan(0.22)
  expect(share).toBeLessThan(0.28)
})

const seeds = ['my shared album is empty', 'photos stuck on uploading', 'who can see my album']

test('a grown knowledge base is the same each time, thirty phrases an entry', () => {
  const { phrases, queries } = createGrowthSet(100, 7, seeds)
  expect(createGrowthSet(100, 7, seeds)).toEqual({ phrases, queries })
  expect(phrases).toHaveLength(100)
  expect(queries).toHaveLength(7)
  expect(phrases.filter(({ label }) => label === 'entry_1')).toHaveLength(30)
  expect(new Set(phrases.map(({ label }) => label)).size).toBe(4)
})
