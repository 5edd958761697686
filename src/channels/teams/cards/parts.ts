import { onCard } from '../escapes'

/** The few parts that cards for people are made of; all of them are in Adaptive Cards 1.4, as Teams' phones take it. */

export type Part = { readonly type: string } & Readonly<Record<string, unknown>>

/** A card as Teams takes it. */
export interface AdaptiveCard {
  readonly type: 'AdaptiveCard'
  readonly version: '1.4'
  /** What a client shows that draws no cards. */
  readonly fallbackText: string
  readonly body: readonly Part[]
}

/** A piece of a line. Pieces know no Markdown and no HTML, so whatever is in them is shown as it is. */
export interface Run {
  readonly text: string
  readonly isBold?: boolean
  readonly isQuiet?: boolean
  readonly isGood?: boolean
  /** Where it leads. */
  readonly href?: string
}

interface LineStyle {
  readonly size?: 'Medium'
  readonly spacing?: 'None' | 'Small' | 'Medium'
}

/** A line of pieces. */
export const line = (runs: readonly Run[], { size, spacing = 'Small' }: LineStyle = {}): Part => ({
  type: 'RichTextBlock',
  spacing,
  inlines: runs.map(({ text, isBold, isQuiet, isGood, href }) => ({
    type: 'TextRun',
    text: onCard(text),
    ...(size && { size }),
    ...(isBold && { weight: 'Bolder' }),
    ...(isQuiet && { isSubtle: true }),
    ...(isGood && { color: 'Good' }),
    ...(href !== undefined && { selectAction: { type: 'Action.OpenUrl', url: href } }),
  })),
})

export const quiet = (text: string, style?: LineStyle): Part =>
  line([{ text, isQuiet: true }], style)

/** One numbered step: what is longer than a line stays beside its number. */
export const step = (number: number, runs: readonly Run[]): Part => ({
  type: 'ColumnSet',
  spacing: 'Small',
  columns: [
    { type: 'Column', width: 'auto', items: [line([{ text: `${number}.`, isBold: true }])] },
    { type: 'Column', width: 'stretch', items: [line(runs)] },
  ],
})
