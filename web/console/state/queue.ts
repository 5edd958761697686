import type { CaseLine } from './contract'
import { holdOf, isOpen, me, type State, type Tab } from './state'

/** One part of the list, in the order in which it is worked through. */
export interface Section {
  readonly title?: 'waiting' | 'elsewhere' | 'held' | 'ended'
  readonly lines: readonly CaseLine[]
}

/** A wait of two minutes is noticed, one of five is felt (LOOK: colour only past these). */
export const lateMs = 2 * 60_000
export const overdueMs = 5 * 60_000

export type Urgency = 'calm' | 'late' | 'overdue'

/** The open tab's list, or what was searched for. */
export function sectionsOf(state: State): readonly Section[] {
  const lines = Object.values(state.cases)
  const { tab, search, found } = state.view
  if (search.trim()) return searched(lines, found, search)
  if (tab === 'mine') return full([{ lines: mine(state, lines) }])
  const queued = lines.filter(({ state: is }) => is === 'queued').sort(byWait)
  const here = queued.filter((line) => !isElsewhere(line))
  const elsewhere = queued.filter(isElsewhere)
  if (tab === 'waiting') return full([{ lines: here }, { title: 'elsewhere', lines: elsewhere }])
  return full([
    { title: 'waiting', lines: here },
    { title: 'held', lines: lines.filter(({ state: is }) => is === 'held').sort(byNeed) },
    { title: 'elsewhere', lines: elsewhere },
    { title: 'ended', lines: lines.filter((line) => !isOpen(line)).sort(byEnd) },
  ])
}

/** How many cases each tab holds; those that ended do not count. */
export function countsOf(state: State): Readonly<Record<Tab, number>> {
  const lines = Object.values(state.cases)
  return {
    mine: mine(state, lines).length,
    waiting: lines.filter(({ state: is }) => is === 'queued').length,
    all: lines.filter(isOpen).length,
  }
}

/** Since when somebody waits for an agent here, if anybody does. */
export const waitsSince = (line: CaseLine): number | undefined =>
  line.state === 'queued' ? line.createdAt : line.state === 'held' ? line.awaitedSince : undefined

export function urgencyOf(line: CaseLine, now: number): Urgency {
  const since = waitsSince(line)
  if (since === undefined || isElsewhere(line)) return 'calm'
  const waited = now - since
  if (waited >= overdueMs) return 'overdue'
  return waited >= lateMs ? 'late' : 'calm'
}

/** The person left an address and has gone: nobody sits and waits in the chat. */
export const isElsewhere = (line: CaseLine): boolean =>
  line.replyTo !== undefined && line.isHere !== true

/** The case `by` places further on in the list; from a case that has left it, the one that took its place. */
export function neighbour(state: State, by: 1 | -1): string | undefined {
  const lines = sectionsOf(state).flatMap((section) => section.lines)
  const at = lines.findIndex(({ id }) => id === state.view.selected)
  if (at >= 0) return (lines[at + by] ?? lines[at])?.id
  const gone = state.view.selected === undefined ? -1 : state.view.position
  const next = by > 0 ? Math.max(gone, 0) : gone - 1
  return lines[Math.min(Math.max(next, 0), lines.length - 1)]?.id
}

const mine = (state: State, lines: readonly CaseLine[]): CaseLine[] =>
  me(state) ? lines.filter((line) => holdOf(state, line) === 'mine').sort(byNeed) : []

const byWait = (a: CaseLine, b: CaseLine): number =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)

/** Who waits for an answer first, the longest first; then those who were answered, the longest held first. */
const byNeed = (a: CaseLine, b: CaseLine): number =>
  (a.awaitedSince ?? Infinity) - (b.awaitedSince ?? Infinity) ||
  (a.claimedAt ?? a.createdAt) - (b.claimedAt ?? b.createdAt) ||
  (a.id < b.id ? -1 : 1)

const byEnd = (a: CaseLine, b: CaseLine): number => (b.endedAt ?? 0) - (a.endedAt ?? 0)

const full = (sections: readonly Section[]): readonly Section[] =>
  sections.filter(({ lines }) => lines.length > 0)

function searched(
  lines: readonly CaseLine[],
  found: readonly CaseLine[],
  search: string,
): readonly Section[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = (line: CaseLine): boolean => {
    const text = searchable(line)
    return words.every((word) => text.includes(word))
  }
  const open = lines.filter((line) => isOpen(line) && fits(line)).sort(byNeedOrWait)
  const ended = new Map(
    [...found, ...lines.filter((line) => !isOpen(line) && fits(line))].map((line) => [
      line.id,
      line,
    ]),
  )
  for (const { id } of open) ended.delete(id)
  return full([{ lines: open }, { title: 'ended', lines: [...ended.values()].sort(byEnd) }])
}

const byNeedOrWait = (a: CaseLine, b: CaseLine): number =>
  (waitsSince(a) ?? Infinity) - (waitsSince(b) ?? Infinity) || byWait(a, b)

const searchable = (line: CaseLine): string =>
  [line.person, line.symptom?.title, line.symptom?.short, line.device, line.lastWords]
    .concat(line.agent?.name, line.replyTo)
    .join('\n')
    .toLowerCase()
