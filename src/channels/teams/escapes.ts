/** What others wrote, so that Teams shows it as it is. */

/** Stands between two characters, is not seen and breaks no line. */
const nothing = '\u2060'

/**
 * For a run of text on a card. Runs know no Markdown and no HTML; what is left are mentions, and the functions by which
 * a card writes times: {{DATE(...)}}.
 */
export const onCard = (text: string): string =>
  text
    .replaceAll(/<(?=\s*\/?\s*at\b)/gi, `<${nothing}`)
    .replaceAll('{{', `{${nothing}{`)
    .replaceAll(invisible, '')

/** For a line in a list of results, where Teams may read HTML or Markdown: neither a tag nor a link begins in it. */
export const inList = (text: string): string =>
  onCard(text).replaceAll('<', `<${nothing}`).replaceAll('](', `]${nothing}(`)

/** For a message, which Teams reads as Markdown with HTML in it. Each line is a paragraph. */
export const inMarkdown = (text: string): string =>
  text
    .replaceAll(invisible, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]~]/g, String.raw`\$&`)
    // Only at the beginning of a line: headings, lists, rules.
    .replaceAll(/^(\s*)([#+=-])/gm, String.raw`$1\$2`)
    .replaceAll(/^(\s*\d+)([.)])/gm, String.raw`$1\$2`)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n\n')

/** Control characters, and those that turn the direction of what follows: nobody types them, and they can hide what is said. */
// oxlint-disable-next-line no-control-regex
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g

/** So many characters at most, and a sign that there were more. A letter of two halves is not torn apart. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text
  const kept = text.slice(0, most - 1)
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`
}
