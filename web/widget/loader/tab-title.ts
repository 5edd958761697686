/** What stands before the page's own title now. */
let mark = ''

/** Counts unread messages before the page's title, where a tab shows them; with none, the title is the page's own again. */
export function countInTitle(count: number): void {
  const { title } = document
  // The page may have given itself another title meanwhile.
  const own = title.startsWith(mark) ? title.slice(mark.length) : title
  mark = count ? `(${count}) ` : ''
  if (title !== mark + own) document.title = mark + own
}
