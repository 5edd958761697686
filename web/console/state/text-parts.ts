import { safeAddress } from '../../look/safe-address'

export type TextPart = { readonly text: string; readonly href?: string }

const links = /\b(?:https:\/\/|mailto:|tel:)[^\s<>"'`\\^{|}]+/gi
/** A sentence's own end is no part of an address in it. */
const ending = /[.,;:!?)\]…]+$/

/** Words of a message with the addresses in them; only https, mailto and tel ever become links. */
export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const match of text.matchAll(links)) {
    const address = match[0].replace(ending, '')
    const href = safeAddress(address)
    if (!href) continue
    if (match.index > from) parts.push({ text: text.slice(from, match.index) })
    parts.push({ text: address, href })
    from = match.index + address.length
  }
  if (from < text.length || parts.length === 0) parts.push({ text: text.slice(from) })
  return parts
}
