import type { Estimate, Summary } from './summary'
import { names } from './worlds'

/** A table in Markdown, its numbers to the right. */
function markdown(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, at) =>
      at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
    )
    return `| ${padded.join(' | ')} |`
  }
  const rule = widths.map((width, at) =>
    at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  )
  return [line(titles), line(rule), ...rows.map(line)].join('\n')
}

/** Everybody compared for people who have one cause, answer truly and stay. */
export const cleanTable = (summaries: readonly Summary[]): string =>
  markdown(
    [
      'order',
      'minutes',
      'against the optimum',
      'against right priors',
      "against the article's order",
      'solved by a fix',
    ],
    summaries.map((summary) => [
      summary.name,
      minutes(summary.minutes),
      against(summary, names.optimum),
      against(summary, names.right),
      against(summary, names.article),
      percent(summary.shares.fix),
    ]),
  )

/** Everybody compared for people of all kinds, with those who do not end by a fix. */
export const realisticTable = (summaries: readonly Summary[]): string =>
  markdown(
    [
      'order',
      'minutes',
      'against right priors',
      "against the article's order",
      'minutes of those who stayed',
      'solved by a fix',
      'by a person',
      'left',
      'wrong yes',
    ],
    summaries.map((summary) => [
      summary.name,
      minutes(summary.minutes),
      against(summary, names.right),
      against(summary, names.article),
      minutes(summary.stayedMinutes),
      percent(summary.shares.fix),
      percent(summary.shares.person),
      percent(summary.shares.left),
      percent(summary.shares['wrong-yes']),
    ]),
  )

/** A difference in percent with its margin: "+2.1 ± 0.3 %". */
export const difference = ({ value, margin }: Estimate): string =>
  `${value < 0 ? '-' : '+'}${Math.abs(value * 100).toFixed(1)} ± ${(margin * 100).toFixed(1)} %`

const against = (summary: Summary, other: string): string => {
  const estimate = summary.above.get(other)
  return summary.name === other || !estimate ? '' : difference(estimate)
}

const minutes = (value: number): string => value.toFixed(2)
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
