import type { NewConversation, NewRow } from '../../../conversations'
import { named, type TeamsActivity } from './activity'
import { beginningOf, conversationIdOf, sharedIdOf, type Address, type Place } from '../addresses'

/** The conversation that an activity belongs to, and how it is reached. */
export interface Contact {
  readonly conversation: NewConversation
  readonly address: Address
  /** The row that opens the conversation if it is new, and by which the bot greets. */
  readonly opening: NewRow
  /** When it was sent, by Teams' clock, in milliseconds since 1970; now, where Teams does not say it. */
  readonly sentAt: number
  /** How the ids of all conversations in this team or group chat begin; absent for a personal chat. */
  readonly place?: string
}

/** The personal chat of the person, or their own conversation in a thread of a team or group chat. */
export function contactOf(
  activity: TeamsActivity,
  serviceUrl: string,
  tenant: string | undefined,
  now: number,
): Contact {
  const { conversation, from } = activity
  if (conversation.conversationType === 'personal')
    return talk(activity, { serviceUrl, tenant, now, id: conversationIdOf(conversation.id) })
  const place = placeOf(activity)
  const id = sharedIdOf(place, conversation.id, from.id)
  return {
    ...talk(activity, { serviceUrl, tenant, now, id, channel: 'teams-group' }),
    place: beginningOf(place),
  }
}

/** Where the bot says once what it is for, in the channel or group chat that it was installed to. */
export function welcomeOf(
  activity: TeamsActivity,
  serviceUrl: string,
  tenant: string | undefined,
  now: number,
): Contact {
  const thread = activity.channelData?.settings?.selectedChannel?.id ?? activity.conversation.id
  const place = { whole: placeOf(activity).whole, channel: channelOf(thread) }
  const id = sharedIdOf(place, 'welcome', '')
  const said = talk(activity, { serviceUrl, tenant, now, id, channel: 'teams-group' })
  const { address } = said
  return {
    ...said,
    address: { ...address, reference: { ...address.reference, conversation: thread } },
    place: beginningOf(place),
  }
}

/**
 * Where the bot was taken away: from a person, from one channel of a team, or from all of a team or group chat. The
 * conversations concerned begin with `place`.
 */
export function leftOf(activity: TeamsActivity): Pick<Contact, 'place'> {
  const { type, conversation, channelData } = activity
  if (conversation.conversationType === 'personal') return {}
  const { whole } = placeOf(activity)
  const channel = channelData?.channel?.id
  const isOneChannel =
    type === 'conversationUpdate' &&
    channel !== undefined &&
    channel !== whole &&
    !/^team/.test(channelData?.eventType ?? '')
  return { place: beginningOf({ whole, ...(isOneChannel && { channel }) }) }
}

/** The team and its channel, or the group chat. */
function placeOf({ conversation, channelData }: TeamsActivity): Required<Place> {
  const channel = channelOf(conversation.id)
  return { whole: channelData?.team?.id ?? channel, channel }
}

/** A thread's id is the channel's with the thread's first message behind it. */
const channelOf = (thread: string): string => thread.replace(/;messageid=.*$/, '')

function talk(
  { conversation, from, recipient, locale, timestamp }: TeamsActivity,
  {
    serviceUrl,
    tenant,
    now,
    id,
    channel = 'teams',
  }: {
    serviceUrl: string
    tenant: string | undefined
    now: number
    id: string
    channel?: NewConversation['channel']
  },
): Contact {
  const person = named(from)
  const sentAt = Date.parse(timestamp ?? '')
  return {
    sentAt: Number.isNaN(sentAt) ? now : sentAt,
    conversation: {
      id,
      channel,
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
