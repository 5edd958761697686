import { statement, type RowOf } from '../storage'
import { openStates } from '../handoff'

/** The rows behind the console's cases. */

const columns = [
  'handoffs.id',
  'handoffs.conversation',
  'handoffs.case_id',
  'handoffs.version',
  'handoffs.state',
  'handoffs.reason',
  'handoffs.created_at',
  'handoffs.claimed_at',
  'handoffs.ended_at',
  'handoffs.agent_id',
  'handoffs.agent_name',
  'handoffs.awaited_since',
  'handoffs.reply_to',
  'handoffs.brief',
  'handoffs.closing_brief',
  'conversations.channel',
  'conversations.user_name',
  'conversations.last_seq',
  'conversations.bot_cursor',
  'conversations.state as conversation_state',
] as const

/** Which cases there are to show, and by what it is known that one has changed. */
export const selectStands = statement<{ since: number; limit: number }>()((db, at) =>
  db
    .selectFrom('handoffs')
    .innerJoin('conversations', 'conversations.id', 'handoffs.conversation')
    .select([
      'handoffs.id',
      'handoffs.conversation',
      'handoffs.version',
      'handoffs.awaited_since',
      'handoffs.reply_to',
      'conversations.last_seq',
      'conversations.bot_cursor',
    ])
    .where((where) =>
      where.or([
        where('handoffs.state', 'in', [...openStates]),
        where('handoffs.ended_at', '>', at('since')),
      ]),
    )
    // The open ones first: were there ever too many, none of them gives way to one that has ended.
    .orderBy('handoffs.ended_at', (order) => order.desc().nullsFirst())
    .orderBy('handoffs.created_at')
    .limit(at('limit')),
)

export const selectCase = statement<{ id: string }>()((db, at) =>
  db
    .selectFrom('handoffs')
    .innerJoin('conversations', 'conversations.id', 'handoffs.conversation')
    .select(columns)
    .where('handoffs.id', '=', at('id')),
)
export type CaseRow = RowOf<typeof selectCase>

/** Ended cases, the newest first; of one agent, if one is named. */
export const selectEnded = statement<{ agent: string | null; limit: number }>()((db, at) =>
  db
    .selectFrom('handoffs')
    .innerJoin('conversations', 'conversations.id', 'handoffs.conversation')
    .select(columns)
    .where('handoffs.ended_at', 'is not', null)
    .where((where) =>
      where.or([
        where(where.val(at('agent')), 'is', null),
        where('handoffs.agent_id', '=', at('agent')),
      ]),
    )
    .orderBy('handoffs.ended_at', 'desc')
    .limit(at('limit')),
)

/** The other cases of the same person. */
export const selectEarlier = statement<{ conversation: string; id: string }>()((db, at) =>
  db
    .selectFrom('handoffs')
    .leftJoin('cases', 'cases.id', 'handoffs.case_id')
    .select([
      'handoffs.id',
      'handoffs.created_at',
      'handoffs.ended_at',
      'handoffs.state',
      'cases.symptom',
    ])
    .where('handoffs.conversation', '=', at('conversation'))
    .where('handoffs.id', '<>', at('id'))
    .orderBy('handoffs.created_at', 'desc')
    .limit(10),
)

/** The minutes that the rungs of a case took, in the order in which they were answered. */
export const selectMinutes = statement<{ caseId: string }>()((db, at) =>
  db
    .selectFrom('ledger')
    .select(['fix', 'minutes'])
    .where('case_id', '=', at('caseId'))
    .where('what', '=', 'result')
    .where('minutes', 'is not', null)
    .orderBy('entry'),
)
