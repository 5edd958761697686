import { z } from 'zod'
import type { Body } from './rows'

/** A file that came with a message, as agents are told of it. It is never opened here. */
export interface ToldFile {
  readonly name: string
  /** Where an agent opens it, with rights of their own. */
  readonly url?: string
}

const file = z.object({
  name: z.string().optional().catch(undefined),
  contentUrl: z
    .url({ protocol: /^https$/ })
    .optional()
    .catch(undefined),
})

/** The files of a message that have a name or an address to tell. */
export const toldFiles = ({ attachments = [] }: Pick<Body, 'attachments'>): readonly ToldFile[] =>
  attachments.flatMap((each) => {
    const { name, contentUrl: url } = file.safeParse(each).data ?? {}
    return name === undefined && url === undefined
      ? []
      : [{ name: name ?? 'a file', ...(url !== undefined && { url }) }]
  })

/** The same as lines of plain text: "(file: screen.png, https://…)". */
export const filesAsText = (body: Pick<Body, 'attachments'>): string =>
  toldFiles(body)
    .map(({ name, url }) => `(file: ${[name, url].filter(Boolean).join(', ')})`)
    .join('\n')
