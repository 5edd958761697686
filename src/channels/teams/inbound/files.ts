import { z } from 'zod'

/** A file that came with a message, as the log keeps it. */
export interface SentFile {
  readonly contentType: string
  readonly name?: string
  /** Where whoever may see it in Teams opens it, with rights of their own. */
  readonly contentUrl?: string
}

/** So many files of a message are kept. */
const mostFiles = 20

const attachment = z.object({
  contentType: z.string().max(200),
  name: z.string().min(1).max(300).optional().catch(undefined),
  contentUrl: z
    .url({ protocol: /^https$/ })
    .max(2_000)
    .optional()
    .catch(undefined),
})

/** A file of the person's OneDrive. The address of any other one opens with the bot's own token only, so it is nobody's to open. */
const shared = 'application/vnd.microsoft.teams.file.download.info'

/**
 * The files in a message's attachments, never opened here. The address beside `contentUrl` that opens a file without
 * any rights (`downloadUrl`) is not kept. Teams repeats formatted text as `text/html`; that is no file, nor is a card.
 */
export const filesIn = (attachments: readonly unknown[] | null | undefined): readonly SentFile[] =>
  (attachments ?? [])
    .flatMap((each) => attachment.safeParse(each).data ?? [])
    .filter(({ contentType }) => !isNoFile(contentType))
    .slice(0, mostFiles)
    .map(({ contentType, name, contentUrl }) => ({
      contentType,
      ...(name !== undefined && { name }),
      ...(contentUrl !== undefined && contentType === shared && { contentUrl }),
    }))

const isNoFile = (contentType: string): boolean =>
  contentType === 'text/html' || contentType.startsWith('application/vnd.microsoft.card.')
