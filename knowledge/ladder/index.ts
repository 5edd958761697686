/** The ladder: what is believed of each fix, in which order they come, and where a person stands on it. */
export {
  carryOver,
  closedRungs,
  consent,
  dropParked,
  goBack,
  openRung,
  openRungs,
  record,
  rungResults,
  show,
  showBeside,
  startLadder,
  takeUpParked,
  wasTried,
  type Ladder,
  type Rung,
  type RungResult,
} from './ladder'
export {
  candidates,
  nextStep,
  stepAmong,
  ruledOut,
  warningOf,
  type Outlook,
  type RuledOut,
  type Step,
  type Telling,
} from './next-step'
export {
  isPersonQuicker,
  largeGain,
  rank,
  usualHumanMinutes,
  type Candidate,
  type Known,
  type Place,
} from './rank'
export {
  authorsBeliefs,
  createBeliefs,
  enoughCases,
  families,
  familyOf,
  priorWeight,
  type Belief,
  type Beliefs,
  type Count,
  type Family,
} from './beliefs'
export { countCases, type CaseRecord } from './count-cases'
export { chooseWay, type MissingFact, type WayChoice } from './ways'
export { affects, pointlessDuring } from './incidents'
