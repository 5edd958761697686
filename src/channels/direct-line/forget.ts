import type { Conversations } from '../../conversations'
import type { Buckets, Route } from '../../http'
import type { Log } from '../../log'
import { limitAsks, principalOf } from './door'
import type { Streams } from './stream'
import { tokenSeconds, type Tokens } from './tokens'

export interface ForgetOptions {
  readonly conversations: Pick<Conversations, 'forget' | 'isForgotten'>
  readonly tokens: Tokens
  readonly streams: Pick<Streams, 'end'>
  readonly asks: Buckets
  readonly log: Log
  readonly now: () => number
}

/** Erases the conversation of whoever shows a token of it, at once and for good; again is as good. */
export const forgetRoute = ({
  conversations,
  tokens,
  streams,
  asks,
  log,
  now,
}: ForgetOptions): Route => ({
  method: 'POST',
  path: '/api/chat/forget',
  handler: async (request) => {
    const { conversation } = principalOf(request, tokens)
    limitAsks(asks, conversation)
    if (await conversations.isForgotten(conversation)) return { status: 204 }
    // None is given out for it from now on, and a second more because a token's end is counted in whole ones.
    await conversations.forget(conversation, now() + (tokenSeconds + 1) * 1000)
    streams.end(conversation)
    log.info({ conversation }, 'a conversation was erased, as its person asked')
    return { status: 204 }
  },
})
