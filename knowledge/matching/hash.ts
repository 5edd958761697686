/**
 * A number between 0 and 2^32 - 1 for a piece of text: FNV-1a over its UTF-16 units, then the finalizer of MurmurHash3
 * so that every bit counts. Tables of features keep these numbers instead of strings: they are plain arrays that a
 * worker can hand over without a copy, and looking a piece of a word up makes no garbage.
 */
export function hashOf(text: string, salt = 0, start = 0, end = text.length): number {
  let hash = 0x811c9dc5 ^ salt
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return mixed(hash)
}

/** One number for two in this order. */
export const hashOfPair = (first: number, second: number, salt: number): number =>
  mixed(Math.imul(first ^ salt, 0x9e3779b1) ^ second)

function mixed(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/**
 * A table from hashes to small numbers, by open addressing. Two texts with the same hash share an entry; among 100,000
 * of them that happens about once.
 */
export interface HashTable {
  /** A power of two long; 0 marks a free place. */
  readonly hashes: Uint32Array
  readonly values: Int32Array
}

/** An empty table with room for `entries`. */
export function createHashTable(entries: number): HashTable {
  const size = 2 ** Math.ceil(Math.log2(Math.max(8, entries * 2)))
  return { hashes: new Uint32Array(size), values: new Int32Array(size) }
}

/** The value of a hash, or -1. */
export function find({ hashes, values }: HashTable, hash: number): number {
  const mask = hashes.length - 1
  const key = hash || 1
  for (let at = key & mask; ; at = (at + 1) & mask) {
    if (hashes[at] === key) return values[at]!
    if (hashes[at] === 0) return -1
  }
}

/** Writes a hash that is not there yet. The table must have room. */
export function put({ hashes, values }: HashTable, hash: number, value: number): void {
  const mask = hashes.length - 1
  const key = hash || 1
  let at = key & mask
  while (hashes[at] !== 0) at = (at + 1) & mask
  hashes[at] = key
  values[at] = value
}
