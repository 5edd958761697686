import type { WireActivity } from '../wire'
import type { Outgoing, Sent } from './types'

/** One message that the log does not show yet. */
export interface Entry {
  readonly id: string
  readonly text: string
  readonly value?: unknown
  readonly files?: readonly Outgoing[] | undefined
  readonly progress?: number | undefined
  readonly at: number
  /** They are sent by this number, whatever the clock says. */
  readonly order: number
  /** The conversation it was written in: a press means nothing in another. */
  readonly conversation?: string | undefined
  /** The server's code for why it was refused. */
  readonly reason?: string | undefined
  /** The server has it; its echo comes. */
  readonly isAcked?: boolean
  /** It lies in storage. */
  readonly isKept?: boolean
  /** Written in another tab, which is sending it: left to that one for a moment. */
  readonly notYet?: boolean
  /** Another tab has seen it in the log: it stands here until this one does, and is never sent again. */
  readonly isSeen?: boolean
}

export type Outbox = readonly Entry[]

/** The next one to send: they go one after another, so that they arrive in the order written. */
export const nextToSend = (outbox: Outbox): Entry | undefined =>
  outbox.find(({ isAcked, reason }) => !isAcked && reason === undefined)

export const nextOrder = (outbox: Outbox): number => (outbox.at(-1)?.order ?? 0) + 1

export const change = (outbox: Outbox, id: string, to: Partial<Entry>): Outbox =>
  outbox.map((entry) => (entry.id === id ? { ...entry, ...to } : entry))

/** Those that the log shows by now. */
export function shownBy(outbox: Outbox, activities: readonly WireActivity[]): Outbox {
  if (outbox.length === 0) return []
  const shown = new Set(activities.map(({ channelData }) => channelData?.clientActivityID))
  return outbox.filter(({ id }) => shown.has(id))
}

/**
 * Another tab has changed what lies in storage. What it put there joins. What it took away it has seen in the log, and
 * this one is about to; or it was refused and dropped, and goes. What never lay there stays.
 */
export function joinKept(outbox: Outbox, kept: Outbox): Outbox {
  const known = new Map(outbox.map((entry) => [entry.id, entry]))
  const joined = kept.map((entry) => {
    const own = known.get(entry.id)
    return own
      ? { ...own, reason: entry.reason, order: entry.order }
      : { ...entry, isKept: true, notYet: true }
  })
  const there = new Set(kept.map(({ id }) => id))
  const others = outbox
    .filter(({ id, isKept, reason }) => !isKept || (!there.has(id) && reason === undefined))
    .map((entry) => (entry.isKept ? { ...entry, isAcked: true, isSeen: true } : entry))
  return [...joined, ...others].sort((one, other) => one.order - other.order)
}

/** What of one conversation still makes sense in the next: words do, a press on a question that is gone does not. */
export const carriedOver = (outbox: Outbox, conversation: string): Outbox =>
  outbox.flatMap((entry) => {
    if (entry.conversation === conversation) return entry
    if (entry.isSeen) return []
    if (entry.conversation === undefined) return { ...entry, conversation }
    return entry.value === undefined
      ? { ...entry, isAcked: false, conversation }
      : { ...entry, isAcked: false, reason: entry.reason ?? 'ConversationEnded' }
  })

/** As the page shows it. */
export const toSent = (
  { id, text, value, files, progress, at, reason }: Entry,
  isHeld: boolean,
): Sent => ({
  id,
  text,
  ...(value !== undefined && { value }),
  ...(files && { files }),
  ...(progress !== undefined && { progress }),
  at,
  state: reason !== undefined ? 'failed' : isHeld ? 'waiting' : 'sending',
  ...(reason !== undefined && { reason }),
})
