export { cardOf, type Drawn } from './card'
export { bytesOf, fitting, mostBytes, pieces, shortened, type Fitting } from './fit'
export { foldedIn, type Folded } from './folded'
export type { AdaptiveCard } from './parts'
