export type {
  CaseChange,
  CaseOutcome,
  Commit,
  IncidentWaits,
  NewHandoff,
  RungResultRow,
  Timer,
  UnmatchedPhrase,
} from './commit'
export { Conversations } from './conversations'
export type { Appended, Conversation, NewConversation } from './conversations'
export { rowId } from './rows'
export type { Audience, Body, NewRow, Row, RowKind } from './rows'
export { Timers } from './timers'
export type { Knowledge } from './answer'
export { Turns } from './turns'
