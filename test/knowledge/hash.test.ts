import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { readEnglish, type English } from '../../knowledge/matching/english'
import { createHashTable, find, hashOf, hashOfPair, put } from '../../knowledge/matching/hash'

const hash = fc.integer({ min: 0, max: 2 ** 32 - 1 })

/** A hash table that holds these, each with its place in the list. */
function tableOf(hashes: readonly number[]) {
  const table = createHashTable(hashes.length)
  hashes.forEach((each, value) => put(table, each, value))
  return table
}

describe('a table of hashes', () => {
  // 0 marks a free place, so it is kept as 1.
  const distinct = fc.uniqueArray(hash, { maxLength: 300, selector: (each) => each || 1 })

  test('gives back what was put in, and nothing else', () => {
    fc.assert(
      fc.property(distinct, hash, (hashes, other) => {
        const table = tableOf(hashes)
        hashes.forEach((each, value) => expect(find(table, each)).toBe(value))
        expect(find(table, other)).toBe(hashes.findIndex((each) => (each || 1) === (other || 1)))
      }),
    )
  })

  test('keeps apart what falls on the same place, also around the end', () => {
    const hashes = [7, 15, 23, 31, 6, 4_294_967_295]
    const table = tableOf(hashes)
    expect(hashes.map((each) => find(table, each))).toEqual([0, 1, 2, 3, 4, 5])
    expect(find(table, 39)).toBe(-1)
  })

  test('always has free places, or else looking for what is not there would never end', () => {
    for (let entries = 0; entries < 200; entries++) {
      const { hashes } = createHashTable(entries)
      expect(hashes.length).toBeGreaterThan(entries)
      expect(Number.isInteger(Math.log2(hashes.length))).toBe(true)
    }
  })

  test('takes the hash 0', () => {
    const table = createHashTable(1)
    expect(find(table, 0)).toBe(-1)
    put(table, 0, 42)
    expect(find(table, 0)).toBe(42)
  })
})

describe('the hash of a text', () => {
  test('is a whole number below 2^32', () => {
    fc.assert(
      fc.property(fc.string(), hash, (text, salt) => {
        const value = hashOf(text, salt)
        expect(value).toBe(value >>> 0)
      }),
    )
  })

  test('of a piece is that of the piece alone', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, piece, after) => {
        const end = before.length + piece.length
        expect(hashOf(before + piece + after, 4, before.length, end)).toBe(hashOf(piece, 4))
      }),
    )
  })

  test('differs with the salt, so that a word is not taken for a piece of one', () => {
    expect(new Set([0, 1, 2, 3, 4].map((salt) => hashOf('the', salt))).size).toBe(5)
  })

  test('spreads over all places of a table', () => {
    const places = new Set(Array.from({ length: 4_096 }, (_, at) => hashOf(`word${at}`) & 1_023))
    // 4,096 balls thrown into 1,024 places leave 19 of them empty (1 in e^4).
    expect(places.size).toBeGreaterThan(980)
  })
})

describe('the hash of a pair', () => {
  const words = Array.from({ length: 300 }, (_, at) => hashOf(`word${at}`, 1))

  test('is a whole number below 2^32', () => {
    fc.assert(
      fc.property(hash, hash, hash, (first, second, salt) => {
        const value = hashOfPair(first, second, salt)
        expect(value).toBe(value >>> 0)
      }),
    )
  })

  test('depends on the order, on the salt and on both', () => {
    const pairs = words.flatMap((first) => words.map((second) => hashOfPair(first, second, 3)))
    // Of 90,000 numbers below 2^32, one pair is expected to be the same by chance.
    expect(new Set(pairs).size).toBeGreaterThan(pairs.length - 5)
    const salted = words.filter((word) => hashOfPair(word, 5, 3) !== hashOfPair(word, 5, 4))
    expect(salted).toEqual(words)
  })
})

describe('the table of English', () => {
  const bytes = readFileSync('knowledge/english/table.bin')
  const english = readEnglish(bytes)

  // This also shows that scripts/make-english.mjs, which wrote it, hashes as we do: by another hash none would be found.
  test.each(['album', 'photo', 'upload', 'the', 'share', 'phone'])('knows "%s"', (word) => {
    expect(english.rowOf(word)).toBeGreaterThanOrEqual(0)
    expect(english.isOrdinary(word)).toBe(true)
  })

  test.each(['albm', 'phtoo', 'uplod', 'recieve', 'qqqqxz', ''])(
    '"%s" is no ordinary word',
    (word) => expect(english.isOrdinary(word)).toBe(false),
  )

  test('has no row for what is no word', () => {
    for (const word of ['qqqqxz', '', 'shared album', '#al']) expect(english.rowOf(word)).toBe(-1)
  })

  test.each([
    ['photo', 'picture', 'banana'],
    ['video', 'movie', 'carrot'],
    ['phone', 'telephone', 'river'],
    ['mother', 'daughter', 'printer'],
    ['broken', 'damaged', 'tuesday'],
  ])('"%s" is nearer to "%s" than to "%s"', (word, near, far) => {
    expect(cosine(english, word, near)).toBeGreaterThan(cosine(english, word, far) + 0.2)
  })

  test('adds a share of a vector to what is there', () => {
    const row = english.rowOf('photo')
    const once = new Float32Array(english.dimensions)
    english.add(row, 1, once)
    const other = new Float32Array(english.dimensions).fill(1)
    english.add(row, -2, other)
    once.forEach((value, at) => expect(other[at]).toBeCloseTo(1 - 2 * value, 5))
    expect(Math.hypot(...once)).toBeGreaterThan(0)
  })

  test('is read the same from the middle of other memory', () => {
    const shifted = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3)
    const again = readEnglish(shifted)
    expect(again.rowOf('album')).toBe(english.rowOf('album'))
    expect(vectorOf(again, 'album')).toEqual(vectorOf(english, 'album'))
  })

  test('refuses a file of another kind', () => {
    expect(() => readEnglish(Buffer.alloc(64))).toThrow(
      'knowledge/english/table.bin is not a table of words.',
    )
  })
})

function vectorOf(english: English, word: string): Float32Array {
  const vector = new Float32Array(english.dimensions)
  english.add(english.rowOf(word), 1, vector)
  return vector
}

function cosine(english: English, one: string, other: string): number {
  const [a, b] = [vectorOf(english, one), vectorOf(english, other)]
  const product = a.reduce((sum, value, at) => sum + value * b[at]!, 0)
  return product / (Math.hypot(...a) * Math.hypot(...b))
}
