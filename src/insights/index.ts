export { insightRoutes } from './routes'
export { Sweep } from './sweep'
export type { Phrase } from './phrases'
export { listUnmatched, mostDays, mostPhrases, wholeNumber } from './unmatched'
