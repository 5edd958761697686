/** Reading what people write: which symptom they mean, and the facts they mention. */
export { createReader } from './read'
export type { Match, Reader, Reading, ReadingKind, Verdict } from './reading'
export { isFactsOnly, readFacts, type FactQuestion } from './facts'
export { clausesOf, normalise, wordsOf } from './normalise'
export { createListRepair } from './repair'
export { wantsNobody, wantsPerson } from './small-talk'
export { measure, type Confusion, type Measurement, type Mistake } from './measure'
export { findUnshared } from './unshared'
export { rememberTraining, trainReader, type Trained } from './trained'
export {
  createRanker,
  trainModel,
  type Example,
  type Guess,
  type TrainedExamples,
} from './examples'
export { englishFile, loadEnglish, type English } from './english'
export { factWords, relatives } from './fact-patterns'
