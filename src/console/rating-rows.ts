import { statement } from '../storage'

/** What people said of their cases, newest first; of one agent's cases, if one is named. */
export const selectRatings = statement<{ agent: string | null; limit: number }>()((db, at) =>
  db
    .selectFrom('ratings')
    .innerJoin('handoffs', 'handoffs.id', 'ratings.ticket')
    .innerJoin('conversations', 'conversations.id', 'ratings.conversation')
    .select([
      'ratings.ticket',
      'ratings.score',
      'ratings.words',
      'ratings.at',
      'handoffs.agent_id',
      'handoffs.agent_name',
      'conversations.user_name',
    ])
    .where((where) =>
      where.or([
        where(where.val(at('agent')), 'is', null),
        where('handoffs.agent_id', '=', at('agent')),
      ]),
    )
    .orderBy('ratings.at', 'desc')
    .orderBy('ratings.ticket')
    .limit(at('limit')),
)

/** How many there are since then, and what they come to. */
export const selectAverage = statement<{ agent: string | null; since: number }>()((db, at) =>
  db
    .selectFrom('ratings')
    .innerJoin('handoffs', 'handoffs.id', 'ratings.ticket')
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.avg<number | null>('ratings.score').as('average'),
    ])
    .where('ratings.at', '>=', at('since'))
    .where((where) =>
      where.or([
        where(where.val(at('agent')), 'is', null),
        where('handoffs.agent_id', '=', at('agent')),
      ]),
    ),
)
