/** Characters of the longest text that is remembered: "another device", not what somebody tells. */
const longest = 20
/** Texts that are remembered at once. The one that came first is forgotten for the next. */
const most = 500

/**
 * The same work, done once for a short text: most of what people type on a ladder is one of few answers, and what comes
 * of it depends on nothing else. `keyOf` tells apart what the text is read in the light of.
 */
export function remember<C, T extends object>(
  work: (text: string, context: C) => T,
  keyOf: (context: C) => string,
): (text: string, context: C) => T {
  const known = new Map<string, T>()
  return (text, context) => {
    if (text.length > longest) return work(text, context)
    const key = `${text}\n${keyOf(context)}`
    const found = known.get(key)
    if (found) return found
    const result = work(text, context)
    if (known.size >= most) known.delete(known.keys().next().value ?? '')
    known.set(key, result)
    return result
  }
}
