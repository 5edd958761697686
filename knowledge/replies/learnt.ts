import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHashTable, put, type HashTable } from '../matching/hash'
import { meanings, type Learnt } from './guess'

/** Where the table lies: beside this file, or, once bundled into dist/, in the project beside that. */
export const learntFile =
  [join(__dirname, 'learnt.bin'), join(__dirname, '../knowledge/replies/learnt.bin')].find((path) =>
    existsSync(path),
  ) ?? 'knowledge/replies/learnt.bin'

/** Reads what `npm run replies:learn` wrote. Throws when the file is none, or cut off. */
export const loadLearnt = (): Learnt => readLearnt(readFileSync(learntFile))

/**
 * What was learnt as a file, all numbers little-endian: magic "FXRL"; how many features, marks, meanings and dimensions
 * (unsigned 32 bits each); the weight of an unseen word and the size of a step (float 32 bits each); hashes of the features
 * (unsigned 32 bits), their inverse document frequency (float 32 bits), hashes of the marks, the weights of the senses
 * (float 32 bits), the weights of features and marks, a byte each, in steps, and last a print (32 bytes) of what it was
 * learnt from, by which the tests see that it is out of date.
 */
export function writeLearnt({ features, marks, weights }: Learnt, print: Buffer): Buffer {
  const step = weights.features.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127
  const head = Buffer.alloc(HEADER)
  head.write('FXRL', 'latin1')
  const counts = [
    features.idf.length,
    weights.features.length / weights.labels - features.idf.length,
    weights.labels,
    weights.senses.length / weights.labels,
  ]
  counts.forEach((count, place) => head.writeUInt32LE(count, 4 + 4 * place))
  head.writeFloatLE(features.unseen, 20)
  head.writeFloatLE(step, 24)
  return Buffer.concat([
    head,
    bytesOf(inOrder(features.table, counts[0]!)),
    bytesOf(features.idf),
    bytesOf(inOrder(marks, counts[1]!)),
    bytesOf(weights.senses),
    bytesOf(Int8Array.from(weights.features, (value) => Math.round(value / step))),
    print,
  ])
}

/** The print that was written with it. */
export const printIn = (bytes: Buffer): Buffer => bytes.subarray(-PRINT)

/** Reads such a file. */
export function readLearnt(bytes: Buffer): Learnt {
  if (bytes.toString('latin1', 0, 4) !== 'FXRL')
    throw new Error(`${learntFile} is no table of replies. Make it with: npm run replies:learn`)
  const [features, marks, labels, dimensions] = [4, 8, 12, 16].map((at) =>
    bytes.readUInt32LE(at),
  ) as [number, number, number, number]
  if (labels !== meanings.length)
    throw new Error(
      `${learntFile} tells ${labels} meanings apart, not ${meanings.length}. Make it anew with: npm run replies:learn`,
    )
  const weights = 4 * dimensions * labels + (features + marks) * labels
  const expected = HEADER + 8 * features + 4 * marks + weights + PRINT
  if (bytes.length !== expected)
    throw new Error(
      `${learntFile} has ${bytes.length} bytes instead of ${expected}. Make it anew with: npm run replies:learn`,
    )
  const step = bytes.readFloatLE(24)
  let at = HEADER
  // Copied, since typed arrays of four bytes a number must begin at a multiple of four.
  const take = (length: number): ArrayBuffer => {
    const start = bytes.byteOffset + at
    at += length
    return bytes.buffer.slice(start, start + length) as ArrayBuffer
  }
  const table = tableOf(new Uint32Array(take(4 * features)))
  const idf = new Float32Array(take(4 * features))
  const markTable = tableOf(new Uint32Array(take(4 * marks)))
  const senses = new Float32Array(take(4 * dimensions * labels))
  const steps = new Int8Array(take((features + marks) * labels))
  return {
    features: { table, idf, unseen: bytes.readFloatLE(20) },
    marks: markTable,
    weights: { labels, features: new Float32Array(steps).map((value) => value * step), senses },
  }
}

const HEADER = 28
const PRINT = 32

/** The hashes of a table in the order of their values. */
function inOrder({ hashes, values }: HashTable, count: number): Uint32Array {
  const ordered = new Uint32Array(count)
  hashes.forEach((hash, place) => {
    if (hash !== 0) ordered[values[place]!] = hash
  })
  return ordered
}

function tableOf(hashes: Uint32Array): HashTable {
  const table = createHashTable(hashes.length)
  hashes.forEach((hash, value) => put(table, hash, value))
  return table
}

const bytesOf = ({ buffer, byteOffset, byteLength }: NodeJS.ArrayBufferView): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)
