import type { Outgoing } from '../../line'
import type { Standing, WireActivity } from '../../wire'

/** A picture or a film in the conversation, or what is only named. */
export interface ShownFile {
  readonly name: string
  readonly kind: 'picture' | 'film' | 'other'
  /** Where it is drawn from; absent of a film that is only on its way. */
  readonly url?: string
}

type Attachment = NonNullable<WireActivity['attachments']>[number]

/** As the server keeps it. Its address is one of this page's own server, whatever that is called here. */
export function shownFile({ contentType, contentUrl, name = '' }: Attachment): ShownFile {
  const { pathname, search } = new URL(contentUrl, 'https://any.example')
  return { name, kind: kindOf(contentType), url: pathname + search }
}

/** As it goes. */
export const outgoingFile = ({ name, blob, preview }: Outgoing): ShownFile => ({
  name,
  kind: kindOf(blob.type),
  ...(preview !== undefined && { url: preview }),
})

/** Few browsers draw HEIC. */
export const kindOf = (type: string): ShownFile['kind'] =>
  type.startsWith('video/')
    ? 'film'
    : type.startsWith('image/') && !/hei[cf]$/.test(type)
      ? 'picture'
      : 'other'

/** What the server takes, of what size, and how many at once. */
export type Uploads = NonNullable<Standing['uploads']>
/** Why a file is not taken. */
export type Unfit = 'kind' | 'size' | 'empty' | 'count'

/** Parts files into those that can be sent beside the ones that were chosen already, and those that can't. */
export function sift<F extends Pick<File, 'name' | 'size' | 'type'>>(
  files: readonly F[],
  held: number,
  { maxBytes, maxCount, kinds }: Uploads,
): { readonly fit: readonly F[]; readonly unfit: readonly { file: F; why: Unfit }[] } {
  const fit: F[] = []
  const unfit: { file: F; why: Unfit }[] = []
  for (const file of files) {
    // What a browser has no name for is for the server to look at.
    const isKnown = kinds.includes(file.type.replace(/heif$/, 'heic')) || file.type === ''
    const why = !isKnown
      ? 'kind'
      : file.size === 0
        ? 'empty'
        : file.size > maxBytes
          ? 'size'
          : held + fit.length >= maxCount
            ? 'count'
            : undefined
    if (why) unfit.push({ file, why })
    else fit.push(file)
  }
  return { fit, unfit }
}
