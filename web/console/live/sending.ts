import { nextToSend, type Pending } from '../state/outbox'
import { canSend } from '../state/state'
import { isNoLongerIn, Refused, send, Unreachable } from './api'
import type { Store } from './store'

const firstWaitMs = 1000
const longestWaitMs = 10_000
/** The log shows an accepted line well within this; if it words it differently, ours goes. */
const shownMs = 8000

/**
 * Sends what lies in the outbox: one after another in each case, again and again until the server has spoken.
 * Only while the connection is open: its greeting says as whom it would go.
 */
export function startSending(
  store: Store,
  on: { unreachable(error: Unreachable): void; signedOut(): void },
): () => void {
  const running = new Set<string>()
  let wake: (() => void)[] = []

  async function empty(id: string): Promise<void> {
    let wait = firstWaitMs
    for (;;) {
      const pending = nextToSend(store.state.outbox, id)
      if (!pending || !canSend(store.state)) return
      const came = await attempt(id, pending)
      if (came === 'signed-out') return
      if (came === 'unreachable') {
        await pause(wait)
        wait = Math.min(wait * 2, longestWaitMs)
      } else wait = firstWaitMs
    }
  }

  async function attempt(id: string, { key, kind, text, fix }: Pending) {
    try {
      await send(
        `cases/${encodeURIComponent(id)}/${kind}`,
        kind === 'fix' ? { key, fix } : { key, text },
      )
      store.dispatch({ type: 'accepted', id, key })
      window.setTimeout(() => store.dispatch({ type: 'shown', id, key }), shownMs)
      return 'spoken'
    } catch (error) {
      if (error instanceof Unreachable) {
        on.unreachable(error)
        return 'unreachable'
      }
      if (!(error instanceof Refused)) throw error
      if (isNoLongerIn(error)) {
        on.signedOut()
        return 'signed-out'
      }
      store.dispatch({ type: 'refused', id, key, message: error.message })
      return 'spoken'
    }
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = window.setTimeout(resolve, ms)
      wake.push(() => {
        window.clearTimeout(timer)
        resolve()
      })
    })

  function run(id: string) {
    if (running.has(id)) return
    running.add(id)
    void empty(id).finally(() => running.delete(id))
  }

  return store.subscribe((state, before) => {
    const isBack = canSend(state) && !canSend(before)
    if (isBack) {
      for (const go of wake) go()
      wake = []
    }
    if (isBack || state.outbox !== before.outbox)
      for (const id of Object.keys(state.outbox)) run(id)
  })
}
