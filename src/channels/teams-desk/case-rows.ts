import { openStates } from '../../handoff'
import { statement, type RowOf } from '../../storage'

/** The rows that the desk reads. */

export const selectCase = statement<{ ticket: string }>()((db, at) =>
  db
    .selectFrom('handoffs')
    .innerJoin('conversations', 'conversations.id', 'handoffs.conversation')
    .leftJoin('teams_desk_cards as post', 'post.ticket', 'handoffs.id')
    .select([
      'handoffs.id',
      'handoffs.conversation',
      'handoffs.state',
      'handoffs.reason',
      'handoffs.brief',
      'handoffs.created_at',
      'handoffs.ended_at',
      'handoffs.agent_id',
      'handoffs.agent_name',
      'handoffs.reply_to',
      'handoffs.fixed',
      'handoffs.fixed_words',
      'conversations.channel',
      'conversations.user_name',
      'conversations.last_seq',
      'conversations.bot_cursor',
      'conversations.state as conversation_state',
      'post.state as post_state',
      'post.thread',
      'post.activity',
      'post.shown',
      'post.sent_seq',
    ])
    .where('handoffs.id', '=', at('ticket')),
)
export type CaseRow = RowOf<typeof selectCase>

/** By what it is known that a case has moved on. */
const standing = [
  'handoffs.id',
  'handoffs.version',
  'handoffs.reply_to',
  'conversations.last_seq',
  'conversations.bot_cursor',
  'post.state as post_state',
] as const

/** Open cases, and how they stand in the channel. */
export const selectOpen = statement<{ limit: number }>()((db, at) =>
  db
    .selectFrom('handoffs')
    .innerJoin('conversations', 'conversations.id', 'handoffs.conversation')
    .leftJoin('teams_desk_cards as post', 'post.ticket', 'handoffs.id')
    .select(standing)
    .where('handoffs.state', 'in', [...openStates])
    .orderBy('handoffs.created_at')
    .limit(at('limit')),
)
export type Standing = RowOf<typeof selectOpen>

/** Cases that have ended and whose cards do not say so yet. */
export const selectEnding = statement<{ limit: number }>()((db, at) =>
  db
    .selectFrom('teams_desk_cards as post')
    .innerJoin('handoffs', 'handoffs.id', 'post.ticket')
    .innerJoin('conversations', 'conversations.id', 'handoffs.conversation')
    .select(standing)
    .where('post.state', 'in', ['posting', 'posted'])
    .where('handoffs.ended_at', 'is not', null)
    .limit(at('limit')),
)

export const selectByThread = statement<{ thread: string }>()((db, at) =>
  db.selectFrom('teams_desk_cards').select('ticket').where('thread', '=', at('thread')),
)

/** What came of an activity that was delivered before. */
export const selectHeard = statement<{ id: string }>()((db, at) =>
  db.selectFrom('teams_desk_heard').select(['ticket', 'notice']).where('id', '=', at('id')),
)

export const selectUntold = statement<{ limit: number }>()((db, at) =>
  db
    .selectFrom('teams_desk_heard')
    .select(['id', 'thread', 'notice'])
    .where('told_at', 'is', null)
    .orderBy('at')
    .limit(at('limit')),
)
