import { onCard } from '../teams'

/** The few parts that our cards are made of; all of them are in Adaptive Cards 1.5. */

export type Part = { readonly type: string } & Readonly<Record<string, unknown>>

/** A card as Teams takes it. */
export interface Card {
  readonly type: 'AdaptiveCard'
  readonly version: '1.5'
  readonly fallbackText: string
  readonly body: readonly Part[]
  readonly msteams: { readonly width: 'Full' }
}

/** A card with its heading: our own words only, since a text block reads Markdown. */
export const card = (heading: string, body: readonly Part[]): Card => ({
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText: heading,
  body: [
    { type: 'TextBlock', text: heading, size: 'Medium', weight: 'Bolder', wrap: true },
    ...body,
  ],
  msteams: { width: 'Full' },
})

export const label = (text: string): Part => ({
  type: 'TextBlock',
  text,
  weight: 'Bolder',
  wrap: true,
  spacing: 'Medium',
})
export const quiet = (text: string): Part => ({
  type: 'TextBlock',
  text,
  isSubtle: true,
  wrap: true,
  spacing: 'Small',
})

/** A piece of a line; what others wrote stands in pieces only. */
export interface Run {
  readonly text: string
  readonly bold?: boolean
  readonly quiet?: boolean
  readonly alert?: boolean
}

/** A line of pieces. Runs of text know no Markdown, so whatever is in them is shown as it is. */
export const line = (...runs: readonly Run[]): Part => ({
  type: 'RichTextBlock',
  spacing: 'Small',
  inlines: runs.map(({ text, bold, quiet: isQuiet, alert }) => ({
    type: 'TextRun',
    text: onCard(text),
    ...(bold && { weight: 'Bolder' }),
    ...(isQuiet && { isSubtle: true }),
    ...(alert && { color: 'Attention' }),
  })),
})

/** A moment, which Teams writes in the reader's own time zone. */
export function moment(at: number): string {
  const time = `${new Date(at).toISOString().slice(0, 19)}Z`
  return `{{DATE(${time},COMPACT)}} {{TIME(${time})}}`
}

export interface Choice {
  readonly title: string
  readonly value: string
}

/** A list to choose from; without a `value` nothing is chosen yet. */
export const choices = (
  id: string,
  name: string,
  list: readonly Choice[],
  value?: string,
): Part => ({
  type: 'Input.ChoiceSet',
  id,
  label: name,
  spacing: 'Medium',
  style: 'compact',
  choices: list,
  ...(value === undefined ? { placeholder: 'Choose' } : { value }),
})

export const buttons = (...actions: readonly Part[]): Part => ({ type: 'ActionSet', actions })

/** A button that asks for the new card in the answer; older clients send the same as a message. */
export function button(
  title: string,
  data: Readonly<Record<string, string>> & { readonly fixladder: string },
  isMain = false,
): Part {
  const style = isMain ? { style: 'positive' } : {}
  return {
    type: 'Action.Execute',
    title,
    verb: data.fixladder,
    data,
    ...style,
    fallback: { type: 'Action.Submit', title, data, ...style },
  }
}
