export { PackError, unknownName, type Fault } from './faults'
export { jsonSchemas } from './json-schema'
export { loadPack, readPackFiles } from './load'
export { parsePack, type PackFile } from './parse'
export { checkStyle } from './style'
export {
  answerSymptomSchema,
  fixSchema,
  ladderSymptomSchema,
  longestChoice,
  offTopicSchema,
  packSchema,
  phrasesSchema,
  symptomSchema,
  type AnswerSymptom,
  type CannedReply,
  type Fix,
  type Incident,
  type LabelledPhrase,
  type LadderSymptom,
  type OffTopic,
  type Pack,
  type PackInfo,
  type Symptom,
  type Way,
} from './schema'
