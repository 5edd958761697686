import { z } from 'zod'
import type { NewConversation, NewRow } from '../../conversations'
import { conversationIdOf, type Address } from './addresses'
import { mentionsOf, withoutMentions } from './mentions'
import { tenantOf } from './tenants'

/** What an activity comes to. */
export type Inbound =
  /** The person said something, or pressed a button. */
  | (Contact & { readonly kind: 'message'; readonly row: NewRow })
  /** The bot and the person were brought together; nothing was said. */
  | (Contact & { readonly kind: 'joined' })
  /** The person types. */
  | { readonly kind: 'typing'; readonly conversation: string }
  /** Not for us: it leaves no trace. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'malformed' }

interface Contact {
  readonly conversation: NewConversation
  readonly address: Address
  /** The row that opens the conversation if it is new. */
  readonly opening: NewRow
}

/** Longest message kept, as in Direct Line; of a longer one the beginning, since Teams has nobody to tell. */
const longestText = 8_000
/** Teams' ids have 40 to 250 characters. */
const longestId = 1_000

const id = z.string().min(1).max(longestId)
/** Something that is nice to have: a person is not refused because of it. */
const decoration = z.string().max(100).optional().catch(undefined)

const account = z.object({ id, name: decoration, aadObjectId: decoration })

const schema = z.object({
  type: z.string().max(100),
  id: id.optional(),
  from: account,
  recipient: account,
  conversation: z.object({ id, conversationType: decoration }),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  locale: decoration,
  localTimestamp: decoration,
  localTimezone: decoration,
  entities: z.array(z.unknown()).nullish(),
  attachments: z.array(z.unknown()).nullish(),
  membersAdded: z.array(z.object({ id })).nullish(),
  action: decoration,
})
type TeamsActivity = z.infer<typeof schema>

/** Reads an activity whose token and service address were verified. */
export function readActivity(json: unknown, serviceUrl: string, now: number): Inbound {
  const read = schema.safeParse(json)
  if (!read.success) return { kind: 'malformed' }
  const activity = read.data
  // In a group or a channel the bot is silent and keeps nothing: a ladder belongs to one person and says their device
  // and their trouble, which are not for everybody's eyes.
  if (activity.conversation.conversationType !== 'personal') return { kind: 'ignored' }
  const contact = contactOf(activity, serviceUrl, tenantOf(json), now)
  if (activity.type === 'message') {
    if (activity.id === undefined) return { kind: 'malformed' }
    return { kind: 'message', ...contact, row: messageRow(activity, activity.id, now) }
  }
  if (activity.type === 'typing') return { kind: 'typing', conversation: contact.conversation.id }
  return isJoining(activity) ? { kind: 'joined', ...contact } : { kind: 'ignored' }
}

/** `add-upgrade` is a new version of the app for somebody who has it; leaving is not joining. */
const isJoining = ({ type, action, membersAdded }: TeamsActivity): boolean =>
  type === 'installationUpdate'
    ? action === 'add'
    : type === 'conversationUpdate' && (membersAdded ?? []).length > 0

function contactOf(
  { conversation, from, recipient, locale }: TeamsActivity,
  serviceUrl: string,
  tenant: string | undefined,
  now: number,
): Contact {
  const person = named(from)
  return {
    conversation: {
      id: conversationIdOf(conversation.id),
      channel: 'teams',
      // The directory's id of the person stays the same in every conversation; Teams' own is the bot's alone.
      userId: from.aadObjectId ?? from.id,
      ...(from.name !== undefined && { userName: from.name }),
      ...(locale !== undefined && { locale }),
    },
    address: {
      serviceUrl,
      tenant,
      reference: { conversation: conversation.id, bot: named(recipient), person },
    },
    opening: {
      at: now,
      kind: 'activity',
      audience: ['bot'],
      body: {
        type: 'conversationUpdate',
        from: { ...person, role: 'user' },
        membersAdded: [named(recipient), person],
        ...(locale !== undefined && { locale }),
      },
    },
  }
}

function messageRow(activity: TeamsActivity, activityId: string, now: number): NewRow {
  const { from, locale, localTimestamp } = activity
  const value = pressOf(activity.value)
  const files = filesOf(activity)
  const localTimezone = activity.localTimezone ?? clientTimezoneOf(activity)
  return {
    at: now,
    kind: 'activity',
    audience: ['person', 'agents', 'bot'],
    // `teams:` keeps the connector's ids apart from the keys that the program writes itself.
    key: `teams:${activityId}`,
    body: {
      type: 'message',
      from: { ...named(from), role: 'user' },
      text: wordsOf(activity).slice(0, longestText),
      ...(value && { value }),
      ...(locale !== undefined && { locale }),
      ...(localTimestamp !== undefined && { localTimestamp }),
      ...(localTimezone !== undefined && { localTimezone }),
      ...(files.length > 0 && { attachments: files }),
    },
  }
}

const named = ({ id, name }: { id: string; name?: string | undefined }) => ({
  id,
  ...(name !== undefined && { name }),
})

/** The text without the bot's own name; somebody else's stays, since it may matter. */
const wordsOf = ({ text, entities, recipient }: TeamsActivity): string =>
  withoutMentions(text ?? '', mentionsOf(entities, recipient.id))

const press = z.object({
  case: z.string().max(100).optional(),
  ask: z.number(),
  answer: z.string().max(100),
})

/** What a button sent back; Teams documents that it may come as an object or as a string of JSON. */
function pressOf(value: unknown): z.infer<typeof press> | undefined {
  return press.safeParse(typeof value === 'string' ? fromJson(value) : value).data
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Any other string is no button of ours.
    return undefined
  }
}

const attachment = z.object({ contentType: z.string().max(200) })

/** The kinds of files sent along, not their private addresses. Teams repeats formatted text as `text/html`; that is no file. */
function filesOf({ attachments }: TeamsActivity): readonly { readonly contentType: string }[] {
  return (attachments ?? [])
    .flatMap((each) => attachment.safeParse(each).data ?? [])
    .filter(({ contentType }) => contentType !== 'text/html')
}

const clientInfo = z.object({ type: z.literal('clientInfo'), timezone: z.string().max(100) })

function clientTimezoneOf({ entities }: TeamsActivity): string | undefined {
  return (entities ?? []).flatMap((entity) => clientInfo.safeParse(entity).data ?? [])[0]?.timezone
}
