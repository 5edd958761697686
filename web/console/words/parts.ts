/** A name in a sentence: of one that never ends, so much that the sentence does. */
export const inShort = (name: string): string => {
  if (name.length <= longestName) return name
  const letters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment)
  return letters.length <= longestName ? name : `${letters.slice(0, longestName - 1).join('')}…`
}
const longestName = 60

/** "1 case", "3 cases". */
export const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`
