import { z } from 'zod'

const mention = z.object({
  type: z.literal('mention'),
  mentioned: z.object({ id: z.string() }),
  text: z.string().min(1),
})

/** The parts of a text by which it mentions this account: "<at>Fixladder</at>". None when it does not. */
export const mentionsOf = (
  entities: readonly unknown[] | null | undefined,
  account: string,
): readonly string[] =>
  (entities ?? []).flatMap((entity) => {
    const read = mention.safeParse(entity)
    return read.success && read.data.mentioned.id === account ? [read.data.text] : []
  })

export const withoutMentions = (text: string, mentions: readonly string[]): string =>
  mentions.reduce((words, name) => words.replaceAll(name, ' '), text).trim()
