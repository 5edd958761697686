import { isWayOut } from '../../../dialogs'
import type { NewConversation, NewRow } from '../../conversations'
import { named, parseActivity, type TeamsActivity } from './activity'
import { conversationIdOf, type Address } from './addresses'
import { isPressing, pressedIn } from './press'
import { saidRow } from './said-row'
import { tenantOf } from './tenants'

/** What an activity comes to. */
export type Inbound =
  /** The person said something, or pressed a button that is no invoke. */
  | (Contact & Heard & { readonly kind: 'message' })
  /** The person pressed a button, and Teams waits for what becomes of its card. */
  | (Contact & Heard & { readonly kind: 'press'; readonly ask: number })
  /** The bot and the person were brought together; nothing was said. */
  | (Contact & { readonly kind: 'joined' })
  /** The person types. */
  | { readonly kind: 'typing'; readonly conversation: string }
  /** Not for us: it leaves no trace. An invoke wants an answer all the same. */
  | { readonly kind: 'ignored'; readonly isInvoke: boolean }
  /** A press that is none of ours. */
  | { readonly kind: 'unknown_press' }
  | { readonly kind: 'malformed' }

export interface Contact {
  readonly conversation: NewConversation
  readonly address: Address
  /** The row that opens the conversation if it is new. */
  readonly opening: NewRow
}

/** What was said or pressed. */
export interface Heard {
  readonly row: NewRow
  /** It is a button that means the same at any time. */
  readonly isWayOut: boolean
}

/** Reads an activity whose token and service address were verified. */
export function readActivity(json: unknown, serviceUrl: string, now: number): Inbound {
  const activity = parseActivity(json)
  if (!activity) return malformed
  const ignored = { kind: 'ignored', isInvoke: activity.type === 'invoke' } as const
  // In a group or a channel the bot is silent and keeps nothing: a ladder belongs to one person and says their device
  // and their trouble, which are not for everybody's eyes.
  if (activity.conversation.conversationType !== 'personal') return ignored
  const contact = contactOf(activity, serviceUrl, tenantOf(json), now)
  if (activity.type === 'message') {
    if (activity.id === undefined) return malformed
    return { kind: 'message', ...contact, ...heardIn(activity, activity.id, now) }
  }
  if (isPressing(activity)) {
    const pressed = pressedIn(activity)
    if (!pressed || activity.id === undefined) return { kind: 'unknown_press' }
    const { ask } = pressed.press
    return { kind: 'press', ...contact, ...heardIn(activity, activity.id, now), ask }
  }
  if (activity.type === 'typing') return { kind: 'typing', conversation: contact.conversation.id }
  return isJoining(activity) ? { kind: 'joined', ...contact } : ignored
}

const heardIn = (activity: TeamsActivity, id: string, now: number): Heard => ({
  row: saidRow(activity, id, now),
  isWayOut: isWayOut(pressedIn(activity)?.press.answer ?? ''),
})

const malformed = { kind: 'malformed' } as const

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
