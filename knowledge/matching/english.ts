import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { find, hashOf, type HashTable } from './hash'

/**
 * What is known of English beyond any pack: which words are ordinary, and what they are near to.
 * The table holds word vectors (GloVe, 100 numbers a word), cut to the commonest words and to a byte a number.
 */
export interface English {
  readonly dimensions: number
  /** Row of a word's vector, or -1. */
  rowOf(word: string): number
  /** True for a word that is in a dictionary: never a typing mistake. */
  isOrdinary(word: string): boolean
  /** Adds `weight` times the vector of `row` to `into`. */
  add(row: number, weight: number, into: Float32Array): void
}

/** Where the table lies: beside this folder, or, once bundled into dist/, in the project beside that. */
export const englishFile =
  [join(__dirname, '../english/table.bin'), join(__dirname, '../knowledge/english/table.bin')].find(
    (path) => existsSync(path),
  ) ?? 'knowledge/english/table.bin'
let loaded: English | undefined

/** Reads the table once. */
export function loadEnglish(): English {
  loaded ??= readEnglish(readFileSync(englishFile))
  return loaded
}

/**
 * The file, all numbers little-endian: magic "FXEN", dimensions, rows, places (unsigned 32 bits each), size of a step (float
 * 32 bits); then for each place the hash of a word and its value (row * 2 + 1 if it is in a dictionary), then the vectors.
 */
export function readEnglish(bytes: Buffer): English {
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER)
  if (bytes.toString('latin1', 0, 4) !== 'FXEN')
    throw new Error(`${englishFile} is not a table of words.`)
  const [dimensions, rows, places] = [4, 8, 12].map((at) => header.getUint32(at, true)) as [
    number,
    number,
    number,
  ]
  const step = header.getFloat32(16, true)
  // Copied, since typed arrays of four bytes a number must begin at a multiple of four.
  const numbers = bytes.buffer.slice(
    bytes.byteOffset + HEADER,
    bytes.byteOffset + HEADER + places * 8,
  )
  const table: HashTable = {
    hashes: new Uint32Array(numbers, 0, places),
    values: new Int32Array(numbers, places * 4, places),
  }
  const vectors = new Int8Array(
    bytes.buffer,
    bytes.byteOffset + HEADER + places * 8,
    rows * dimensions,
  )
  return {
    dimensions,
    rowOf: (word) => find(table, hashOf(word)) >> 1,
    isOrdinary: (word) => {
      const value = find(table, hashOf(word))
      return value >= 0 && (value & 1) === 1
    },
    add(row, weight, into) {
      const scale = weight * step
      const start = row * dimensions
      for (let at = 0; at < dimensions; at++) into[at]! += scale * vectors[start + at]!
    },
  }
}

const HEADER = 20
