import {
  readState,
  resultInWords,
  type BotState,
  type Brief,
  type CaseView,
  type LadderView,
} from '../../dialogs'
import { rungResults, type Facts, type Pack } from '../../knowledge'
import type { CaseRow } from './case-rows'
import { deviceInWords } from './words'

/**
 * The bot's memory, if it still is about what the ticket is about: a person who came back with another trouble has moved
 * on, and the ended ticket is drawn as it was passed on.
 */
export function stateOf(row: CaseRow): BotState | undefined {
  const state = readState(row.conversation_state)
  const about = state?.case ?? state?.closed
  const hasMovedOn = row.ended_at !== null && (about?.id ?? null) !== row.case_id
  return hasMovedOn ? undefined : state
}

/** What a line in the queue tells of a case. */
export interface KnownOf {
  readonly symptom?: { readonly id: string; readonly confidence?: number }
  readonly facts: Facts
  readonly lastWords?: string
}

/** What is known of a ticket's case: by the bot's memory, or by the brief once the conversation is about something else. */
export function knownOf(row: CaseRow): KnownOf {
  const state = stateOf(row)
  if (!state) return byBrief(briefIn(row))
  const { facts, lastWords } = state
  const about = state.case ?? state.closed
  return {
    ...(about && {
      symptom: {
        id: about.symptom,
        ...(about.confidence !== undefined && { confidence: about.confidence }),
      },
    }),
    facts,
    ...(lastWords && { lastWords }),
  }
}

/** The brief and the rungs of a ticket whose conversation is about something else by now. */
export function pastView(
  row: CaseRow,
  entries: readonly { readonly fix: string | null; readonly result: string | null }[],
  pack: Pack,
): CaseView {
  const brief = briefIn(row)
  const { symptom, facts, lastWords } = byBrief(brief)
  const device = deviceInWords(facts)
  const known = symptom && pack.symptoms.get(symptom.id)
  const rungs = rungsIn(brief, entries, pack)
  return {
    ...(symptom && {
      symptom: { ...symptom, title: known?.title ?? brief.symptom?.title ?? symptom.id },
    }),
    alternatives: [],
    ...(device && { device }),
    ...(brief.role && { role: brief.role }),
    ...(brief.scope && { scope: brief.scope }),
    ...(brief.added && { added: brief.added }),
    ...(lastWords && { lastWords }),
    ...(rungs.length > 0 && { ladder: { rungs, next: [], ruledOut: [] } }),
    incidents: [],
  }
}

/** What had been tried when the case was passed on, and what was tried since. */
function rungsIn(
  brief: Brief,
  entries: readonly { readonly fix: string | null; readonly result: string | null }[],
  pack: Pack,
): LadderView['rungs'] {
  const results = new Map<string, string>(brief.rungs.map(({ fix, result }) => [fix, result]))
  for (const { fix, result } of entries)
    if (fix !== null && (result !== null || !results.has(fix))) results.set(fix, result ?? 'shown')
  return [...results].map(([fix, told]) => {
    const result = rungResults.find((each) => each === told)
    return {
      fix,
      title: pack.fixes.get(fix)?.title ?? fix,
      ...(result && { result }),
      resultText: resultInWords(told),
    }
  })
}

// Written by us from a Brief, in the same transaction as the hand-off itself.
const briefIn = (row: CaseRow): Brief => JSON.parse(row.brief) as Brief

const byBrief = ({ symptom, device, system, lastWords }: Brief): KnownOf => ({
  ...(symptom && {
    symptom: {
      id: symptom.id,
      ...(symptom.confidence !== undefined && { confidence: symptom.confidence }),
    },
  }),
  facts: { ...(device && { device }), ...(system && { system }) },
  ...(lastWords && { lastWords }),
})
