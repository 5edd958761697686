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

/** Puts one in. A fix takes the place of itself where it was refused. */
export const sendIn = (outbox: Outbox, id: string, pending: Pending): Outbox => ({
  ...outbox,
  [id]: [
    ...(outbox[id] ?? []).filter(
      ({ fix, status }) => fix === undefined || fix !== pending.fix || status !== 'failed',
    ),
    pending,
  ],
})

/** The server has it. What the log said of it in the meantime holds. */
export const accept = (outbox: Outbox, id: string, key: string): Outbox =>
  change(outbox, id, key, (pending) =>
    pending.status === 'failed' ? pending : { ...pending, status: 'accepted' },
  )

export const refuse = (outbox: Outbox, id: string, key: string, problem: string): Outbox =>
  change(outbox, id, key, (pending) => ({ ...pending, status: 'failed', problem }))

/** Sends it once more, under the same key: if the first did arrive after all, nothing is doubled. */
export const tryAgain = (outbox: Outbox, id: string, key: string): Outbox =>
  change(outbox, id, key, (pending) => ({ ...pending, status: 'sending', problem: undefined }))

export const discard = (outbox: Outbox, id: string, key: string): Outbox =>
  change(outbox, id, key, () => undefined)

/** The log has had its time: what the server took goes, what was not sent stays. */
export const assumeShown = (outbox: Outbox, id: string, key: string): Outbox =>
  change(outbox, id, key, (pending) => (pending.status === 'failed' ? pending : undefined))

/** The next one to send in a case: they go one after another, so that they arrive in the order written. */
export function nextToSend(outbox: Outbox, id: string): Pending | undefined {
  return outbox[id]?.find(({ status }) => status === 'sending')
}

/** Takes out what the log shows by now; a fix that the bot could not send says why. */
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
    const unsent: Pending | undefined = unsentBy(row, waiting)
    if (unsent)
      waiting = waiting.map((pending) =>
        pending === unsent ? { ...pending, status: 'failed', problem: row.text } : pending,
      )
  }
  return waiting === outbox[id] ? outbox : put(outbox, id, waiting)
}

function isShownBy(row: Line, pending: Pending, ownName: string | undefined): boolean {
  if (row.key !== undefined) return row.key === pending.key
  if (row.seq <= pending.after) return false
  // Also of one that was refused: it is there now, however often it was pressed.
  if (pending.kind === 'fix') return row.rung?.fix === pending.fix
  if (pending.status === 'failed') return false
  const from = pending.kind === 'note' ? 'note' : 'agent'
  return row.from === from && row.name === ownName && row.text.trim() === pending.text.trim()
}

/** Who writes the bot's own notes. */
const bot = 'Fixladder'
/** How they say it where they do not name the fix. */
const saysUnsent = /not sent|could not answer/

/** The fix that a note of the bot's is about: the one it names, or else the oldest on its way. */
function unsentBy(row: Line, waiting: readonly Pending[]): Pending | undefined {
  if (row.from !== 'note' || row.name !== bot || row.key !== undefined) return undefined
  const fixes = waiting.filter(
    ({ kind, status, after }) => kind === 'fix' && status !== 'failed' && after < row.seq,
  )
  const named = fixes.find(({ text }) => row.text.includes(text))
  return named ?? (saysUnsent.test(row.text) ? fixes[0] : undefined)
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
