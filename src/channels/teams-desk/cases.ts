import {
  caseView,
  freshState,
  readState,
  type Brief,
  type CaseView,
  type RunningIncident,
} from '../../../dialogs'
import type { Beliefs, Pack } from '../../../knowledge'
import type { Agent, TicketState } from '../../handoff'
import type { Reads } from '../../storage'
import { selectCase, type CaseRow } from './case-rows'

/** A case as the desk shows it. Times are milliseconds since 1970. */
export interface DeskCase {
  readonly ticket: string
  readonly conversation: string
  readonly state: TicketState
  /** How the person is called, "Visitor" when nobody knows; they chose it themselves. */
  readonly person: string
  readonly channel: 'direct-line' | 'teams' | 'teams-group'
  readonly reason: string
  readonly createdAt: number
  readonly endedAt?: number
  readonly agent?: Agent
  /** Where the person can be answered outside the chat. */
  readonly replyTo?: string
  /** What fixed it, as the agent said: a fix, `other` or `nothing`; and what it was. */
  readonly fixed?: { readonly by: string; readonly title: string; readonly words?: string }
  /** As it was when it was passed on. */
  readonly brief: Brief
  /** As it is now. Once the case has ended the conversation may be about something else. */
  readonly view: CaseView
  readonly lastSeq: number
  readonly botCursor: number
  readonly post?: DeskPost
}

/** The case in the channel. */
export interface DeskPost {
  readonly state: NonNullable<CaseRow['post_state']>
  readonly thread?: string
  readonly activity?: string
  readonly shown?: string
  readonly sentSeq: number
}

/** What is known besides the rows. */
export interface Known {
  readonly pack: () => Pack
  readonly beliefs: () => Beliefs
  readonly incidents: () => readonly RunningIncident[]
}

export async function readCase(
  storage: Reads,
  ticket: string,
  known: Known,
): Promise<DeskCase | undefined> {
  const [row] = await storage.read(selectCase, { ticket })
  return row && asCase(row, known)
}

function asCase(row: CaseRow, { pack, beliefs, incidents }: Known): DeskCase {
  const state = readState(row.conversation_state) ?? freshState
  const post = postOf(row)
  return {
    ticket: row.id,
    conversation: row.conversation,
    state: row.state as TicketState,
    person: row.user_name?.replaceAll(/\s+/g, ' ').trim() || 'Visitor',
    channel: row.channel,
    reason: row.reason,
    createdAt: row.created_at,
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
    ...(row.agent_id !== null &&
      row.agent_name !== null && { agent: { id: row.agent_id, name: row.agent_name } }),
    ...(row.reply_to !== null && { replyTo: row.reply_to }),
    ...(row.fixed !== null && {
      fixed: {
        by: row.fixed,
        title: pack().fixes.get(row.fixed)?.title ?? row.fixed,
        ...(row.fixed_words !== null && { words: row.fixed_words }),
      },
    }),
    // Written by us from a Brief, in the same transaction as the hand-off itself.
    brief: JSON.parse(row.brief) as Brief,
    view: caseView(state, pack(), { beliefs: beliefs(), incidents: incidents() }),
    lastSeq: row.last_seq,
    botCursor: row.bot_cursor,
    ...(post && { post }),
  }
}

const postOf = (row: CaseRow): DeskPost | undefined =>
  row.post_state === null
    ? undefined
    : {
        state: row.post_state,
        ...(row.thread !== null && { thread: row.thread }),
        ...(row.activity !== null && { activity: row.activity }),
        ...(row.shown !== null && { shown: row.shown }),
        sentSeq: row.sent_seq ?? 0,
      }
