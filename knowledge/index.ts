/** The door of the room that knows. In groups: what a pack is, what a message means, what comes next, what can be looked up. */

export { checkStyle, loadPack, PackError, parsePack, readPackFiles, unknownName } from './pack'
export type {
  AnswerSymptom,
  CannedReply,
  Fault,
  Fix,
  Incident,
  LadderSymptom,
  Pack,
  PackFile,
  PackInfo,
  Symptom,
  Way,
} from './pack'

export {
  createReader,
  englishFile,
  isFactsOnly,
  normalise,
  rememberTraining,
  trainReader,
} from './matching'
export type { Match, Reader, Reading, Trained, Verdict } from './matching'
export { seen } from './matching/seen'
export { wordChoices } from './choices'
export type { Choice } from './choices'
export {
  dueAt,
  instantsOf,
  isTimeZone,
  longestDays,
  prepareReplies,
  understand,
  wallAt,
  whenNamed,
} from './replies'
export type { Again, Question, Understood, When } from './replies'

export { remember } from './remember'
export * from './ladder'
export { commonest, find, firstFixes, type Finding, type Found } from './finding'
export { devices, roles, scopes } from './words'
export type { Device, Facts, Role, Scope } from './words'
