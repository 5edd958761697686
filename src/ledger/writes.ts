import { randomUUID } from 'node:crypto'
import type { RowOf, Tx } from '../storage'
import type { CaseOutcome, Happening, OnRung } from './happenings'
import { minutesOf, openRungsIn } from './rungs'
import {
  deleteCasesOf,
  deleteEntriesOf,
  insertCase,
  insertEntry,
  selectCase,
  selectCaseIds,
  selectRungs,
  selectSilentCases,
  setOutcome,
  unlinkCase,
  unlinkEntries,
} from './statements'

/** What changes the ledger and the cases. Runs inside the storage worker's transactions; rows are added, and erased with their conversation. */
export const ledgerWrites = { unconfirm, forgetCases }

/** Where and when something happened. */
interface Place {
  readonly conversation: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** Writes down what a turn tells of its cases, in order, as a part of its commit. Of a case that was erased nothing is written. */
export async function noteHappenings(
  tx: Tx,
  place: Place,
  happenings: readonly Happening[],
): Promise<void> {
  const cases = new Standings(tx)
  for (const happening of happenings) await note(tx, place, cases, happening)
}

async function note(tx: Tx, place: Place, cases: Standings, happening: Happening): Promise<void> {
  switch (happening.what) {
    case 'opened':
      return open(tx, place, cases, happening)
    case 'shown':
    case 'result':
      return noteRung(tx, place, cases, happening)
    case 'closed':
      return close(tx, place, cases, happening)
    case 'reopened':
      return reopen(tx, place, cases, happening.caseId)
  }
}

/** How the cases of one transaction stand; each is asked for once. */
class Standings {
  readonly #tx: Tx
  readonly #known = new Map<string, Standing | undefined>()

  constructor(tx: Tx) {
    this.#tx = tx
  }

  /** Undefined for a case that was erased. */
  async of(caseId: string): Promise<Standing | undefined> {
    if (!this.#known.has(caseId)) {
      const [stands] = await this.#tx.run(selectCase, { id: caseId })
      this.#known.set(caseId, stands)
    }
    return this.#known.get(caseId)
  }

  opened(caseId: string, stands: Standing): void {
    this.#known.set(caseId, stands)
  }

  /** It was written that it stands otherwise now. */
  changed(caseId: string, change: Partial<Standing>): void {
    const stands = this.#known.get(caseId)
    if (stands) this.#known.set(caseId, { ...stands, ...change })
  }
}

type Standing = RowOf<typeof selectCase>

/**
 * Closes the open cases of a conversation that fell silent, unless it moved on since row `seq`. Rungs that were shown
 * and never answered get the same result.
 */
async function unconfirm(
  tx: Tx,
  { conversation, seq, at }: { conversation: string; seq: number; at: number },
): Promise<void> {
  for (const { id } of await tx.run(selectSilentCases, { conversation, seq })) {
    const rungs = await tx.run(selectRungs, { caseId: id })
    for (const rung of openRungsIn(rungs))
      await tx.run(insertEntry, {
        ...nothing,
        ...rung,
        at,
        conversation,
        caseId: id,
        what: 'result',
        result: 'unconfirmed',
        version: rung.pack_version,
      })
    const ending = { caseId: id, outcome: 'unconfirmed' } as const
    await close(tx, { conversation, at }, new Standings(tx), ending)
  }
}

/** Erases a conversation's cases and all that is written of them; whatever erases a conversation calls this in the same transaction. */
export async function forgetCases(tx: Tx, input: { conversation: string }): Promise<void> {
  await tx.run(deleteEntriesOf, input)
  await tx.run(deleteCasesOf, input)
}

/**
 * Takes from the cases of a conversation what tells whose they were: they belong to no conversation from now on, and
 * their ids, which others may have been told, are new ones. What came of their fixes stays and counts as before.
 */
export async function unlinkCases(tx: Tx, input: { conversation: string }): Promise<void> {
  for (const { case_id: id } of await tx.run(selectCaseIds, input)) {
    const change = { id, to: randomUUID() }
    await tx.run(unlinkEntries, change)
    await tx.run(unlinkCase, change)
  }
}

async function open(
  tx: Tx,
  { conversation, at }: Place,
  cases: Standings,
  { caseId, symptom, confidence, packVersion }: Extract<Happening, { what: 'opened' }>,
): Promise<void> {
  await tx.run(insertCase, {
    id: caseId,
    conversation,
    symptom,
    confidence: confidence ?? null,
    version: packVersion,
    at,
  })
  await tx.run(insertEntry, {
    ...nothing,
    at,
    conversation,
    caseId,
    what: 'opened',
    symptom,
    version: packVersion,
  })
  cases.opened(caseId, { symptom, outcome: null, version: packVersion })
}

async function noteRung(
  tx: Tx,
  place: Place,
  cases: Standings,
  happening: Extract<Happening, { what: 'shown' | 'result' }>,
): Promise<void> {
  const { caseId, symptom, fix, device, packVersion }: OnRung = happening
  const stands = await cases.of(caseId)
  if (!stands) return
  if (stands.outcome === 'unconfirmed') await reopen(tx, place, cases, caseId)
  const told = happening.what === 'result' ? happening : undefined
  const minutes = told && minutesOf(await tx.run(selectRungs, { caseId }), told, place.at)
  await tx.run(insertEntry, {
    ...nothing,
    ...place,
    caseId,
    what: happening.what,
    symptom,
    fix,
    device: device ?? null,
    result: told?.result ?? null,
    minutes: minutes ?? null,
    version: packVersion,
  })
  cases.changed(caseId, { version: packVersion })
}

async function close(
  tx: Tx,
  place: Place,
  cases: Standings,
  { caseId, outcome, incident = null }: Ending,
): Promise<void> {
  const stands = await cases.of(caseId)
  if (!stands) return
  if (stands.outcome === 'unconfirmed') await reopen(tx, place, cases, caseId)
  const { symptom, version } = stands
  await tx.run(insertEntry, {
    ...nothing,
    ...place,
    caseId,
    what: 'closed',
    symptom,
    outcome,
    version,
  })
  await tx.run(setOutcome, { id: caseId, outcome, incident, at: place.at })
  cases.changed(caseId, { outcome })
}

/** The same case goes on. One that a person took over stays theirs until somebody says that it is solved. */
async function reopen(tx: Tx, place: Place, cases: Standings, caseId: string): Promise<void> {
  const stands = await cases.of(caseId)
  if (!stands) return
  const { symptom, outcome, version } = stands
  await tx.run(insertEntry, {
    ...nothing,
    ...place,
    caseId,
    what: 'reopened',
    symptom,
    outcome,
    version,
  })
  if (outcome === 'handed_off') return
  await tx.run(setOutcome, { id: caseId, outcome: null, incident: null, at: null })
  cases.changed(caseId, { outcome: null })
}

/** How a case ended; the incident whose end solved it, if one did. */
interface Ending {
  readonly caseId: string
  readonly outcome: CaseOutcome
  readonly incident?: string | null
}

/** What a row has no value for. */
const nothing = { fix: null, device: null, result: null, outcome: null, minutes: null } as const
