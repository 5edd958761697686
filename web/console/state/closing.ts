import type { CaseDetail, CaseLine } from './contract'

/** A case that is about to be closed, and can still be kept. */
export interface Closing {
  readonly id: string
  /** The server closes once for one key, however often it is sent. */
  readonly key: string
  readonly person: string
  /** A fix's id, or that it was something else, or nothing. */
  readonly fixed: string
  readonly words?: string
  readonly since: number
  readonly dueAt: number
}

/** Long enough to notice a wrong key. */
export const undoMs = 5000

/** The person wrote after closing began: they are not finished, so neither is the case. */
export const wroteAgain = (closing: Closing | undefined, line: CaseLine): boolean =>
  closing?.id === line.id && (line.awaitedSince ?? 0) > closing.since

/** What may be named as the fix, in the order of the ladder; the one that helped, or was being tried, comes first. */
export function whatFixed(
  detail: CaseDetail | undefined,
): readonly { readonly fix: string; readonly title: string }[] {
  const rungs = detail?.ladder?.rungs ?? []
  const likely = rungs.findLast(({ result }) => result === 'helped' || result === undefined)
  return likely ? [likely, ...rungs.filter((rung) => rung !== likely)] : rungs
}
