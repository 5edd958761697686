/** Reading what people write: which symptom they mean, and the facts they mention. */
export { createReader } from './read'
export type { Match, Reader, Reading, ReadingKind, Verdict } from './reading'
export { isFactsOnly, readFacts, type FactQuestion } from './facts'
export { normalise, wordsOf } from './normalise'
export { createRepair } from './repair'
export { wantsPerson } from './small-talk'
export { measure, type Measurement, type Mistake } from './measure'
export { factWords, relatives } from './fact-patterns'
