import { z } from 'zod'

/** Longest formatted text that is looked at, in characters; Teams itself stops at some 28 KB. */
const longest = 100_000

const formatted = z.object({ contentType: z.literal('text/html'), content: z.string() })

/** The formatted text that Teams sends beside the plain one; undefined without one. */
export const formattedIn = (attachments: readonly unknown[] | null | undefined) =>
  (attachments ?? [])
    .flatMap((each) => formatted.safeParse(each).data ?? [])[0]
    ?.content.slice(0, longest)

/** The emoji in a formatted text: the plain one that comes with it has none. */
export const emojiIn = (html: string): readonly string[] =>
  [...html.matchAll(/<(?:img|emoji)\b[^<>]*>/gi)].flatMap(([tag]) => emojiOf(tag) ?? [])

/** A formatted text as words: its lines and emoji, without quotes of what others said and without mentions. */
export const wordsOfHtml = (html: string): string =>
  html
    .replaceAll(/<blockquote\b[^<>]*>.*?<\/blockquote>/gis, ' ')
    // A mention is a span that says so, or an <at>.
    .replaceAll(/<span\b[^<>]*schema\.skype\.com\/Mention[^<>]*>[^<>]*<\/span>/gi, ' ')
    .replaceAll(/<at\b[^<>]*>[^<>]*<\/at>/gi, ' ')
    .replaceAll(/<(?:img|emoji)\b[^<>]*>/gi, (tag) => emojiOf(tag) ?? ' ')
    .replaceAll(/<(?:br|\/p|\/div|\/li)\b[^<>]*>/gi, '\n')
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(escaped, (entity) => entities[entity] ?? entity)
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n[ \n]*/g, '\n')
    .trim()

/** A plain text as it was written: mentions as names, and Teams' escapes as what they stand for. */
export const unescaped = (text: string): string =>
  text
    .replaceAll(/<\/?at\b[^<>]*>/gi, '')
    .replaceAll(escaped, (entity) => entities[entity] ?? entity)
    .trim()

const escaped = /&(?:nbsp|lt|gt|quot|#39|amp);/g
const entities: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
}

/** The emoji that a picture stands for; a picture that a person pasted is called "image". */
function emojiOf(tag: string): string | undefined {
  const alt = /\balt\s*=\s*["']([^"']{1,40})["']/i.exec(tag)?.[1]
  return alt !== undefined && /\p{Extended_Pictographic}/u.test(alt) ? alt : undefined
}
