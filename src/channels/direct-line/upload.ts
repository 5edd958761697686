import type { Conversations, Presence } from '../../conversations'
import {
  createBuckets,
  isLoopback,
  parseJson,
  refuse,
  Refusal,
  type Answer,
  type Buckets,
  type HttpRequest,
} from '../../http'
import { boundaryOf, fileNameIn, readParts, type Uploads } from '../../uploads'
import type { OnDisk } from '../../uploads/disk'
import { noConversation } from './answers'
import { readUpload } from './inbound'
import type { Principal } from './tokens'

export interface UploadOptions {
  readonly uploads: Uploads
  readonly conversations: Pick<Conversations, 'get' | 'appended'>
  readonly presence: Pick<Presence, 'asked'>
  readonly messages: Buckets
  readonly now: () => number
}

/** Time for a whole upload: 25 MB over a slow mobile network. And time without a byte. */
export const uploadMs = 5 * 60_000
const idleMs = 20_000
/** Room for the activity and for what a form writes between its parts. */
const formBytes = 128 * 1024
const activityBytes = 64 * 1024
/** Uploads at once: of everybody, and of one conversation. */
const mostAtOnce = 16
const mostOfOne = 2
/** Uploads of one address: so many at once, then one in so many seconds. */
const addressBurst = 30
const addressSeconds = 10

/** What came: the activity, if there was one, and the files with the names they had. */
interface Came {
  activity: unknown
  readonly files: { readonly file: OnDisk; readonly name: string | undefined }[]
}

/** The upload of Direct Line 3.0: a form with an activity and files, or one file as the body. Answered once all of it is durable. */
export function createUpload(options: UploadOptions) {
  const { now } = options
  const addresses = createBuckets({ burst: addressBurst, perSecond: 1 / addressSeconds, now })
  const underWay = new Map<string, number>()

  return async (principal: Principal, request: HttpRequest): Promise<Answer> => {
    const { conversation } = principal
    try {
      if (!(await options.conversations.get(conversation)))
        return { ...noConversation, hangUp: true }
      if (!isLoopback(request.address) && !addresses.take(request.address)) throw tooMany()
      if (!options.messages.take(conversation)) throw tooMany()
      const mine = underWay.get(conversation) ?? 0
      const all = [...underWay.values()].reduce((sum, each) => sum + each, 0)
      if (mine >= mostOfOne || all >= mostAtOnce) throw busy()
      underWay.set(conversation, mine + 1)
      return await take(options, principal, request).finally(() => {
        const left = (underWay.get(conversation) ?? 1) - 1
        if (left > 0) underWay.set(conversation, left)
        else underWay.delete(conversation)
      })
    } catch (error) {
      // The rest of it is not wanted.
      if (error instanceof Refusal) throw new Refusal({ ...error.answer, hangUp: true })
      throw error
    }
  }
}

async function take(
  { uploads, conversations, presence, now }: UploadOptions,
  principal: Principal,
  request: HttpRequest,
): Promise<Answer> {
  const { conversation } = principal
  presence.asked(conversation)
  const { fileBytes, files: mostFiles } = uploads.limits
  const told = Number(request.header('content-length') ?? Infinity)
  const bytes = Math.min(told, fileBytes * mostFiles + formBytes)
  const release = await uploads.reserve(bytes)
  const came: Came = { activity: undefined, files: [] }
  try {
    await read(uploads, request, came)
    if (came.files.length === 0) throw refuse(400, 'NoFile', 'There is no file in this.')
    const sent = came.files.map(({ file, name }) => uploads.sent(file, name))
    const row = readUpload(came.activity ?? { type: 'message' }, principal, now(), sent)
    const files = came.files.map(({ file }) => file)
    const { id, seq, duplicate } = await uploads.keep(conversation, row, files)
    if (duplicate) await uploads.remove(files.map((file) => file.id))
    else conversations.appended(conversation, seq)
    return { status: 200, json: { id } }
  } catch (error) {
    await uploads.remove(came.files.map(({ file }) => file.id))
    throw error
  } finally {
    release()
  }
}

async function read(uploads: Uploads, request: HttpRequest, came: Came): Promise<void> {
  const { fileBytes, files: mostFiles } = uploads.limits
  const type = request.header('content-type')
  const boundary = boundaryOf(type)
  if (boundary === undefined && /^multipart\//i.test(type ?? ''))
    throw refuse(400, 'BadForm', 'This form cannot be read.')
  const limits = { idleMs, ms: uploadMs }
  if (boundary === undefined) {
    const name = fileNameIn(request.header('content-disposition') ?? '')
    // One byte more, so that a file that is too large is told as one.
    const body = request.chunks({ ...limits, bytes: Math.max(fileBytes + 1, formBytes) })
    came.files.push({ file: await uploads.take(body), name })
    return
  }
  const body = request.chunks({ ...limits, bytes: fileBytes * mostFiles + formBytes })
  for await (const part of readParts(body, { boundary, mostParts: mostFiles + 4 })) {
    if (part.name === 'activity' || part.type.startsWith('application/vnd.microsoft.activity'))
      came.activity = parseJson(await whole(part.body))
    else if (part.fileName !== undefined) {
      if (came.files.length === mostFiles)
        throw refuse(413, 'TooManyFiles', `A message has at most ${mostFiles} files.`)
      came.files.push({ file: await uploads.take(part.body), name: part.fileName })
    }
  }
  // Nothing is kept of a body that goes on behind its end.
  for await (const _chunk of body);
}

async function whole(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > activityBytes) throw refuse(413, 'BodyTooLarge', 'This activity is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** As for messages: neither 429 nor 403, which stock clients hang on or end at. */
const tooMany = () =>
  refuse(400, 'TooManyMessages', 'That was a lot at once. Please wait a moment.')
const busy = () =>
  refuse(503, 'Busy', 'Others are sending files just now. Please try again in a moment.', {
    headers: { 'Retry-After': '3' },
  })
