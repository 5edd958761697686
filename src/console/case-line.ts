import { briefOf } from '../../dialogs'
import type { Pack } from '../../knowledge'
import { reasonInWords, type TicketState } from '../handoff'
import type { CaseRow } from './case-rows'
import { standOf } from './case-stand'
import { deviceInWords } from './words'

/** A case in the queue, as every console shows it. Times are milliseconds since 1970. */
export interface CaseLine {
  readonly id: string
  readonly version: number
  readonly state: TicketState
  /** How the person is called; "Visitor" when nobody knows. */
  readonly person: string
  readonly channel: 'direct-line' | 'teams'
  readonly symptom?: {
    readonly id: string
    readonly title: string
    readonly short: string
    readonly confidence?: number
  }
  /** Completes "… 4 minutes ago": "asked for a person". */
  readonly reason: string
  readonly device?: string
  readonly lastWords?: string
  readonly createdAt: number
  readonly claimedAt?: number
  readonly endedAt?: number
  readonly agent?: { readonly id: string; readonly name: string }
  /** The person said something then that no agent has answered. */
  readonly awaitedSince?: number
  /** Where the person can be answered outside the chat. */
  readonly replyTo?: string
  /** Whether the page of somebody on the web is open. */
  readonly isHere?: boolean
  /** Who looks at it now. */
  readonly viewers: readonly { readonly id: string; readonly name: string }[]
}

/** What is known of a case besides its rows: hints of this process. */
export interface Hints {
  readonly viewers: CaseLine['viewers']
  readonly isHere?: boolean
}

/** Draws a case from its rows. */
export function caseLine(row: CaseRow, pack: Pack, { viewers, isHere }: Hints): CaseLine {
  const stand = standOf(row)
  const brief = 'brief' in stand ? stand.brief : briefOf(stand.state, pack)
  const { symptom, lastWords } = brief
  const device = deviceInWords(brief)
  return {
    id: row.id,
    version: row.version,
    state: row.state as TicketState,
    person: row.user_name?.trim() || 'Visitor',
    // A case that is passed on has moved to the personal chat before.
    channel: row.channel === 'direct-line' ? 'direct-line' : 'teams',
    ...(symptom && { symptom }),
    reason: reasonInWords(row.reason),
    ...(device && { device }),
    ...(lastWords && { lastWords }),
    createdAt: row.created_at,
    ...(row.claimed_at !== null && { claimedAt: row.claimed_at }),
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
    ...(row.agent_id !== null &&
      row.agent_name !== null && { agent: { id: row.agent_id, name: row.agent_name } }),
    ...(row.awaited_since !== null && { awaitedSince: row.awaited_since }),
    ...(row.reply_to !== null && { replyTo: row.reply_to }),
    ...(isHere !== undefined && { isHere }),
    viewers,
  }
}
