import { normalise } from './normalise'

/** Each key replaces its values, the longest value first. */
export function synonymReplacer(
  synonyms: Readonly<Record<string, readonly string[]>>,
): (plain: string) => string {
  const keys = new Map(
    Object.entries(synonyms).flatMap(([key, values]) =>
      values.map((value): [string, string] => [normalise(value), normalise(key)]),
    ),
  )
  const pattern = anyOf([...keys.keys()])
  return (plain) => plain.replace(pattern, (value) => keys.get(value) ?? value)
}

/** A pattern for any of these words or groups of words, the longest first; for none of them, one that never fits. */
function anyOf(texts: readonly string[]): RegExp {
  if (texts.length === 0) return /(?!)/g
  const longestFirst = texts.toSorted((a, b) => b.length - a.length)
  const escaped = longestFirst.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`(?<![^ ])(?:${escaped.join('|')})(?![^ ])`, 'g')
}
