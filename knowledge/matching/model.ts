import type { Calibration } from './calibration'
import type { FeatureData } from './features'
import type { Postings } from './nearest'
import type { Scorer } from './scorer'

/** What was learnt from lessons: numbers and flat arrays only, so that a worker can hand it over without a copy. */
export interface Model {
  /** How many labels are entries; those from here on are not ours. */
  readonly entries: number
  readonly features: FeatureData
  readonly scorer: Scorer
  /** Label of each phrase, and which phrases have which features. */
  readonly phraseLabels: Int32Array
  readonly postings: Postings
  /** The mean sense of each entry's phrases, one row an entry. */
  readonly senses: Float32Array
  readonly calibration: Calibration
}

/** A model before it was tried on phrases that it has not seen. */
export type Untried = Omit<Model, 'calibration'>
