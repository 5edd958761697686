import { z } from 'zod'
import type { NewRow, SentFile } from '../../conversations'
import { refuse } from '../../http'
import type { Principal } from './tokens'

/** Longest message; the composer of Web Chat has no limit of its own. */
const longestText = 8000
/** Room for `value` and `channelData` as JSON: a press has some 80 characters, Web Chat's own data some 200. */
const mostJson = 4096
/** Longest id that a client gives its activity; Web Chat's have 10 to 40 characters. */
const longestKey = 100

const short = z.string().max(100)
const small = z
  .unknown()
  .refine((value) => value === undefined || JSON.stringify(value).length <= mostJson)

/** What a client may say. Everything else at the top level is dropped: id, timestamp, from, serviceUrl … are ours to set. */
const schema = z.object({
  type: z.enum(['message', 'event', 'typing', 'endOfConversation']),
  id: z.string().optional(),
  text: z.string().max(longestText).optional(),
  name: short.optional(),
  value: small.optional(),
  locale: short.optional(),
  localTimestamp: short.optional(),
  localTimezone: short.optional(),
  channelData: z.record(z.string(), z.unknown()).and(small).optional(),
  attachments: z.array(z.unknown()).optional(),
})

/** Names of events that only the program itself may write. */
const reservedEvent = /^(handoff|fixladder)\b/i

/** A client's activity as a row of the log, or undefined when it is one that leaves no row. Throws a `Refusal`. */
export function readActivity(
  json: unknown,
  principal: Principal,
  now: number,
  takesFiles = false,
): NewRow | undefined {
  const activity = parse(json)
  if (activity.attachments?.length)
    throw takesFiles
      ? refuse(400, 'BadArgument', 'Files are sent to the "upload" of the conversation.')
      : uploadsOff()
  if (activity.type === 'typing') return undefined
  if (activity.type === 'event' && reservedEvent.test(activity.name ?? ''))
    throw refuse(400, 'BadArgument', 'This event is not one that a client may send.')
  return rowOf(activity, principal, now)
}

/** The message that brings files. What it says of them itself does not count. Throws a `Refusal`. */
export function readUpload(
  json: unknown,
  principal: Principal,
  now: number,
  files: readonly SentFile[],
): NewRow {
  const activity = parse(json)
  if (activity.type !== 'message')
    throw refuse(400, 'BadArgument', 'Files come with a message, and with nothing else.')
  const row = rowOf(activity, principal, now)
  const attachments = files.map(({ type, name }) => ({ contentType: type, name }))
  return { ...row, body: row.body && { ...row.body, attachments, files } }
}

type Activity = z.infer<typeof schema>

function parse(json: unknown): Activity {
  const result = schema.safeParse(json)
  if (!result.success) throw refuse(400, 'BadArgument', sentenceOf(result.error))
  return result.data
}

function rowOf(
  { type, id, attachments: _theirs, channelData, ...said }: Activity,
  principal: Principal,
  now: number,
): NewRow {
  const key = keyOf(channelData?.clientActivityID, id)
  return {
    at: now,
    kind: 'activity',
    audience: ['person', 'agents', 'bot'],
    ...(key !== undefined && { key }),
    body: {
      type,
      from: {
        id: principal.user,
        ...(principal.name !== undefined && { name: principal.name }),
        role: 'user',
      },
      ...said,
      ...(channelData && { channelData: withoutReserved(channelData) }),
    },
  }
}

export const uploadsOff = () =>
  refuse(415, 'UploadsOff', 'Files are not taken here. Please describe what you see in words.', {
    hangUp: true,
  })

/** `client:` keeps a visitor's keys apart from those that the program writes itself. */
function keyOf(clientActivityId: unknown, id: string | undefined): string | undefined {
  const isKey = (key: unknown): key is string =>
    typeof key === 'string' && key.length > 0 && key.length <= longestKey
  if (isKey(clientActivityId)) return `client:${clientActivityId}`
  return isKey(id) ? `client-id:${id}` : undefined
}

function withoutReserved(channelData: Record<string, unknown>): Record<string, unknown> {
  const { fixladder: _reserved, ...rest } = channelData
  return rest
}

function sentenceOf(error: z.ZodError): string {
  const field = String(error.issues[0]?.path[0] ?? 'body')
  return field === 'text'
    ? `A message has at most ${longestText} characters.`
    : `This activity cannot be taken: look at "${field}".`
}
