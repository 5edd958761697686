import { stemOf } from './stem'

/**
 * Brings what is denied into one form: "won't update", "does not update" and "isn't updating" are the same complaint,
 * but by their words "update" is nearer to "ios update failed". The form is the one that the pack's phrases use most.
 */
export function learnDenial(texts: readonly (readonly string[])[]): ReadonlyMap<string, string> {
  const uses = new Map<string, number>()
  for (const words of texts) {
    for (const word of words.filter((_, at) => words[at - 1] === 'not')) {
      uses.set(word, (uses.get(word) ?? 0) + 1)
    }
  }
  const usual = new Map<string, string>()
  for (const [word, count] of uses) {
    const rival = uses.get(usual.get(stemOf(word)) ?? '') ?? 0
    if (count > rival) usual.set(stemOf(word), word)
  }
  return usual
}

/** Words with what is denied in the usual form; `usual` has the usual word for each stem. */
export const inUsualDenial = (
  words: readonly string[],
  usual: ReadonlyMap<string, string>,
): string[] =>
  words
    .map((word, at) => (words[at - 1] === 'not' ? (usual.get(stemOf(word)) ?? word) : word))
    .filter((word, at) => words[at + 1] !== 'not' || !helpers.has(word))

/** Which of these was said tells nothing about the trouble; "can not" does, and stays. */
const helpers = new Set('will would do does did is are was were has have had'.split(' '))
