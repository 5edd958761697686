import type { Line } from './contract'

/** Lines of one speaker that are read as one. */
export interface Group {
  readonly kind: 'group'
  readonly from: 'person' | 'bot' | 'agent' | 'note'
  readonly name?: string
  readonly lines: readonly Line[]
}
export type Item =
  | Group
  | { readonly kind: 'system'; readonly line: Line }
  | { readonly kind: 'day'; readonly at: number }

/** What happened before the case was passed on, as one line tells it. */
export interface Fold {
  readonly rows: readonly Line[]
  readonly rungs: number
  readonly minutes: number
}

/** Lines further apart than this are two groups. */
const groupMs = 5 * 60_000
/** A fold that hides fewer lines than this saves nothing. */
const leastFolded = 4

/** The log in order, each line once; a line that comes again replaces the earlier one. */
export function mergeRows(known: readonly Line[], rows: readonly Line[]): readonly Line[] {
  const last = known.at(-1)?.seq ?? -1
  if (rows.every((row, index) => row.seq > (rows[index - 1]?.seq ?? last)))
    return [...known, ...rows]
  const bySeq = new Map([...known, ...rows].map((row) => [row.seq, row]))
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

/** Parts a conversation into what the bot did before, and what concerns the agent: from the person's last words on. */
export function fold(
  rows: readonly Line[],
  passedAt: number,
): { readonly before?: Fold; readonly rows: readonly Line[] } {
  const found = rows.findIndex(({ at }) => at >= passedAt)
  let end = found < 0 ? rows.length : found
  while (end > 0 && rows[end - 1]?.from === 'person') end -= 1
  if (end < leastFolded) return { rows }
  const before = rows.slice(0, end)
  const took = (before.at(-1)?.at ?? 0) - (before[0]?.at ?? 0)
  return {
    before: {
      rows: before,
      rungs: new Set(before.flatMap(({ rung }) => rung?.fix ?? [])).size,
      minutes: Math.max(1, Math.round(took / 60_000)),
    },
    rows: rows.slice(end),
  }
}

/** Lines put together as they are read: by speaker, with what the system says and new days between. */
export function itemsOf(rows: readonly Line[]): readonly Item[] {
  const items: Item[] = []
  let open: { group: Group; lines: Line[] } | undefined
  let day: string | undefined
  for (const line of rows) {
    const thisDay = new Date(line.at).toDateString()
    if (day !== undefined && thisDay !== day) {
      items.push({ kind: 'day', at: line.at })
      open = undefined
    }
    day = thisDay
    if (line.from === 'system') {
      items.push({ kind: 'system', line })
      open = undefined
    } else if (open && belongs(open, line)) open.lines.push(line)
    else {
      const lines = [line]
      const group: Group = { kind: 'group', from: line.from, name: line.name, lines }
      items.push(group)
      open = { group, lines }
    }
  }
  return items
}

const belongs = (open: { group: Group; lines: readonly Line[] }, line: Line): boolean =>
  open.group.from === line.from &&
  open.group.name === line.name &&
  line.at - (open.lines.at(-1)?.at ?? 0) < groupMs
