import { freshState, readState, type BotState, type Brief } from '../../dialogs'
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

// Written by us from a Brief.
const asBrief = (text: string): Brief => JSON.parse(text) as Brief
