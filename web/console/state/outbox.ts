import type { Line } from './contract'
import type { State } from './state'

/** Something an agent sent that the log does not show yet. */
export interface Pending {
  /** The server writes one key once, however often it comes. */
  readonly key: string
  readonly kind: 'answer' | 'note' | 'fix'
  /** What is shown meanwhile: the words, or the fix's title. */
  readonly text: string
  readonly fix?: string
  readonly at: number
  /** The newest line when it was sent: only a later one can be it. */
  readonly after: number
  readonly status: 'sending' | 'accepted' | 'failed'
  /** Why it was refused. */
  readonly problem?: string
}

type Outbox = State['outbox']

export const add = (outbox: Outbox, id: string, pending: Pending): Outbox => ({
  ...outbox,
  [id]: [...(outbox[id] ?? []), pending],
})

export const accept = (outbox: Outbox, id: string, key: string): Outbox =>
  change(outbox, id, key, (pending) => ({ ...pending, status: 'accepted' }))

export const refuse = (outbox: Outbox, id: string, key: string, problem: string): Outbox =>
  change(outbox, id, key, (pending) => ({ ...pending, status: 'failed', problem }))

/** Sends it once more, under the same key: if the first did arrive after all, nothing is doubled. */
export const tryAgain = (outbox: Outbox, id: string, key: string): Outbox =>
  change(outbox, id, key, (pending) => ({ ...pending, status: 'sending', problem: undefined }))

export const discard = (outbox: Outbox, id: string, key: string): Outbox =>
  change(outbox, id, key, () => undefined)

/** The next one to send in a case: they go one after another, so that they arrive in the order written. */
export function nextToSend(outbox: Outbox, id: string): Pending | undefined {
  return outbox[id]?.find(({ status }) => status === 'sending')
}

/** Takes out what the log shows by now. */
export function settle(
  outbox: Outbox,
  id: string,
  rows: readonly Line[],
  ownName: string | undefined,
): Outbox {
  let waiting: readonly Pending[] | undefined = outbox[id]
  if (!waiting?.length) return outbox
  for (const row of rows) {
    const shown: Pending | undefined = waiting.find((pending) => isShownBy(row, pending, ownName))
    if (shown) waiting = waiting.filter((pending) => pending !== shown)
  }
  return waiting === outbox[id] ? outbox : put(outbox, id, waiting)
}

function isShownBy(row: Line, pending: Pending, ownName: string | undefined): boolean {
  if (row.key !== undefined) return row.key === pending.key
  if (row.seq <= pending.after || pending.status === 'failed') return false
  if (pending.kind === 'fix') return row.rung?.fix === pending.fix
  const from = pending.kind === 'note' ? 'note' : 'agent'
  return row.from === from && row.name === ownName && row.text.trim() === pending.text.trim()
}

function change(
  outbox: Outbox,
  id: string,
  key: string,
  to: (pending: Pending) => Pending | undefined,
): Outbox {
  const list = outbox[id]?.flatMap((each) => (each.key === key ? (to(each) ?? []) : each)) ?? []
  return put(outbox, id, list)
}

function put(outbox: Outbox, id: string, list: readonly Pending[]): Outbox {
  const { [id]: _, ...others } = outbox
  return list.length > 0 ? { ...others, [id]: list } : others
}
