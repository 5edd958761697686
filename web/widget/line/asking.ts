import type { Standing } from '../wire'
import { newId } from './new-id'
import { nextToSend } from './outbox'
import type { Session } from './session'

/** A place in the queue moves on without a word in the log. */
const queuedMs = 20_000
const usualMs = 5 * 60_000

/** Keeps what is known of the desk and of who has the conversation. */
export async function keepAsking(session: Session): Promise<void> {
  const { store, options } = session.world
  while (!session.isOver) {
    if (session.isStarted && session.isReached) {
      const answer = await session.visitor.ask('GET', '/api/chat/standing')
      if (session.isOver) return
      const standing = answer.kind === 'ok' ? (answer.json as Standing | undefined) : undefined
      if (typeof standing?.holder === 'string') store.patch({ standing })
    }
    const isQueued = store.state.standing?.holder === 'queue' && !options.isHidden?.()
    await session.asking.wait(isQueued ? queuedMs : usualMs)
  }
}

/**
 * Tells the bot, once for each visit, that somebody has come back, so that it can ask where to go on. Not when there is
 * something to send: that says more. It is a courtesy, and not repeated.
 */
export function sayBack({ world, visitor }: Session, place: string): void {
  const { options, store, messages, random } = world
  if (world.hasSaidBack || !store.state.isBack || nextToSend(messages.outbox)) return
  world.hasSaidBack = true
  const { timeZone } = options
  void visitor.ask('POST', `${place}/activities`, {
    body: {
      type: 'event',
      name: 'webchat/join',
      // A request that hung may be asked once more.
      channelData: { clientActivityID: newId(random) },
      ...(timeZone !== undefined && { localTimezone: timeZone }),
    },
  })
}
