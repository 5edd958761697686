import { z } from 'zod'
import type { Address } from '../addresses'
import type { Called, Caller } from './calls'
import type { OutgoingActivity } from './draw'

/** What became of one message that was handed to the connector. */
export type Posted =
  | { readonly kind: 'sent'; readonly activityId: string | null }
  /** It certainly did not arrive (`later`: it may be sent again), nobody knows, or this person or message is not taken. */
  | Exclude<Called, { readonly kind: 'done' }>

export interface Connector {
  post(address: Address, activity: OutgoingActivity): Promise<Posted>
  /** Puts another message in the place of one that was sent; as often as one likes. */
  replace(address: Address, activityId: string, activity: OutgoingActivity): Promise<Called>
}

const created = z.object({ id: z.string().min(1).max(1_000) })

/** Hands messages for people to the Bot Connector. */
export const createConnector = (call: Caller): Connector => ({
  async post({ serviceUrl, reference }, activity) {
    const called = await call({
      method: 'POST',
      serviceUrl,
      path: ['conversations', reference.conversation, 'activities'],
      body: activity,
    })
    return called.kind === 'done'
      ? { kind: 'sent', activityId: created.safeParse(called.json).data?.id ?? null }
      : called
  },

  replace: ({ serviceUrl, reference }, activityId, activity) =>
    call({
      method: 'PUT',
      serviceUrl,
      path: ['conversations', reference.conversation, 'activities', activityId],
      body: { ...activity, id: activityId },
    }),
})
