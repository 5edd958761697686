import { line, type Part, type Run } from './parts'

/**
 * What the bot says, as runs: bold and links of its Markdown are drawn, everything else stays the text it is. (A text
 * block of Teams would read Markdown itself, and with it what people's own words look like.)
 */
export const runsOf = (text: string, style: Partial<Run> = {}): readonly Run[] =>
  [...text.matchAll(marks)].flatMap(([plain, bold, label, href]): Run[] =>
    bold !== undefined
      ? [{ ...style, text: bold, isBold: true }]
      : label !== undefined && href !== undefined
        ? [{ ...style, text: label, href }]
        : [{ ...style, text: plain }],
  )

/** A paragraph or a line of a list each. */
export const written = (text: string, style: Partial<Run> = {}): readonly Part[] =>
  text
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => line(runsOf(each, style)))

/** `**bold**`, `[label](https://…)`, or a stretch of anything else; a lone mark is one too. */
const marks =
  /\*\*([^*\n]{1,500})\*\*|\[([^\][\n]{1,200})\]\((https:\/\/[^\s()]{1,500})\)|[^*[]+|[*[]/g
