import type { Conversations } from '../../conversations'

/** The bot takes some milliseconds; nobody waits longer than this to hear that a conversation has begun. */
const greetsWithinMs = 250

/**
 * Listens, from before a conversation begins, for what the bot says to its first row. `heard` resolves once there is a
 * second row, or after a moment without one; `stop` ends it.
 */
export function listenForGreeting(
  conversations: Pick<Conversations, 'watch'>,
  conversation: string,
): { readonly heard: Promise<void>; readonly stop: () => void } {
  let stop = () => {}
  const heard = new Promise<void>((resolve) => {
    const unwatch = conversations.watch(conversation, (lastSeq) => lastSeq > 1 && stop())
    const timer = setTimeout(() => stop(), greetsWithinMs)
    stop = () => {
      clearTimeout(timer)
      unwatch()
      resolve()
    }
  })
  return { heard, stop: () => stop() }
}
