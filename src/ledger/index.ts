/** What happened to cases, and what follows from it. */
export { BeliefStore } from './belief-store'
export { listFixes, type FixOutcomes } from './fixes'
export type { CaseOutcome, Happening } from './happenings'
export { Silence, silentAfter } from './silence'
