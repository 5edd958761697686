export { cardOf, type Drawn } from './card'
export { bytesOf, fitting, mostBytes, pieces, shortened, type Fitting } from './fit'
export {
  cardOfAnswer,
  cardOfFix,
  cardOfSymptom,
  type ShownAnswer,
  type ShownFix,
  type ShownSteps,
  type ShownSymptom,
} from './found'
export { foldedIn, type Folded } from './folded'
export type { AdaptiveCard } from './parts'
