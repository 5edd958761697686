import { z } from 'zod'

/**
 * The part of Adaptive Cards 1.4 that cards for people use, written down from the schema at adaptivecards.io; strict, so
 * that a misspelt or an unknown property is a fault.
 */

const spacing = z.enum(['None', 'Small', 'Default', 'Medium', 'Large']).optional()

const textRun = z.strictObject({
  type: z.literal('TextRun'),
  text: z.string().min(1),
  size: z.literal('Medium').optional(),
  weight: z.literal('Bolder').optional(),
  isSubtle: z.boolean().optional(),
  color: z.enum(['Good', 'Warning', 'Attention']).optional(),
  selectAction: z
    .strictObject({ type: z.literal('Action.OpenUrl'), url: z.url({ protocol: /^https$/ }) })
    .optional(),
})

const richTextBlock = z.strictObject({
  type: z.literal('RichTextBlock'),
  inlines: z.array(textRun).min(1),
  spacing,
})

const columnSet = z.strictObject({
  type: z.literal('ColumnSet'),
  spacing,
  columns: z
    .array(
      z.strictObject({
        type: z.literal('Column'),
        width: z.enum(['auto', 'stretch']),
        items: z.array(richTextBlock).length(1),
      }),
    )
    .length(2),
})

const data = z.strictObject({
  fixladder: z.literal(1),
  mark: z.string().length(12).optional(),
  case: z.string().optional(),
  ask: z.int().positive(),
  answer: z.string().min(1),
  label: z.string().min(1),
})
export type SentPress = z.infer<typeof data>

const submit = z.strictObject({
  type: z.literal('Action.Submit'),
  title: z.string().min(1),
  data: data.extend({
    msteams: z.strictObject({
      type: z.literal('messageBack'),
      displayText: z.string().min(1),
      text: z.string().min(1),
      value: data,
    }),
  }),
})

const execute = z
  .strictObject({
    type: z.literal('Action.Execute'),
    title: z.string().min(1).max(80),
    verb: z.literal('answer'),
    data,
    fallback: submit,
  })
  .refine(
    ({ data: sent, fallback: { data: other } }) =>
      JSON.stringify(sent) === JSON.stringify(other.msteams.value) &&
      JSON.stringify({ ...sent, msteams: other.msteams }) === JSON.stringify(other),
    'falls back to something else',
  )

/** On a card that somebody sends to somebody else there is nothing to answer. */
const openUrl = z.strictObject({
  type: z.literal('Action.OpenUrl'),
  title: z.string().min(1).max(80),
  url: z.url({ protocol: /^https$/ }),
})

const actionSet = z.strictObject({
  type: z.literal('ActionSet'),
  spacing,
  // Teams shows six, and hides the rest behind a menu.
  actions: z
    .array(z.union([execute, openUrl]))
    .min(1)
    .max(6),
})

const schema = z.strictObject({
  type: z.literal('AdaptiveCard'),
  version: z.literal('1.4'),
  fallbackText: z.string().min(1),
  body: z.array(z.discriminatedUnion('type', [richTextBlock, columnSet, actionSet])).min(1),
})
export type PersonCard = z.infer<typeof schema>

/** Teams counts 28 KB for a message with a card, in UTF-16. */
export const mostBytes = 28 * 1024

export interface SentActivity {
  readonly type: string
  readonly text?: string
  readonly textFormat?: string
  readonly summary?: string
  readonly conversation: { readonly id: string }
  readonly recipient: { readonly id: string }
  readonly attachments?: readonly { readonly contentType: string; readonly content: unknown }[]
}

/** Reads the card of a message, and finds its faults. */
export function cardIn(activity: SentActivity | undefined): PersonCard | undefined {
  const [attachment, ...others] = activity?.attachments ?? []
  if (!attachment) return undefined
  const bytes = JSON.stringify(activity).length * 2
  if (bytes > mostBytes) throw new Error(`A message with a card has ${bytes} bytes.`)
  if (others.length > 0 || attachment.contentType !== 'application/vnd.microsoft.card.adaptive')
    throw new Error('One Adaptive Card is what a message has.')
  if (activity?.text !== undefined) throw new Error('Teams splits text and card.')
  return schema.parse(attachment.content)
}

type Line = PersonCard['body'][number]

const textIn = ({ inlines }: z.infer<typeof richTextBlock>): string =>
  inlines.map(({ text }) => text).join('')

/** A card as somebody reads it, line by line; buttons in []. */
export const linesOf = ({ body }: PersonCard): string[] =>
  body.map((part: Line) => {
    switch (part.type) {
      case 'RichTextBlock':
        return textIn(part)
      case 'ColumnSet':
        return part.columns.flatMap(({ items }) => items.map(textIn)).join(' ')
      case 'ActionSet':
        return part.actions.map(({ title }) => `[${title}]`).join(' ')
    }
  })

export interface SentButton {
  readonly title: string
  /** What the person is heard to say. */
  readonly text: string
  readonly value: SentPress
}

export const buttonsIn = (activity: SentActivity | undefined): readonly SentButton[] =>
  (cardIn(activity)?.body ?? []).flatMap((part) =>
    part.type === 'ActionSet'
      ? part.actions.flatMap((action) =>
          action.type === 'Action.Execute'
            ? [
                {
                  title: action.title,
                  text: action.fallback.data.msteams.text,
                  value: action.data,
                },
              ]
            : [],
        )
      : [],
  )

/** What the person reads of a message, but for its buttons. */
export function wordsIn(activity: SentActivity | undefined): string {
  const card = cardIn(activity)
  if (!card) return activity?.text ?? ''
  const body = card.body.filter(({ type }) => type !== 'ActionSet')
  return linesOf({ ...card, body }).join('\n')
}
