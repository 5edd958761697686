/** A column of a table that is written row by row: its title, and how wide it is. */
export interface Column {
  readonly title: string
  readonly width: number
}

/** One line of a table; the first cell begins at the left, numbers end at the right. */
export const line = (columns: readonly Column[], cells: readonly string[]): string =>
  columns
    .map(({ width }, at) => {
      const cell = cells[at] ?? ''
      return at === 0 ? cell.padEnd(width) : cell.padStart(width)
    })
    .join('')
    .trimEnd()

/** The titles of the columns as a line. */
export const head = (columns: readonly Column[]): string =>
  line(
    columns,
    columns.map(({ title }) => title),
  )

/** A share in percent, a dash for none. */
export const percent = (share: number | null): string =>
  share === null ? '-' : (share * 100).toFixed(1)

/** Milliseconds: two digits while they are few. */
export const milliseconds = (ms: number | null): string => {
  if (ms === null || Number.isNaN(ms)) return '-'
  return ms.toFixed(ms < 10 ? 2 : ms < 100 ? 1 : 0)
}

export const write = (text: string): boolean => process.stdout.write(`${text}\n`)
