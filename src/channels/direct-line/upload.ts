import type { Conversations, Presence } from '../../conversations'
import { FixladderError } from '../../errors'
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
import {
  boundaryOf,
  createTally,
  fileNameIn,
  readParts,
  type OnDisk,
  type Uploads,
} from '../../uploads'
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

/** Time for a whole upload: 25 MB over a slow mobile network. */
export const uploadMs = 5 * 60_000
/** Time without a byte; and how much comes in a second at least, when that time is over. */
const idleMs = 20_000
const leastPerSecond = 8_000
/** Room for the activity and for what a form writes between its parts. */
const formBytes = 128 * 1024
const activityBytes = 64 * 1024
/** Uploads at once: of everybody, of one conversation, and of one address. */
const mostAtOnce = 16
const mostOfOne = 2
const mostOfAddress = 3
/** Uploads of one address: so many at once, then one in so many seconds. */
const addressBurst = 30
const addressSeconds = 10
/** From one address comes in a day what so many conversations may send: people behind one address are several. */
const addressShare = 4

/** What came: the activity, if there was one, and the files with the names they had. */
interface Came {
  activity: unknown
  readonly files: { readonly file: OnDisk; readonly name: string | undefined }[]
}

/** The upload of Direct Line 3.0: a form with an activity and files, or one file as the body. Answered once all of it is durable. */
export function createUpload(options: UploadOptions) {
  const { now } = options
  const addresses = createBuckets({ burst: addressBurst, perSecond: 1 / addressSeconds, now })
  const dayBytes = addressShare * options.uploads.limits.dayBytes
  const bytesOf = createBuckets({ burst: dayBytes, perSecond: dayBytes / (24 * 60 * 60), now })
  const conversations = createTally()
  const callers = createTally()

  return async (principal: Principal, request: HttpRequest): Promise<Answer> => {
    const { conversation } = principal
    const { address } = request
    // As everywhere: this machine itself may do as it likes.
    const isLimited = !isLoopback(address)
    try {
      if (!(await options.conversations.get(conversation)))
        return { ...noConversation, hangUp: true }
      if (isLimited && !addresses.take(address)) throw tooMany()
      if (!options.messages.take(conversation)) throw tooMany()
      if (conversations.of(conversation) >= mostOfOne || conversations.all >= mostAtOnce)
        throw busy()
      if (isLimited && callers.of(address) >= mostOfAddress) throw busy()
      if (isLimited && !bytesOf.take(address, bytesIn(request, options.uploads)))
        throw enoughFromHere()
      const gone = [conversations.add(conversation), callers.add(address)]
      return await take(options, principal, request).finally(() => gone.forEach((one) => one()))
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
  const release = await uploads.reserve(bytesIn(request, uploads))
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
    // Whether a database that went away has kept them nobody knows: what it has not is left over, and swept.
    if (!isOfUnknownOutcome(error)) await uploads.remove(came.files.map(({ file }) => file.id))
    throw error
  } finally {
    release()
  }
}

const isOfUnknownOutcome = (error: unknown): boolean =>
  error instanceof FixladderError && ['storage_unavailable', 'storage_closed'].includes(error.code)

/** How much may come of a request. */
function bytesIn(request: HttpRequest, { limits }: Uploads): number {
  const told = Number(request.header('content-length') ?? Infinity)
  return Math.min(told, limits.fileBytes * limits.files + formBytes)
}

async function read(uploads: Uploads, request: HttpRequest, came: Came): Promise<void> {
  const { fileBytes, files: mostFiles } = uploads.limits
  const type = request.header('content-type')
  const boundary = boundaryOf(type)
  if (boundary === undefined && /^multipart\//i.test(type ?? ''))
    throw refuse(400, 'BadForm', 'This form cannot be read.')
  const limits = { idleMs, leastPerSecond, ms: uploadMs }
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
const enoughFromHere = () =>
  refuse(413, 'EnoughForToday', 'That is as much as can be sent from one address in a day.')
const busy = () =>
  refuse(503, 'Busy', 'Others are sending files just now. Please try again in a moment.', {
    headers: { 'Retry-After': '3' },
  })
