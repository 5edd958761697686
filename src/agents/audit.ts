import { createHash } from 'node:crypto'

/** What the audit log tells of: who came and went, who was let in, who read or took what. */
export const auditWhats = [
  'sign_in',
  'sign_in_failed',
  'sign_out',
  'sessions_ended',
  'agent_added',
  'agent_changed',
  'agent_disabled',
  'agent_enabled',
  'password_changed',
  'invite_made',
  'invite_used',
  'invite_revoked',
  'transcript_read',
  'case_claimed',
  'case_transferred',
  'case_closed',
  'case_returned',
  'case_released',
  'desk_refused',
  'person_erased',
] as const

export type AuditWhat = (typeof auditWhats)[number]

/** Somebody as the log names them: the name of that day, and the id that stays. */
export interface Who {
  readonly id: string
  readonly name: string
}

/** One line of the log. Never a person's words, nor anything that was typed at the sign-in. */
export interface AuditEntry {
  /** Nobody, when it happened without an agent: a failed sign-in, the first start. */
  readonly by: Who | null
  readonly what: AuditWhat
  readonly about?: string | undefined
}

/** A line as it is kept: numbered 1, 2, 3 … and chained to the one before. */
export type AuditRow = {
  readonly n: number
  readonly at: number
  readonly by_id: string | null
  readonly by_name: string | null
  readonly what: string
  readonly about: string | null
  readonly hash: string
}

/** The hash over a line and over the hash of the one before; as JSON, so that no two lines read the same. */
export const chainHash = (before: string, row: Omit<AuditRow, 'hash'>): string =>
  createHash('sha256')
    .update(JSON.stringify([before, row.n, row.at, row.by_id, row.by_name, row.what, row.about]))
    .digest('base64url')

/** Where a chain ends: the number and the hash of its last line. */
export interface ChainEnd {
  readonly n: number
  readonly hash: string
}

export const emptyChain: ChainEnd = { n: 0, hash: '' }

export type ChainFault = { readonly n: number; readonly fault: 'missing' | 'changed' }

/** Follows a chain over some more lines; says where it leads, or the first line that is missing or was changed. */
export function follow(from: ChainEnd, rows: readonly AuditRow[]): ChainEnd | ChainFault {
  let end = from
  for (const row of rows) {
    if (row.n !== end.n + 1) return { n: end.n + 1, fault: 'missing' }
    if (row.hash !== chainHash(end.hash, row)) return { n: row.n, fault: 'changed' }
    end = { n: row.n, hash: row.hash }
  }
  return end
}
