/** A mark that opens and closes. */
export type Mark = '**' | '__' | '*' | '_'

/** Finds where a mark that opens at `from` may close; undefined where nothing closes it. Ask from left to right. */
export type Closers = (mark: Mark, from: number) => number | undefined

/** Further apart, two marks have nothing to do with each other. */
const longest = 2000

/**
 * Every place of a line is looked at once for each mark, however many open and never close: a line of ten thousand
 * asterisks takes no longer than one of words.
 */
export function createClosers(text: string): Closers {
  const next: Record<Mark, number> = { '**': 0, __: 0, '*': 0, _: 0 }
  return (mark, from) => {
    // Something stands between the two.
    const first = from + mark.length + 1
    let at = Math.max(next[mark], first)
    while (at < text.length && !closesAt(text, mark, at)) at += 1
    next[mark] = at
    return at < text.length && at - first < longest ? at : undefined
  }
}

function closesAt(text: string, mark: Mark, at: number): boolean {
  if (!text.startsWith(mark, at)) return false
  const before = text.charAt(at - 1)
  if (mark.length > 1) return /\S/.test(before)
  return (
    /[^\s*_]/.test(before) &&
    !/^[\p{L}\p{N}]/u.test(String.fromCodePoint(text.codePointAt(at + 1) ?? 32))
  )
}
