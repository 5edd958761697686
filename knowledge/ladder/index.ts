export {
  carryOver,
  consent,
  goBack,
  nextStep,
  openRung,
  record,
  show,
  startLadder,
  warningOf,
  type Ladder,
  type Rung,
  type RungResult,
  type Step,
} from './ladder'
export { rank, type Candidate } from './rank'
export { chooseWay, type MissingFact, type WayChoice } from './ways'
