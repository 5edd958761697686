import { factsAbout, freshState, readState, type BotState, type Brief } from '../../dialogs'
import type { Facts } from '../../knowledge'
import type { CaseRow } from './case-rows'

/** How a case stands: by the bot's memory while its ticket is open, by the brief of its end afterwards. */
export type CaseStand = { readonly state: BotState } | { readonly brief: Brief }

/**
 * What came after the end is not the ticket's, so it goes by its closing brief. Until the bot has written that, and of
 * tickets of earlier versions, the memory counts as long as it is about the same case.
 */
export function standOf(row: CaseRow): CaseStand {
  if (row.closing_brief !== null) return { brief: asBrief(row.closing_brief) }
  const state = readState(row.conversation_state)
  if (row.ended_at === null) return { state: state ?? freshState }
  const about = state?.case ?? state?.closed
  return state && (about?.id ?? null) === row.case_id ? { state } : { brief: asBrief(row.brief) }
}

/** What a line in the queue tells of a case. */
export interface InShort {
  readonly symptom?: { readonly id: string; readonly confidence?: number }
  readonly facts: Facts
  readonly lastWords?: string
}

export function inShort(stand: CaseStand): InShort {
  const { symptom, confidence, facts, lastWords } =
    'brief' in stand ? ofBrief(stand.brief) : ofState(stand.state)
  return {
    ...(symptom !== undefined && {
      symptom: { id: symptom, ...(confidence !== undefined && { confidence }) },
    }),
    facts,
    ...(lastWords && { lastWords }),
  }
}

const ofBrief = ({ symptom, device, system, lastWords }: Brief) => ({
  symptom: symptom?.id,
  confidence: symptom?.confidence,
  facts: { ...(device && { device }), ...(system && { system }) },
  lastWords,
})

function ofState(state: BotState) {
  const about = state.case ?? state.closed
  return {
    symptom: about?.symptom,
    confidence: about?.confidence,
    facts: factsAbout(state),
    lastWords: state.lastWords,
  }
}

// Written by us from a Brief.
const asBrief = (text: string): Brief => JSON.parse(text) as Brief
