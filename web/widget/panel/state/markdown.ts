import { safeAddress } from '../../../look/safe-address'
import { createClosers, type Closers, type Mark } from './closers'

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
  /** Of the last block. */
  let lines: (readonly Inline[])[] = []
  let isJoining = false
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const last = blocks.at(-1)
    const item = itemOf(line)
    const parts = parseInline(item?.text ?? line)
    if (line.trim() === '') {
      isJoining = false
    } else if (item) {
      const { isOrdered, start } = item
      if (last?.kind === 'list' && last.isOrdered === isOrdered) lines.push(parts)
      else blocks.push({ kind: 'list', isOrdered, start, items: (lines = [parts]) })
      isJoining = false
    } else if (isJoining) {
      lines.push(parts)
    } else {
      blocks.push({ kind: 'paragraph', lines: (lines = [parts]) })
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

const code = /(`{1,2})([^`]+)\1/y
const link = /\[([^[\]\n]{1,500})\]\(([^\s()<>]{1,2000})\)/y
const address = /(?:https:\/\/|mailto:|tel:)[^\s<>"'`\\^{|}]{1,2000}/iy
const escaped = /\\[!-/:-@[-`{-~]/y
/** A sentence's own end is no part of an address in it. */
const endings = '.,;:!?)]*_…'
/** Where something may begin; all between is text. */
const openers = /[\\`*_[]|https:\/\/|mailto:|tel:/gi

/** One line with its marks. */
export function parseInline(text: string, depth = 0): readonly Inline[] {
  const closers = createClosers(text)
  return scan(text, (at) => {
    const first = text.charAt(at)
    if (first === '\\')
      return startsAt(escaped, text, at) && [{ kind: 'text', text: text.charAt(at + 1) }, 2]
    if (first === '`') {
      const [whole = '', , words = ''] = startsAt(code, text, at) ?? []
      return whole ? [{ kind: 'code', text: words }, whole.length] : undefined
    }
    const isMark = first === '*' || first === '_'
    if (isMark || first === '[') {
      if (depth >= deepest) return undefined
      return isMark ? emphasis({ text, at, closers, depth }, first) : namedLink(text, at)
    }
    return bareLink(text, at)
  })
}

interface Spot {
  readonly text: string
  readonly at: number
  readonly closers: Closers
  readonly depth: number
}

function emphasis({ text, at, closers, depth }: Spot, mark: '*' | '_'): Found {
  const parts = (from: number, to: number) => parseInline(text.slice(from, to), depth + 1)
  if (text.startsWith(mark, at + 1) && /\S/.test(text.charAt(at + 2))) {
    const end = closers(`${mark}${mark}` as Mark, at)
    if (end !== undefined) return [{ kind: 'strong', parts: parts(at + 2, end) }, end + 2 - at]
  }
  if (isInWord(text, at) || !/[^\s*_]/.test(text.charAt(at + 1))) return undefined
  const end = closers(mark, at)
  return end === undefined ? undefined : [{ kind: 'em', parts: parts(at + 1, end) }, end + 1 - at]
}

function namedLink(text: string, at: number): Found {
  const [whole = '', name = '', to = ''] = startsAt(link, text, at) ?? []
  const href = whole ? safeAddress(to) : undefined
  return href === undefined
    ? undefined
    : [{ kind: 'link', href, parts: [{ kind: 'text', text: name }] }, whole.length]
}

/** Words that are not Markdown, as agents write them: addresses become links, all else is text. */
export const parsePlain = (text: string): readonly Inline[] =>
  scan(text, (at) => bareLink(text, at))

type Found = readonly [Inline, length: number] | undefined

function scan(text: string, take: (at: number) => Found): readonly Inline[] {
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
    const found = take(at)
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

function bareLink(text: string, at: number): Found {
  if (isInWord(text, at)) return undefined
  const [whole] = startsAt(address, text, at) ?? []
  if (whole === undefined) return undefined
  let end = whole.length
  while (endings.includes(whole.charAt(end - 1))) end -= 1
  const shown = whole.slice(0, end)
  const href = safeAddress(shown)
  return href === undefined
    ? undefined
    : [{ kind: 'link', href, parts: [{ kind: 'text', text: shown }] }, end]
}

const isInWord = (text: string, at: number): boolean =>
  /[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, at - 2), at))

function startsAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}
