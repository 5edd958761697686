/** Understanding replies: what an answer means, given the question. */
export { understand } from './understand'
export { prepareReplies } from './judge'
export type { Label, Option, Question, QuestionKind, Understood } from './understood'
export { dueAt, instantsOf, isTimeZone, wallAt } from './due'
export { whenNamed, longestDays } from './when'
export type { Again, When } from './when'
