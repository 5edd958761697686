import type { Example, Ranked } from './matcher'

/** A text whose meaning is known, and what the matcher made of it. */
export interface Answer {
  readonly wanted: Example
  readonly ranked: Ranked
}

/** How good the answers are; shares lie between 0 and 1, and are null where there was nothing to count. */
export interface Metrics {
  /** In-scope texts whose label ranks first, whatever the verdict. */
  readonly top1: number | null
  /** In-scope texts whose label is among the first three. */
  readonly top3: number | null
  /** How well the confidence tells in-scope texts from the others. */
  readonly auroc: number | null
  /** Of all texts with the verdict "sure", those whose first label is right. */
  readonly precisionWhenSure: number | null
  /** In-scope texts with the verdict "unsure": the person is asked what was meant. */
  readonly askRate: number | null
  /** Out-of-scope texts with the verdict "sure". */
  readonly oosSure: number | null
  /** Out-of-scope texts with the verdict "none". */
  readonly oosNone: number | null
  /** Out-of-scope texts below the confidence that keeps 95 % of the in-scope ones. */
  readonly oosRecallAt95: number | null
}

/** Every measure of these answers. */
export function metricsOf(answers: readonly Answer[]): Metrics {
  const ours = answers.filter(({ wanted }) => wanted.label !== undefined)
  const others = answers.filter(({ wanted }) => wanted.label === undefined)
  const sure = answers.filter(({ ranked }) => ranked.verdict === 'sure')
  return {
    top1: shareOf(ours, (answer) => isAmong(answer, 1)),
    top3: shareOf(ours, (answer) => isAmong(answer, 3)),
    auroc: auroc(ours.map(confidenceOf), others.map(confidenceOf)),
    precisionWhenSure: shareOf(sure, (answer) => isAmong(answer, 1)),
    askRate: shareOf(ours, ({ ranked }) => ranked.verdict === 'unsure'),
    oosSure: shareOf(others, ({ ranked }) => ranked.verdict === 'sure'),
    oosNone: shareOf(others, ({ ranked }) => ranked.verdict === 'none'),
    oosRecallAt95: rejectedWhenKeeping(0.95, ours.map(confidenceOf), others.map(confidenceOf)),
  }
}

/**
 * The chance that a text of `ours` has the higher confidence than one of `others`; a draw counts half.
 * The area under the ROC curve, by the ranks of Mann and Whitney (1947).
 */
export function auroc(ours: readonly number[], others: readonly number[]): number | null {
  if (ours.length === 0 || others.length === 0) return null
  const sorted = [
    ...ours.map((confidence) => ({ confidence, isOurs: true })),
    ...others.map((confidence) => ({ confidence, isOurs: false })),
  ].toSorted((a, b) => a.confidence - b.confidence)
  let won = 0
  let below = 0
  for (let from = 0; from < sorted.length;) {
    const alike = sorted.slice(from, endOfDraw(sorted, from))
    const oursHere = alike.filter(({ isOurs }) => isOurs).length
    const othersHere = alike.length - oursHere
    won += oursHere * (below + othersHere / 2)
    below += othersHere
    from += alike.length
  }
  return won / (ours.length * others.length)
}

/** The share of `others` below the highest threshold that still keeps this share of `ours`. */
export function rejectedWhenKeeping(
  share: number,
  ours: readonly number[],
  others: readonly number[],
): number | null {
  const descending = ours.toSorted((a, b) => b - a)
  const threshold = descending[Math.ceil(descending.length * share) - 1]
  return threshold === undefined ? null : shareOf(others, (confidence) => confidence < threshold)
}

/**
 * The confidence from which a text is best taken as in scope, when "none of ours" is one more label to get right.
 * This is how the paper of CLINC150 picks the threshold (Larson et al., 2019, "oos-threshold").
 */
export function bestThreshold(answers: readonly Answer[]): number {
  const sorted = answers
    .map((answer) => ({ ...answer, confidence: answer.ranked.confidence }))
    .toSorted((a, b) => a.confidence - b.confidence)
  let gain = 0
  let best = { gain: 0, threshold: 0 }
  for (let from = 0; from < sorted.length;) {
    const end = endOfDraw(sorted, from)
    for (const answer of sorted.slice(from, end)) {
      if (answer.wanted.label === undefined) gain += 1
      else if (isAmong(answer, 1)) gain -= 1
    }
    const [low = 0, high = Infinity] = [sorted[from]?.confidence, sorted[end]?.confidence]
    if (gain > best.gain) best = { gain, threshold: high === Infinity ? high : (low + high) / 2 }
    from = end
  }
  return best.threshold
}

/** In-scope accuracy and out-of-scope recall when texts below the threshold are turned down. */
export function withThreshold(answers: readonly Answer[], threshold: number) {
  const ours = answers.filter(({ wanted }) => wanted.label !== undefined)
  const others = answers.filter(({ wanted }) => wanted.label === undefined)
  const isKept = ({ ranked }: Answer): boolean => ranked.confidence >= threshold
  return {
    inScopeAccuracy: shareOf(ours, (answer) => isKept(answer) && isAmong(answer, 1)),
    oosRecall: shareOf(others, (answer) => !isKept(answer)),
  }
}

const confidenceOf = ({ ranked }: Answer): number => ranked.confidence

const isAmong = ({ wanted, ranked }: Answer, first: number): boolean =>
  wanted.label !== undefined &&
  ranked.matches.slice(0, first).some(({ label }) => label === wanted.label)

function shareOf<T>(items: readonly T[], isCounted: (item: T) => boolean): number | null {
  return items.length === 0 ? null : items.filter(isCounted).length / items.length
}

/** Where the run of equal confidences that starts at `from` ends. */
function endOfDraw(sorted: readonly { readonly confidence: number }[], from: number): number {
  let end = from + 1
  while (end < sorted.length && sorted[end]?.confidence === sorted[from]?.confidence) end += 1
  return end
}
