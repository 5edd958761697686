import type { Conversations } from '../../conversations'
import type { Route } from '../../http'
import type { Log } from '../../log'
import type { Database } from '../../storage'
import { Farewells } from '../farewells'
import type { Handoffs } from '../handoffs'
import { erasure } from './activities'
import { DeskTickets } from './desk-tickets'
import { deskDoor } from './door'
import { createPost } from './post'
import { DeskSender } from './sender'

export interface WebhookDeskOptions {
  readonly settings: {
    readonly DESK_WEBHOOK_URL?: string | undefined
    readonly DESK_WEBHOOK_SECRET?: string | undefined
  }
  readonly database: Database
  readonly conversations: Conversations
  readonly handoffs: Handoffs
  readonly log: Log
  readonly linkTo?: ((ticket: string) => string) | undefined
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Shows the person that an agent is typing. */
  readonly typed?: (conversation: string, agent: string) => void
  /** Between 0 and 1: spreads the pauses after failures. */
  readonly chance?: () => number
  /** How often the sender looks without being told, in milliseconds. */
  readonly sweepMs?: number
}

/** The desk as the server takes it: its route for the HTTP front, and the sender. Stop it before the database closes. */
export interface WebhookDesk {
  readonly routes: readonly Route[]
  start(): void
  stop(): Promise<void>
}

/**
 * A help desk elsewhere, joined by signed posts both ways. Undefined without its settings: then there is no door, and
 * nothing leaves.
 */
export function createWebhookDesk(options: WebhookDeskOptions): WebhookDesk | undefined {
  const { settings, chance = Math.random, ...rest } = options
  const { DESK_WEBHOOK_URL: url, DESK_WEBHOOK_SECRET: secret } = settings
  if (url === undefined || secret === undefined) return undefined
  const tickets = new DeskTickets(rest.database)
  const post = createPost({ url, secret, now: rest.now })
  const sender = new DeskSender({ ...rest, tickets, post, chance })
  const farewells = new Farewells({
    ...rest,
    desk: 'webhook',
    tell: async (farewell) => {
      const posted = await post(erasure(farewell))
      if (posted.kind === 'taken') return { kind: 'told' }
      if (posted.kind === 'later') return posted
      return { kind: 'refused', reason: `it answered ${posted.status}` }
    },
  })
  return {
    routes: [deskDoor({ ...rest, tickets, secret })],
    start() {
      sender.start()
      farewells.start()
    },
    async stop() {
      await Promise.all([sender.stop(), farewells.stop()])
    },
  }
}
