/** How far a conversation was read, by the id of a message: "c1|0000007". It outlives the page. */
export type Mark = string

/** Which conversation an id is of, and where it stands in it. */
export function placeIn(id: string): { readonly conversation: string; readonly number: number } {
  const at = Math.max(0, id.lastIndexOf('|'))
  return { conversation: id.slice(0, at), number: Number.parseInt(id.slice(at + 1), 10) || 0 }
}

/**
 * Whether a message came after the mark. On one screen only the last conversation goes on: what stands above it is over,
 * so a mark in the last one has all of the others behind it, and a mark in another has none of the last.
 */
export function isAfter(id: string, mark: Mark | undefined, last: string): boolean {
  if (mark === undefined) return true
  const [own, marked] = [placeIn(id), placeIn(mark)]
  if (own.conversation === marked.conversation) return own.number > marked.number
  return marked.conversation !== placeIn(last).conversation
}
