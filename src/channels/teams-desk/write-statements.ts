import { statement } from '../../storage'

/** The statements behind `writes.ts`. */

/** The conversation of a case, and its newest row when the case was opened. */
export const selectPlace = statement<{ ticket: string }>()((db, at) =>
  db
    .selectFrom('handoffs')
    .leftJoin('log', (join) =>
      join
        .onRef('log.conversation', '=', 'handoffs.conversation')
        .onRef('log.at', '<=', 'handoffs.created_at'),
    )
    .select((column) => ['handoffs.conversation', column.fn.max('log.seq').as('seq')])
    .where('handoffs.id', '=', at('ticket'))
    .groupBy('handoffs.conversation'),
)

export const addTry = statement<{ ticket: string; conversation: string; seq: number }>()((db, at) =>
  db
    .insertInto('teams_desk_cards')
    .values({
      ticket: at('ticket'),
      conversation: at('conversation'),
      state: 'posting',
      thread: null,
      activity: null,
      tries: 1,
      reposted: 0,
      shown: null,
      sent_seq: at('seq'),
      line_seq: 0,
      line_tries: 0,
    })
    .onConflict((conflict) =>
      conflict.column('ticket').doUpdateSet((column) => ({
        tries: column('teams_desk_cards.tries', '+', 1),
      })),
    )
    .returning('tries'),
)

export const takeBackTry = statement<{ ticket: string }>()((db, at) =>
  db
    .updateTable('teams_desk_cards')
    .set((column) => ({ tries: column('tries', '-', 1) }))
    .where('ticket', '=', at('ticket')),
)

/** Only of a card that has no thread yet: an answer that comes late changes nothing. */
export const setPosted = statement<{
  ticket: string
  state: 'posted' | 'refused' | 'unknown'
  thread: string | null
  activity: string | null
  shown: string | null
}>()((db, at) =>
  db
    .updateTable('teams_desk_cards')
    .set({
      state: at('state'),
      thread: at('thread'),
      activity: at('activity'),
      shown: at('shown'),
      tries: 0,
    })
    .where('ticket', '=', at('ticket'))
    .where('state', 'in', ['posting', 'unknown'])
    .where('thread', 'is', null),
)

export const setShown = statement<{ ticket: string; shown: string }>()((db, at) =>
  db
    .updateTable('teams_desk_cards')
    .set({ shown: at('shown') })
    .where('ticket', '=', at('ticket')),
)

export const setLost = statement<{ ticket: string }>()((db, at) =>
  db
    .updateTable('teams_desk_cards')
    .set((column) => ({
      state: column
        .case()
        .when('reposted', '=', 0)
        .then('posting' as const)
        .else('gone' as const)
        .end(),
      reposted: 1,
      thread: null,
      activity: null,
      shown: null,
      tries: 0,
      line_tries: 0,
    }))
    .where('ticket', '=', at('ticket')),
)

export const setEnded = statement<{ ticket: string }>()((db, at) =>
  db
    .updateTable('teams_desk_cards')
    .set({ state: 'done' })
    .where('ticket', '=', at('ticket'))
    .where('state', 'in', ['posting', 'posted']),
)

export const beginLine = statement<{ ticket: string; seq: number }>()((db, at) =>
  db
    .updateTable('teams_desk_cards')
    .set((column) => ({
      line_tries: column
        .case()
        .when('line_seq', '=', at('seq'))
        .then(column('line_tries', '+', 1))
        .else(1)
        .end(),
      line_seq: at('seq'),
    }))
    .where('ticket', '=', at('ticket'))
    .returning('line_tries'),
)

export const takeBackLine = statement<{ ticket: string }>()((db, at) =>
  db
    .updateTable('teams_desk_cards')
    .set((column) => ({ line_tries: column('line_tries', '-', 1) }))
    .where('ticket', '=', at('ticket')),
)

export const moveCursor = statement<{ ticket: string; seq: number }>()((db, at) =>
  db
    .updateTable('teams_desk_cards')
    .set({ sent_seq: at('seq'), line_tries: 0 })
    .where('ticket', '=', at('ticket'))
    .where('sent_seq', '<', at('seq')),
)

export const forgetHeard = statement<{ before: number }>()((db, at) =>
  db.deleteFrom('teams_desk_heard').where('at', '<', at('before')),
)

export const insertHeard = statement<{
  id: string
  at: number
  thread: string
  ticket: string | null
  conversation: string | null
  notice: string | null
  toldAt: number | null
}>()((db, at) =>
  db
    .insertInto('teams_desk_heard')
    .values({
      id: at('id'),
      at: at('at'),
      thread: at('thread'),
      ticket: at('ticket'),
      conversation: at('conversation'),
      notice: at('notice'),
      told_at: at('toldAt'),
    })
    .onConflict((conflict) => conflict.column('id').doNothing()),
)

export const setTold = statement<{ id: string; at: number }>()((db, at) =>
  db
    .updateTable('teams_desk_heard')
    .set({ told_at: at('at') })
    .where('id', '=', at('id')),
)
