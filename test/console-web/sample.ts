import { reduce } from '../../web/console/state/reduce'
import type { Action } from '../../web/console/state/actions'
import type { CaseLine, Line, ServerMessage } from '../../web/console/state/contract'
import { start, type State } from '../../web/console/state/state'

export const minute = 60_000
/** The time at which every test begins. */
export const nine = Date.UTC(2026, 4, 4, 9)

export const maria = { id: 'a-maria', name: 'Maria', role: 'agent' } as const

/** A case that has waited for so many minutes. */
export const line = (id: string, waited: number, more: Partial<CaseLine> = {}): CaseLine => ({
  id,
  version: 1,
  state: 'queued',
  person: id,
  channel: 'direct-line',
  reason: 'asked for a person',
  createdAt: nine - waited * minute,
  viewers: [],
  ...more,
})

/** One that Maria holds. */
export const held = (id: string, waited: number, more: Partial<CaseLine> = {}): CaseLine =>
  line(id, waited, { state: 'held', agent: maria, claimedAt: nine - waited * minute, ...more })

export const said = (
  seq: number,
  from: Line['from'],
  text: string,
  more?: Partial<Line>,
): Line => ({
  seq,
  at: nine + seq * 1000,
  from,
  text,
  ...(from === 'agent' || from === 'note' ? { name: maria.name } : undefined),
  ...more,
})

export const message = (what: ServerMessage): Action => ({ type: 'message', message: what })
export const queue = (...cases: CaseLine[]): Action => message({ type: 'queue', cases, gone: [] })
export const reset = (...cases: CaseLine[]): Action =>
  message({ type: 'queue', reset: true, cases, gone: [] })
export const rowsOf = (id: string, ...rows: Line[]): Action => message({ type: 'rows', id, rows })

/** A console in which Maria is signed in, after all of this. */
export const after = (...actions: readonly Action[]): State =>
  actions.reduce(
    reduce,
    reduce(start(nine), {
      type: 'signed-in',
      agent: maria,
      signIn: { kind: 'password' },
      isSame: false,
    }),
  )
