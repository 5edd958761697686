import { setTimeout as sleep } from 'node:timers/promises'
import { freshState } from '../../dialogs'
import type { Happening } from '../../src/ledger'
import { statement, type Tables } from '../../src/storage'
import type { Stage } from '../conversations/stage'

/** The moment at which the tests' cases begin. */
export const start = Date.UTC(2026, 10, 22, 14)
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** Everything in the ledger, in order, without what only one of the engines adds. */
export const entries = async (stage: Stage): Promise<Entry[]> =>
  (await stage.database.read(selectEntries, {})).map((row) => {
    const { xact: _added, ...entry } = row as typeof row & { xact?: string }
    return entry
  })
type Entry = Omit<Tables['ledger'], 'entry'> & { readonly entry: number }

/** The ledger in short: what happened, on which rung, and what came of it. */
export const inShort = async (stage: Stage): Promise<string[]> =>
  (await entries(stage)).map(({ what, fix, result, outcome }) =>
    [what, fix, result ?? outcome].filter((part) => part !== null).join(' '),
  )

/** How each case stands, by id. */
export const standing = async (stage: Stage): Promise<Record<string, string | null>> =>
  Object.fromEntries(
    (await stage.database.read(selectCases, {})).map(({ id, outcome }) => [id, outcome]),
  )

/** A turn of the conversation at this time: somebody writes, the bot answers, and this happens. */
export async function happen(
  stage: Stage,
  conversation: string,
  at: number,
  ...happenings: readonly Happening[]
): Promise<void> {
  const from = { id: 'dl_on_stage', role: 'user' } as const
  const { seq } = await stage.conversations.append(conversation, {
    at,
    kind: 'activity',
    audience: ['person', 'agents', 'bot'],
    body: { type: 'message', text: 'x', from },
  })
  const known = await stage.conversations.get(conversation)
  await stage.conversations.commit({
    conversation,
    cursor: { from: known?.botCursor ?? 0, to: seq },
    holderVersion: known?.holderVersion ?? 0,
    at,
    rows: [],
    state: JSON.stringify(freshState),
    happenings,
  })
  await untilSettled(stage)
}

/** Beliefs are of what is settled, which on PostgreSQL waits for whoever wrote before, in other databases of it, too. */
async function untilSettled(stage: Stage): Promise<void> {
  const last = async (from: typeof selectLast | typeof selectLastSettled) =>
    (await stage.database.read(from, {}))[0]?.entry
  while ((await last(selectLastSettled)) !== (await last(selectLast))) await sleep(10)
}

const symptom = 'stuck-updating-waiting'
const packVersion = '1'

export const opened = (caseId = 'case'): Happening => ({
  what: 'opened',
  caseId,
  symptom,
  packVersion,
})
export const shown = (fix: string, caseId = 'case', device?: string): Happening => ({
  what: 'shown',
  caseId,
  symptom,
  fix,
  ...(device === undefined ? {} : { device }),
  packVersion,
})
export const result = (
  fix: string,
  value: string,
  caseId = 'case',
  device?: string,
): Happening => ({
  what: 'result',
  caseId,
  symptom,
  fix,
  result: value,
  ...(device === undefined ? {} : { device }),
  packVersion,
})
export const closed = (
  outcome: Extract<Happening, { what: 'closed' }>['outcome'],
  caseId = 'case',
): Happening => ({ what: 'closed', caseId, outcome })
export const reopened = (caseId = 'case'): Happening => ({ what: 'reopened', caseId })

const selectEntries = statement<Record<string, never>>()((db) =>
  db.selectFrom('ledger').selectAll().orderBy('entry'),
)
const selectLast = statement<Record<string, never>>()((db) =>
  db.selectFrom('ledger').select('entry').orderBy('entry', 'desc').limit(1),
)
const selectLastSettled = statement<Record<string, never>>()((db) =>
  db.selectFrom('settled_ledger').select('entry').orderBy('entry', 'desc').limit(1),
)
const selectCases = statement<Record<string, never>>()((db) =>
  db.selectFrom('cases').select(['id', 'outcome']).orderBy('id'),
)
