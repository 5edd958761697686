import type { Score } from '../knowledge/replies/score'

/** How well a set of replies is understood, as text: per label, by confidence, and which label is taken for which. */
export function asReport(
  { replies, accuracy, acted, alsoHeard, labels, confidences }: Score,
  withMistakes: boolean,
): string {
  const wrong = replies.filter(({ isRight }) => !isRight)
  const names = labels.map(({ label }) => label)
  const width = Math.max(...names.map((name) => name.length))
  return [
    `${replies.length} replies, ${percent(accuracy)} understood; of what is said beside the answer, ${percent(alsoHeard)} heard`,
    `acted on rightly ${percent(acted.right)}, wrongly ${percent(acted.wrong)}; asked again ${percent(acted.asked)}`,
    '',
    `${'label'.padEnd(width)}  replies  precision  recall`,
    ...labels.map(({ label, means, taken, right }) =>
      [
        label.padEnd(width),
        String(means).padStart(9),
        (taken === 0 ? '-' : percent(right / taken)).padStart(11),
        (means === 0 ? '-' : percent(right / means)).padStart(8),
      ].join(''),
    ),
    '',
    'confidence  replies  right',
    ...confidences
      .filter(({ count }) => count > 0)
      .map(({ from, count, right }) =>
        [
          `from ${from.toFixed(2)}`.padEnd(10),
          String(count).padStart(9),
          percent(right / count).padStart(9),
        ].join(''),
      ),
    '',
    ...confusionTable(names, width, replies),
    ...(withMistakes
      ? [
          '',
          ...wrong.map(
            ({ sample, label, confidence }) =>
              `${sample.label} taken for ${label} ${confidence.toFixed(2)}: "${sample.text}" (${sample.kind})`,
          ),
        ]
      : []),
  ].join('\n')
}

/** What was meant, one row each; what it was taken for, one column each, numbered as the rows are. */
function confusionTable(
  names: readonly string[],
  width: number,
  replies: Score['replies'],
): string[] {
  const cell = (text: string) => text.padStart(5)
  const number = (place: number) => String(place + 1).padStart(2)
  return [
    'confusions: a row for what was meant, a column for what it was taken for',
    `${' '.repeat(width + 4)}${names.map((_, place) => cell(number(place))).join('')}`,
    ...names.map((meant, place) => {
      const taken = names.map(
        (name) =>
          replies.filter(({ sample, label }) => sample.label === meant && label === name).length,
      )
      const cells = taken.map((count) => cell(count === 0 ? '.' : String(count))).join('')
      return `${number(place)}  ${meant.padEnd(width)}${cells}`
    }),
  ]
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
