import type { ExpressionBuilder } from 'kysely'
import { statement, type Tables } from '../storage'

/** The statements behind `writes.ts`, in the order of the tables. */

export const insertConversation = statement<{
  id: string
  channel: 'direct-line' | 'teams' | 'teams-group'
  user: string
  name: string | null
  locale: string | null
  at: number
}>()((db, at) =>
  db
    .insertInto('conversations')
    .values({
      id: at('id'),
      channel: at('channel'),
      user_id: at('user'),
      user_name: at('name'),
      locale: at('locale'),
      created_at: at('at'),
      last_seq: 0,
      last_at: 0,
      bot_cursor: 0,
      holder: 'bot',
      holder_version: 0,
      state: '{}',
      died_at_seq: 0,
      deaths: 0,
      runner: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id'),
)

/** Whether a conversation with this id was erased lately. */
export const selectForgotten = statement<{ id: string }>()((db, at) =>
  db.selectFrom('forgotten').select('id').where('id', '=', at('id')),
)

export const selectLives = statement<{ id: string }>()((db, at) =>
  db.selectFrom('conversations').select('id').where('id', '=', at('id')),
)

/** The later of the conversation's newest time and `now`. */
const later = (column: ExpressionBuilder<Tables, 'conversations'>, now: number) =>
  column.case().when('last_at', '>', now).then(column.ref('last_at')).else(now).end()

export const findByKey = statement<{ conversation: string; key: string }>()((db, at) =>
  db
    .selectFrom('log')
    .select('seq')
    .where('conversation', '=', at('conversation'))
    .where('key', '=', at('key')),
)

/** Gives no row when there is no such conversation, or a row with this key in it already. */
export const countUp = statement<{
  conversation: string
  key: string | null
  now: number
  runner: string | null
}>()((db, at) =>
  db
    .updateTable('conversations')
    .set((column) => ({
      last_seq: column('last_seq', '+', 1),
      last_at: later(column, at('now')),
      // Whoever runs what waits before it runs this, too.
      runner: column
        .case()
        .when('bot_cursor', '<', column.ref('last_seq'))
        .then(column.fn.coalesce('runner', column.val(at('runner'))))
        .else(column.val(at('runner')))
        .end(),
    }))
    .where('id', '=', at('conversation'))
    .where((column) => isNew(column, at('conversation'), at('key')))
    .returning(['last_seq', 'last_at', 'holder']),
)

/** For a row that is not for the bot: a bot that has read everything has read this one too. */
export const countUpPastBot = statement<{
  conversation: string
  key: string | null
  now: number
}>()((db, at) =>
  db
    .updateTable('conversations')
    .set((column) => ({
      last_seq: column('last_seq', '+', 1),
      last_at: later(column, at('now')),
      bot_cursor: column
        .case()
        .when('bot_cursor', '=', column.ref('last_seq'))
        .then(column('last_seq', '+', 1))
        .else(column.ref('bot_cursor'))
        .end(),
    }))
    .where('id', '=', at('conversation'))
    .where((column) => isNew(column, at('conversation'), at('key')))
    .returning(['last_seq', 'last_at', 'holder']),
)

/** No row of the conversation has this key. */
const isNew = (
  column: ExpressionBuilder<Tables, 'conversations'>,
  conversation: string,
  key: string | null,
) =>
  column.not(
    column.exists(
      column
        .selectFrom('log')
        .select('log.seq')
        .where('log.conversation', '=', conversation)
        .where('log.key', '=', key),
    ),
  )

/** The compare-and-set at the heart of a commit. The bot's own rows need no reading by the bot, so its cursor passes them if nothing else is waiting. */
export const moveOn = statement<{
  conversation: string
  from: number
  to: number
  version: number
  rows: number
  now: number
  state: string | null
  holder: 'queue' | 'bot' | null
  /** By how much the holder's version grows: 1 when the holder changes. */
  steps: number
}>()((db, at) =>
  db
    .updateTable('conversations')
    .set((column) => ({
      bot_cursor: column
        .case()
        .when('last_seq', '=', at('to'))
        .then(column('last_seq', '+', at('rows')))
        .else(at('to'))
        .end(),
      last_seq: column('last_seq', '+', at('rows')),
      last_at: later(column, at('now')),
      state: column.fn.coalesce(column.val(at('state')), column.ref('state')),
      holder: column.fn.coalesce(column.val(at('holder')), column.ref('holder')),
      holder_version: column('holder_version', '+', at('steps')),
      died_at_seq: 0,
      deaths: 0,
    }))
    .where('id', '=', at('conversation'))
    .where('bot_cursor', '=', at('from'))
    .where('holder_version', '=', at('version'))
    .returning(['last_seq', 'last_at', 'bot_cursor']),
)

export const insertRow = statement<{
  conversation: string
  seq: number
  at: number
  kind: string
  audience: number
  target: number | null
  key: string | null
  body: string | null
}>()((db, at) =>
  db.insertInto('log').values({
    conversation: at('conversation'),
    seq: at('seq'),
    at: at('at'),
    kind: at('kind'),
    audience: at('audience'),
    target_seq: at('target'),
    key: at('key'),
    body: at('body'),
  }),
)

export const takeOver = statement<{ conversation: string; from: string; to: string | null }>()(
  (db, at) =>
    db
      .updateTable('conversations')
      .set({ runner: at('to') })
      .where('id', '=', at('conversation'))
      .where('runner', '=', at('from'))
      .returning('id'),
)

export const countDeath = statement<{ conversation: string; seq: number }>()((db, at) =>
  db
    .updateTable('conversations')
    .set((column) => ({
      deaths: column
        .case()
        .when('died_at_seq', '=', at('seq'))
        .then(column('deaths', '+', 1))
        .else(1)
        .end(),
      died_at_seq: at('seq'),
    }))
    .where('id', '=', at('conversation'))
    .returning('deaths'),
)

export const takeTimer = statement<{ id: string }>()((db, at) =>
  db.deleteFrom('timers').where('id', '=', at('id')).returning(['conversation', 'name', 'value']),
)

export const dropTimer = statement<{ id: string }>()((db, at) =>
  db.deleteFrom('timers').where('id', '=', at('id')),
)

export const insertTimer = statement<{
  id: string
  conversation: string
  dueAt: number
  name: string
  value: string
}>()((db, at) =>
  db.insertInto('timers').values({
    id: at('id'),
    conversation: at('conversation'),
    due_at: at('dueAt'),
    name: at('name'),
    value: at('value'),
  }),
)
