import { isWayOut } from '../../../../dialogs'
import type { NewRow } from '../../../conversations'
import { parseActivity, type TeamsActivity } from './activity'
import { contactOf, leftOf, welcomeOf, type Contact } from './contact'
import { mentionsOf } from './mentions'
import { isPressing, pressedIn } from './press'
import { saidRow } from './said-row'
import { tenantOf } from '../trust/tenants'

/** What an activity comes to. */
export type Inbound =
  /** The person said something, or pressed a button that is no invoke. */
  | (Contact & Heard & { readonly kind: 'message' })
  /** The person pressed a button, and Teams waits for what becomes of its card. */
  | (Contact & Heard & { readonly kind: 'press' })
  /** The bot was brought to a person, or to a team or group chat; nothing was said. */
  | (Contact & { readonly kind: 'joined' })
  /** The bot was taken away: from a person, or from a team or group chat. */
  | (Contact & { readonly kind: 'left' })
  /** The person types. */
  | { readonly kind: 'typing'; readonly conversation: string }
  /** Not for us: it leaves no trace. An invoke wants an answer all the same. */
  | { readonly kind: 'ignored'; readonly isInvoke: boolean }
  /** A press that is none of ours. */
  | { readonly kind: 'unknown_press' }
  | { readonly kind: 'malformed' }

/** What was said or pressed. */
export interface Heard {
  readonly row: NewRow
  /** It is a button that means the same at any time. */
  readonly isWayOut: boolean
  /** What was pressed, and of which conversation it is by its mark; absent for words. */
  readonly press?: { readonly ask: number; readonly mark: string | undefined } | undefined
}

const kinds: ReadonlySet<string | undefined> = new Set(['personal', 'groupChat', 'channel'])

/** Reads an activity whose token and service address were verified. */
export function readActivity(json: unknown, serviceUrl: string, now: number): Inbound {
  const activity = parseActivity(json)
  if (!activity) return malformed
  const ignored = { kind: 'ignored', isInvoke: activity.type === 'invoke' } as const
  if (!kinds.has(activity.conversation.conversationType)) return ignored
  const from = [activity, serviceUrl, tenantOf(json), now] as const
  const contact = contactOf(...from)
  const isShared = contact.place !== undefined
  if (activity.type === 'message') {
    // In a group what does not name the bot is not for it, and is not kept.
    if (isShared && !isForBot(activity)) return ignored
    if (activity.id === undefined) return malformed
    return { kind: 'message', ...contact, ...heardIn(activity, activity.id, now) }
  }
  if (isPressing(activity)) {
    if (!pressedIn(activity) || activity.id === undefined) return { kind: 'unknown_press' }
    return { kind: 'press', ...contact, ...heardIn(activity, activity.id, now) }
  }
  if (hasLeft(activity, isShared)) return { kind: 'left', ...contact, ...leftOf(activity) }
  if (isShared) return isInstalled(activity) ? { kind: 'joined', ...welcomeOf(...from) } : ignored
  if (activity.type === 'typing') return { kind: 'typing', conversation: contact.conversation.id }
  return isInstalled(activity) || isJoining(activity) ? { kind: 'joined', ...contact } : ignored
}

const malformed = { kind: 'malformed' } as const

function heardIn(activity: TeamsActivity, id: string, now: number): Heard {
  const pressed = pressedIn(activity)
  return {
    row: saidRow(activity, id, now),
    isWayOut: isWayOut(pressed?.press.answer ?? ''),
    ...(pressed && { press: { ask: pressed.press.ask, mark: pressed.mark } }),
  }
}

/** A message that mentions the bot, or a button of a card of its own. */
const isForBot = (activity: TeamsActivity): boolean =>
  mentionsOf(activity.entities, activity.recipient.id).length > 0 ||
  pressedIn(activity) !== undefined

/** `add-upgrade` is a new version of the app where it is already. */
const isInstalled = ({ type, action }: TeamsActivity): boolean =>
  type === 'installationUpdate' && action === 'add'

/** In a personal chat; in a team it may be anybody who comes, and of the bot itself `installationUpdate` tells. */
const isJoining = ({ type, membersAdded }: TeamsActivity): boolean =>
  type === 'conversationUpdate' && (membersAdded ?? []).length > 0

/** `remove-upgrade` is no leaving. */
function hasLeft(
  { type, action, membersRemoved, recipient, channelData }: TeamsActivity,
  isShared: boolean,
): boolean {
  if (type === 'installationUpdate') return action === 'remove'
  if (type !== 'conversationUpdate' || !isShared) return false
  return (
    endings.has(channelData?.eventType) ||
    (membersRemoved ?? []).some(({ id }) => id === recipient.id)
  )
}

const endings: ReadonlySet<string | undefined> = new Set([
  'teamDeleted',
  'teamHardDeleted',
  'channelDeleted',
])
