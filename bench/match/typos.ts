import { pick, randomFor, type Random } from './random'

/**
 * The text as somebody types it in a hurry: a `share` of the words of four letters or more gets one edit each.
 * The text itself is the seed, so a text always gets the same mistakes.
 */
export function withTypos(text: string, share: number): string {
  const random = randomFor(text)
  return text.replace(/\p{L}{4,}/gu, (word) => (random() < share ? mistyped(word, random) : word))
}

/** The word with one letter dropped, added or replaced, or two neighbours swapped; always another word. */
function mistyped(word: string, random: Random): string {
  const edit = pick(edits, random)
  const at = Math.floor(random() * word.length)
  const other = edit(word, at, pick(letters, random))
  return other === word ? mistyped(word, random) : other
}

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')

const edits: readonly ((word: string, at: number, letter: string) => string)[] = [
  (word, at) => word.slice(0, at) + word.slice(at + 1),
  (word, at, letter) => word.slice(0, at) + letter + word.slice(at),
  (word, at, letter) => word.slice(0, at) + letter + word.slice(at + 1),
  (word, at) =>
    word.slice(0, at) + word.slice(at + 1, at + 2) + word.slice(at, at + 1) + word.slice(at + 2),
]
