import { z } from 'zod'

/**
 * The part of Adaptive Cards 1.5 that the desk uses, written down from the schema at adaptivecards.io and from Teams'
 * own page on what it takes; strict, so that a misspelt or an unknown property is a fault.
 */

const spacing = z.enum(['None', 'Small', 'Default', 'Medium', 'Large'])

const textBlock = z.strictObject({
  type: z.literal('TextBlock'),
  text: z.string().min(1),
  size: z.enum(['Small', 'Default', 'Medium', 'Large', 'ExtraLarge']).optional(),
  weight: z.enum(['Lighter', 'Default', 'Bolder']).optional(),
  isSubtle: z.boolean().optional(),
  wrap: z.literal(true),
  spacing: spacing.optional(),
})

const textRun = z.strictObject({
  type: z.literal('TextRun'),
  text: z.string().min(1),
  weight: z.enum(['Lighter', 'Default', 'Bolder']).optional(),
  isSubtle: z.boolean().optional(),
  color: z.enum(['Default', 'Attention', 'Good', 'Warning']).optional(),
})

const richTextBlock = z.strictObject({
  type: z.literal('RichTextBlock'),
  inlines: z.array(textRun).min(1),
  spacing: spacing.optional(),
})

const inputText = z.strictObject({
  type: z.literal('Input.Text'),
  id: z.string().min(1),
  label: z.string().min(1),
  spacing: spacing.optional(),
  placeholder: z.string().optional(),
  isMultiline: z.boolean().optional(),
  maxLength: z.int().positive().optional(),
  value: z.string().optional(),
})

const choiceSet = z
  .strictObject({
    type: z.literal('Input.ChoiceSet'),
    id: z.string().min(1),
    label: z.string().min(1),
    spacing: spacing.optional(),
    style: z.enum(['compact', 'expanded']),
    choices: z.array(z.strictObject({ title: z.string().min(1), value: z.string().min(1) })).min(1),
    value: z.string().optional(),
    placeholder: z.string().optional(),
  })
  .refine(
    ({ value, choices }) => value === undefined || choices.some((each) => each.value === value),
    'chooses what is not there',
  )
  .refine(
    ({ choices }) => new Set(choices.map(({ value }) => value)).size === choices.length,
    'has a choice twice',
  )

const style = z.enum(['default', 'positive', 'destructive']).optional()
const data = z.record(z.string(), z.string())
const submit = z.strictObject({
  type: z.literal('Action.Submit'),
  title: z.string().min(1),
  data,
  style,
})
const execute = z
  .strictObject({
    type: z.literal('Action.Execute'),
    title: z.string().min(1),
    verb: z.string().min(1),
    data,
    style,
    fallback: submit,
  })
  .refine(
    ({ data: sent, fallback }) => JSON.stringify(sent) === JSON.stringify(fallback.data),
    'falls back to something else',
  )

const actionSet = z.strictObject({
  type: z.literal('ActionSet'),
  // Teams shows six, and hides the rest behind a menu.
  actions: z.array(execute).min(1).max(6),
})

export const adaptiveCard = z
  .strictObject({
    type: z.literal('AdaptiveCard'),
    version: z.literal('1.5'),
    fallbackText: z.string().min(1),
    body: z
      .array(
        z.discriminatedUnion('type', [textBlock, richTextBlock, inputText, choiceSet, actionSet]),
      )
      .min(1),
    msteams: z.strictObject({ width: z.literal('Full') }),
  })
  .refine(({ body }) => {
    const ids = body.flatMap((part) => ('id' in part ? [part.id] : []))
    return new Set(ids).size === ids.length
  }, 'has an id twice')

export type AdaptiveCard = z.infer<typeof adaptiveCard>

/** Teams takes cards up to 28 KB. */
export const mostBytes = 28 * 1024

/** Reads a card that was sent, and finds its faults. */
export function checkCard(json: unknown): AdaptiveCard {
  const bytes = Buffer.byteLength(JSON.stringify(json))
  if (bytes > mostBytes) throw new Error(`A card has ${bytes} bytes.`)
  return adaptiveCard.parse(json)
}

/** The card as somebody reads it, line by line; fields in <>, buttons in []. */
export const linesOf = ({ body }: AdaptiveCard): string[] =>
  body.map((part) => {
    switch (part.type) {
      case 'TextBlock':
        return part.text
      case 'RichTextBlock':
        return part.inlines.map(({ text }) => text).join('')
      case 'Input.Text':
        return `<${part.label}>${part.value ?? ''}`
      case 'Input.ChoiceSet':
        return `<${part.label}> ${part.choices.map(({ title }) => title).join(' | ')}`
      case 'ActionSet':
        return part.actions.map(({ title }) => `[${title}]`).join(' ')
    }
  })

/** What a press on the button with this title sends, with what was put into the fields. */
export function pressOf(
  card: AdaptiveCard,
  title: string,
  fields: Readonly<Record<string, string>> = {},
): { readonly verb: string; readonly data: Record<string, string> } {
  const actions = card.body.flatMap((part) => (part.type === 'ActionSet' ? part.actions : []))
  const action = actions.find((each) => each.title === title)
  if (!action) throw new Error(`There is no button "${title}" on ${linesOf(card).join(' / ')}`)
  const given = card.body.flatMap((part) =>
    'id' in part ? [[part.id, fields[part.id] ?? part.value ?? '']] : [],
  )
  return { verb: action.verb, data: { ...Object.fromEntries(given), ...action.data } }
}
