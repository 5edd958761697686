import { z } from 'zod'
import type { Called, Caller } from '../teams'
import type { Card } from './card-parts'
import type { DeskPlace } from './place'

type Failed = Exclude<Called, { readonly kind: 'done' }>

/** A new thread: where it is, and which of its messages is the card. */
export type Opened =
  { readonly kind: 'opened'; readonly thread: string; readonly activity: string } | Failed

/** The calls by which the desk writes in its channel. */
export interface DeskConnector {
  /** Begins a thread with a card. */
  open(card: Card): Promise<Opened>
  /** Replaces the card of a thread. */
  update(at: { thread: string; activity: string }, card: Card): Promise<Called>
  /** Writes Markdown into a thread. */
  say(thread: string, text: string): Promise<Called>
}

const created = z.object({
  id: z.string().min(1).max(1_000),
  activityId: z.string().min(1).max(1_000),
})

export function createDeskConnector(
  call: Caller,
  { place, bot }: { readonly place: DeskPlace; readonly bot: string },
): DeskConnector {
  const { serviceUrl, channel, tenant } = place
  const from = { id: bot }
  return {
    async open(card) {
      const called = await call({
        method: 'POST',
        serviceUrl,
        path: ['conversations'],
        body: {
          isGroup: true,
          bot: from,
          tenantId: tenant,
          channelData: { channel: { id: channel }, tenant: { id: tenant } },
          activity: messageWith(card),
        },
      })
      if (called.kind !== 'done') return called
      const read = created.safeParse(called.json)
      // It is there, and where, nobody knows: the first press on it will tell.
      if (!read.success) return { kind: 'unknown', reason: 'the answer does not name the thread' }
      const { id, activityId: activity } = read.data
      const thread = id.includes(';messageid=') ? id : `${channel};messageid=${activity}`
      return { kind: 'opened', thread, activity }
    },
    update: ({ thread, activity }, card) =>
      call({
        method: 'PUT',
        serviceUrl,
        path: ['conversations', thread, 'activities', activity],
        body: { ...messageWith(card), id: activity, from, conversation: { id: thread } },
      }),
    say: (thread, text) =>
      call({
        method: 'POST',
        serviceUrl,
        path: ['conversations', thread, 'activities'],
        body: { type: 'message', from, conversation: { id: thread }, textFormat: 'markdown', text },
      }),
  }
}

const messageWith = (card: Card) => ({
  type: 'message',
  // What a notification shows in place of "Card".
  summary: card.fallbackText,
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
})
