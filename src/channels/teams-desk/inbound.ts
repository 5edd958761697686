import { z } from 'zod'
import { isPressing, mentionsOf, sentBack, tenantOf, unescaped, withoutMentions } from '../teams'
import type { DeskPlace } from './place'

/** What an activity means to the desk. */
export type DeskActivity =
  /** Not of the desk's channel. */
  | { readonly kind: 'elsewhere' }
  /** Of the channel, and nothing that was meant for us. */
  | { readonly kind: 'ignored' }
  | (Sender & {
      readonly kind: 'press'
      readonly press: Press
      /** An invoke waits for its answer; the fallback of a button comes as a message and does not. */
      readonly isInvoke: boolean
      /** Teams' id of the card. */
      readonly card?: string | undefined
    })
  /** Words that mention the bot, without the mention. */
  | (Sender & { readonly kind: 'said'; readonly words: string; readonly hasFiles: boolean })

interface Sender {
  /** Teams' id of the activity: the same when it is delivered again. */
  readonly id: string
  /** Teams' id of the thread. */
  readonly thread: string
  /** In lower case; undefined when the activity does not say it, or names another tenant than the desk's. */
  readonly person: string | undefined
}

/** What can be done by a card. */
const does = ['claim', 'reply', 'fix', 'return', 'close', 'release'] as const

/** What a card sends back: its button, its case, and whatever stands in its fields. */
const press = z.object({
  fixladder: z.enum(does),
  ticket: z.string().min(1).max(100),
  reply: z.string().optional().catch(undefined),
  fix: z.string().max(100).optional().catch(undefined),
  rung: z.string().max(100).optional().catch(undefined),
  fixed: z.string().max(100).optional().catch(undefined),
})
export type Press = z.infer<typeof press>

const id = z.string().min(1).max(1_000)
const named = z.object({ id: id.optional().catch(undefined) }).nullish()
const schema = z.object({
  type: z.string(),
  id: id.optional(),
  name: z.string().optional().catch(undefined),
  from: z.object({ aadObjectId: z.guid().optional().catch(undefined) }),
  recipient: z.object({ id }),
  conversation: z.object({ id }),
  replyToId: id.optional().catch(undefined),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  entities: z.array(z.unknown()).nullish(),
  attachments: z.array(z.unknown()).nullish(),
  channelData: z.object({ channel: named, team: named }).nullish(),
})
type ChannelActivity = z.infer<typeof schema>

/** Reads an activity whose token and service address were verified. */
export function readDeskActivity(json: unknown, place: DeskPlace): DeskActivity {
  const read = schema.safeParse(json)
  if (!read.success || !isOfChannel(read.data, place)) return { kind: 'elsewhere' }
  const activity = read.data
  if (activity.id === undefined) return { kind: 'ignored' }
  const sender: Sender = {
    id: activity.id,
    thread: activity.conversation.id,
    person: tenantOf(json) === place.tenant ? activity.from.aadObjectId?.toLowerCase() : undefined,
  }
  const isInvoke = isPressing(activity)
  if (!isInvoke && activity.type !== 'message') return { kind: 'ignored' }
  const pressed = press.safeParse(sentBack(activity))
  if (pressed.success)
    return { kind: 'press', ...sender, press: pressed.data, isInvoke, card: activity.replyToId }
  const mentions = mentionsOf(activity.entities, activity.recipient.id)
  if (isInvoke || mentions.length === 0) return { kind: 'ignored' }
  return {
    kind: 'said',
    ...sender,
    words: unescaped(withoutMentions(activity.text ?? '', mentions)),
    hasFiles: (activity.attachments ?? []).some(isFile),
  }
}

/** The thread's id is the channel's with the thread's first message behind it. */
function isOfChannel({ conversation, channelData }: ChannelActivity, place: DeskPlace): boolean {
  return (
    conversation.id.split(';')[0] === place.channel &&
    (channelData?.channel?.id ?? place.channel) === place.channel &&
    (channelData?.team?.id ?? place.team) === place.team
  )
}

const attachment = z.object({ contentType: z.string() })
const isFile = (each: unknown): boolean => {
  const read = attachment.safeParse(each)
  // Teams repeats formatted text as `text/html`; that is no file.
  return read.success && read.data.contentType !== 'text/html'
}
