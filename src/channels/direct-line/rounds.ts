import { setImmediate } from 'node:timers/promises'
import { askedTogether, type Conversations } from '../../conversations'

export interface RoundsOptions {
  readonly conversations: Pick<Conversations, 'newest'>
  /** Milliseconds from one round to the next. */
  readonly everyMs: number
  /** The conversations to look at, as a round begins. */
  readonly open: () => readonly string[]
  /** Called for each of them, whatever becomes of the asking. */
  readonly tend: (conversation: string) => void
  /** Called with the answer for each; `newest` is undefined for a conversation that is not there. */
  readonly look: (conversation: string, newest: number | undefined) => void
  readonly onFault: (error: unknown) => void
}

/**
 * Goes round all open conversations once in a while and says how far their logs go: a hint that something was appended
 * may be lost. Many are asked for at once, since each stream asking for itself took a third of a core with 5,000 of them.
 */
export function createRounds(options: RoundsOptions): {
  /** Begins no more rounds, and waits for the one under way to end early. */
  stop(): Promise<void>
} {
  const { conversations, everyMs, open, tend, look, onFault } = options
  let isGoing = false
  let isStopped = false
  let round = Promise.resolve()

  async function goRound(all: readonly string[]): Promise<void> {
    for (let from = 0; from < all.length && !isStopped; from += askedTogether) {
      const some = all.slice(from, from + askedTogether)
      const newest = await conversations.newest(some)
      for (const conversation of some) look(conversation, newest.get(conversation))
      // Whoever writes meanwhile does not wait for the whole round.
      await setImmediate()
    }
  }

  const timer = setInterval(() => {
    const all = open()
    for (const conversation of all) tend(conversation)
    if (isGoing) return
    isGoing = true
    round = goRound(all)
      .catch(onFault)
      .finally(() => {
        isGoing = false
      })
  }, everyMs).unref()
  return {
    stop() {
      isStopped = true
      clearInterval(timer)
      return round
    },
  }
}
