/** The door of the room that talks. */

export { converse } from './converse'
export { briefLines, briefOf, resultInWords } from './brief'
export { caseView, type CaseView, type LadderView } from './ladder-view'
export type { Brief, Effect, HandoffReason, UnmatchedWhy } from './effects'
export {
  agentEvent,
  deskTroubleEvent,
  handoffAbandonedEvent,
  handoffClosedEvent,
  incidentOverEvent,
  movedEvent,
  notedFacts,
  reminderEvent,
} from './events'
export type { AgentAct, DeskTrouble, Moved } from './events'
export { isWayOut } from './interpret'
export { buttonsOf, textOf } from './reply'
export type { Button, Press, Reply, RungReply } from './reply'
export { checksOf, rungOf } from './rung'
export { readState } from './read-state'
export { filesInWords, sentFilesIn } from './sent-files'
export { freshState, type BotState } from './state'
export type { DeskView, RunningIncident, SharedPlace, TurnInput } from './turn-input'
export { isPromised } from './waiting'
export { placeOf, say, whyHere } from './words'
