/** Choices that fit what was typed, best first: every word begins a word of the title, the whole before the middle. */
export function rankChoices<T extends { readonly title: string; readonly also?: string }>(
  choices: readonly T[],
  typed: string,
): readonly T[] {
  const words = plain(typed).split(/\s+/).filter(Boolean)
  if (words.length === 0) return choices
  return choices
    .map((choice, index) => ({ choice, index, score: score(choice, words) }))
    .filter(({ score: value }) => value > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ choice }) => choice)
}

function score(choice: { title: string; also?: string }, words: readonly string[]): number {
  const title = plain(choice.title)
  const also = plain(choice.also ?? '')
  let total = title.startsWith(words.join(' ')) ? 4 : 0
  for (const word of words) {
    if (startsWord(title, word)) total += 3
    else if (startsWord(also, word)) total += 2
    else if (title.includes(word) || also.includes(word)) total += 1
    else return 0
  }
  return total
}

const startsWord = (text: string, word: string): boolean =>
  ` ${text.replace(/[^\p{L}\p{N}]+/gu, ' ')}`.includes(` ${word}`)

const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
