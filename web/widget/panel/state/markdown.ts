/** A piece of a line. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly parts: readonly Inline[] }
  | { readonly kind: 'em'; readonly parts: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly parts: readonly Inline[] }

/** A paragraph, or a list of one depth. */
export type Block =
  | { readonly kind: 'paragraph'; readonly lines: readonly (readonly Inline[])[] }
  | {
      readonly kind: 'list'
      readonly isOrdered: boolean
      readonly start: number
      readonly items: readonly (readonly Inline[])[]
    }

const bullet = /^\s{0,3}[-*+•]\s+(.*)$/
const numbered = /^\s{0,3}(\d{1,3})[.)]\s+(.*)$/

/**
 * The part of Markdown that support answers use: bold, italic, code, lists, links. Everything else, HTML above all,
 * stays the text it is. Gives plain values: what draws them can make nothing but these few elements.
 */
export function parseMarkdown(text: string): readonly Block[] {
  const blocks: Block[] = []
  let isJoining = false
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const last = blocks.at(-1)
    const item = itemOf(line)
    if (line.trim() === '') {
      isJoining = false
    } else if (item) {
      const { isOrdered, start, text: words } = item
      const parts = parseInline(words)
      if (last?.kind === 'list' && last.isOrdered === isOrdered)
        blocks[blocks.length - 1] = { ...last, items: [...last.items, parts] }
      else blocks.push({ kind: 'list', isOrdered, start, items: [parts] })
      isJoining = false
    } else if (isJoining && last?.kind === 'paragraph') {
      blocks[blocks.length - 1] = { ...last, lines: [...last.lines, parseInline(line)] }
    } else {
      blocks.push({ kind: 'paragraph', lines: [parseInline(line)] })
      isJoining = true
    }
  }
  return blocks
}

function itemOf(line: string) {
  const [, dotted] = bullet.exec(line) ?? []
  if (dotted !== undefined) return { isOrdered: false, start: 1, text: dotted }
  const [, number, counted] = numbered.exec(line) ?? []
  if (counted === undefined) return undefined
  return { isOrdered: true, start: Number(number), text: counted }
}

/** Nested deeper, marks are text: nobody writes so, and nothing then takes long. */
const deepest = 4

const code = /^(`{1,2})([^`]+)\1/
const strong = /^(\*\*|__)(?=\S)([^\n]{0,2000}?\S)\1/
const em = /^([*_])(?=[^\s*_])([^\n]{0,2000}?[^\s*_])\1(?![\p{L}\p{N}])/u
const link = /^\[([^[\]\n]{1,500})\]\(([^\s()<>]{1,2000})\)/
const address = /^(?:https:\/\/|mailto:|tel:)[^\s<>"'`\\^{|}]+/i
/** A sentence's own end is no part of an address in it. */
const ending = /[.,;:!?)\]*_…]+$/
/** Where something may begin; all between is text. */
const openers = /[\\`*_[]|https:\/\/|mailto:|tel:/gi

/** One line with its marks. */
export function parseInline(text: string, depth = 0): readonly Inline[] {
  return scan(text, (rest, before) => {
    if (rest.startsWith('\\'))
      return /^\\[!-/:-@[-`{-~]/.test(rest) ? [{ kind: 'text', text: rest[1] ?? '' }, 2] : undefined
    const inCode = code.exec(rest)
    if (inCode) return [{ kind: 'code', text: inCode[2] ?? '' }, inCode[0].length]
    if (depth < deepest) {
      const isInWord = /[\p{L}\p{N}]$/u.test(before)
      const bold = strong.exec(rest)
      if (bold)
        return [{ kind: 'strong', parts: parseInline(bold[2] ?? '', depth + 1) }, bold[0].length]
      const slanted = isInWord ? null : em.exec(rest)
      if (slanted)
        return [{ kind: 'em', parts: parseInline(slanted[2] ?? '', depth + 1) }, slanted[0].length]
      const named = link.exec(rest)
      const href = named && safeAddress(named[2] ?? '')
      if (named && href)
        return [
          { kind: 'link', href, parts: [{ kind: 'text', text: named[1] ?? '' }] },
          named[0].length,
        ]
    }
    return bareLink(rest, before)
  })
}

/** Words that are not Markdown, as agents write them: addresses become links, all else is text. */
export const parsePlain = (text: string): readonly Inline[] => scan(text, bareLink)

type Found = readonly [Inline, length: number] | undefined

function scan(text: string, take: (rest: string, before: string) => Found): readonly Inline[] {
  const parts: Inline[] = []
  let words = ''
  let at = 0
  const flush = () => {
    if (words) parts.push({ kind: 'text', text: words })
    words = ''
  }
  while (at < text.length) {
    openers.lastIndex = at
    const next = openers.exec(text)?.index ?? text.length
    words += text.slice(at, next)
    at = next
    if (at >= text.length) break
    const found = take(text.slice(at, at + 4100), text.slice(Math.max(0, at - 2), at))
    if (!found) {
      words += text[at] ?? ''
      at += 1
    } else if (found[0].kind === 'text') {
      words += found[0].text
      at += found[1]
    } else {
      flush()
      parts.push(found[0])
      at += found[1]
    }
  }
  flush()
  return parts
}

function bareLink(rest: string, before: string): Found {
  if (/[\p{L}\p{N}]$/u.test(before)) return undefined
  const shown = address.exec(rest)?.[0].replace(ending, '')
  const href = shown === undefined ? undefined : safeAddress(shown)
  if (shown === undefined || href === undefined) return undefined
  return [{ kind: 'link', href, parts: [{ kind: 'text', text: shown }] }, shown.length]
}

/** The address, if it may be a link: https, mailto and tel only, and none that looks like another host. */
export function safeAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, href, username, password, hostname } = new URL(text)
  if (protocol === 'https:')
    // "https://bank.example@evil.example/" leads to evil.example, whatever it looks like.
    return username || password || !hostname ? undefined : href
  return (protocol === 'mailto:' || protocol === 'tel:') && /^(mailto|tel):[^\s]/i.test(text)
    ? href
    : undefined
}
