import { statement, type Tables } from '../storage'

/** The statements behind `writes.ts`: the ledger, then the cases as they stand, then what the sweep asks. */

export const insertEntry = statement<{
  at: number
  conversation: string
  caseId: string
  what: Tables['ledger']['what']
  symptom: string
  fix: string | null
  device: string | null
  result: string | null
  outcome: string | null
  minutes: number | null
  version: string
}>()((db, at) =>
  db.insertInto('ledger').values({
    at: at('at'),
    conversation: at('conversation'),
    case_id: at('caseId'),
    what: at('what'),
    symptom: at('symptom'),
    fix: at('fix'),
    device: at('device'),
    result: at('result'),
    outcome: at('outcome'),
    minutes: at('minutes'),
    pack_version: at('version'),
  }),
)

/** What was shown and answered in a case, in order. */
export const selectRungs = statement<{ caseId: string }>()((db, at) =>
  db
    .selectFrom('ledger')
    .select(['at', 'what', 'symptom', 'fix', 'device', 'pack_version'])
    .where('case_id', '=', at('caseId'))
    .where('what', 'in', ['shown', 'result'])
    .orderBy('entry'),
)

export const deleteEntriesOf = statement<{ conversation: string }>()((db, at) =>
  db.deleteFrom('ledger').where('conversation', '=', at('conversation')),
)

export const selectCaseIds = statement<{ conversation: string }>()((db, at) =>
  db
    .selectFrom('ledger')
    .select('case_id')
    .distinct()
    .where('conversation', '=', at('conversation')),
)

/** Of nobody: no conversation has this id. */
const nobodys = ''

export const unlinkEntries = statement<{ id: string; to: string }>()((db, at) =>
  db
    .updateTable('ledger')
    .set({ case_id: at('to'), conversation: nobodys })
    .where('case_id', '=', at('id')),
)

/** One that is open will never end, so it is no count of anything. */
export const unlinkCase = statement<{ id: string; to: string }>()((db, at) =>
  db
    .updateTable('cases')
    .set({ id: at('to'), conversation: nobodys })
    .where('id', '=', at('id'))
    .where('outcome', 'is not', null),
)

export const insertCase = statement<{
  id: string
  conversation: string
  symptom: string
  confidence: number | null
  version: string
  at: number
}>()((db, at) =>
  db.insertInto('cases').values({
    id: at('id'),
    conversation: at('conversation'),
    symptom: at('symptom'),
    confidence: at('confidence'),
    pack_version: at('version'),
    opened_at: at('at'),
    closed_at: null,
    outcome: null,
    incident: null,
  }),
)

/** A case as it stands, with the version of the pack that its newest happening was under. */
export const selectCase = statement<{ id: string }>()((db, at) =>
  db
    .selectFrom('cases')
    .select((column) => [
      'symptom',
      'outcome',
      column.fn
        .coalesce(
          column
            .selectFrom('ledger')
            .select('ledger.pack_version')
            .whereRef('ledger.case_id', '=', 'cases.id')
            .orderBy('ledger.entry', 'desc')
            .limit(1),
          'cases.pack_version',
        )
        .as('version'),
    ])
    .where('id', '=', at('id')),
)

export const setOutcome = statement<{
  id: string
  outcome: string | null
  incident: string | null
  at: number | null
}>()((db, at) =>
  db
    .updateTable('cases')
    .set({ outcome: at('outcome'), incident: at('incident'), closed_at: at('at') })
    .where('id', '=', at('id')),
)

export const deleteCasesOf = statement<{ conversation: string }>()((db, at) =>
  db.deleteFrom('cases').where('conversation', '=', at('conversation')),
)

/** The open cases of a conversation whose newest row is still this one, which the bot has read, and which waits for no timer. */
export const selectSilentCases = statement<{ conversation: string; seq: number }>()((db, at) =>
  db
    .selectFrom('cases')
    .innerJoin('conversations', 'conversations.id', 'cases.conversation')
    .select('cases.id')
    .where('cases.conversation', '=', at('conversation'))
    .where('cases.outcome', 'is', null)
    .where('conversations.last_seq', '=', at('seq'))
    .where('conversations.bot_cursor', '=', at('seq'))
    .where('cases.conversation', 'not in', (sub) =>
      sub.selectFrom('timers').select('conversation'),
    ),
)

/** Conversations with a case that is open though nothing was written since `before`, and that wait for no timer. */
export const selectSilent = statement<{ before: number; limit: number }>()((db, at) =>
  db
    .selectFrom('cases')
    .innerJoin('conversations', 'conversations.id', 'cases.conversation')
    .select(['conversations.id', 'conversations.last_seq'])
    .distinct()
    .where('cases.outcome', 'is', null)
    // Implied by what follows, and what the index of open cases is sorted by.
    .where('cases.opened_at', '<=', at('before'))
    .where('conversations.last_at', '<=', at('before'))
    .whereRef('conversations.bot_cursor', '=', 'conversations.last_seq')
    .where('cases.conversation', 'not in', (sub) => sub.selectFrom('timers').select('conversation'))
    .limit(at('limit')),
)
