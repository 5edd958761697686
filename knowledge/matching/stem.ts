/** A crude stem, enough to see that "restarting" and "restarted" are the same deed. */
export const stemOf = (word: string): string =>
  word
    .replace(/(?:ing|ed|s)$/, '')
    .replace(/e$/, '')
    .replace(/([a-z])\1$/, '$1')
