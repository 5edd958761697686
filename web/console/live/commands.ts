import { undoMs, wroteAgain, type Closing } from '../state/closing'
import type { CaseLine, Command, NotedFacts } from '../state/contract'
import type { Pending } from '../state/outbox'
import { canSend, lineOf, me } from '../state/state'
import { isNoLongerIn, Refused, send, Unreachable } from './api'
import type { Store } from './store'
import { words } from '../words'

/** What an agent does to a case. Each tells the server, and shows what came of it or why not. */
export function createCommands(
  store: Store,
  on: { unreachable(error: Unreachable): void; signedOut(): void },
) {
  const path = (id: string, command: Command) => `cases/${encodeURIComponent(id)}/${command}`

  /** True when the server did it. `version` goes along where another agent may have been quicker. */
  const command = async (id: string, name: Command, body: object): Promise<boolean> =>
    (await attempt(id, name, body)) === 'done'

  /** "unsent" when the server has not said yes or no, and may well do it another time. */
  async function attempt(
    id: string,
    name: Command,
    body: object,
    { keepalive = false } = {},
  ): Promise<'done' | 'refused' | 'unsent'> {
    if (store.state.busy[id] !== undefined) return 'unsent'
    store.dispatch({ type: 'busy', id, command: name })
    try {
      const answer = await send<{ case: CaseLine }>(path(id, name), body, { keepalive })
      const cases = [answer.case]
      store.dispatch({ type: 'message', message: { type: 'queue', cases, gone: [] } })
      return 'done'
    } catch (error) {
      report(error)
      return error instanceof Refused && !isNoLongerIn(error) ? 'refused' : 'unsent'
    } finally {
      store.dispatch({ type: 'busy', id })
    }
  }

  function report(error: unknown): void {
    if (isNoLongerIn(error)) return on.signedOut()
    if (error instanceof Unreachable) on.unreachable(error)
    else if (!(error instanceof Refused)) throw error
    store.dispatch({ type: 'notice', notice: { text: error.message, tone: 'bad' } })
  }

  const versioned = (id: string) => {
    const version = lineOf(store.state, id)?.version
    return { key: crypto.randomUUID(), ...(version !== undefined && { version }) }
  }

  /** Sends the closing that is under way, now. What could not be sent is under way again. */
  async function commitClosing(options?: { keepalive: boolean }): Promise<void> {
    const { closing } = store.state
    if (!closing) return
    const owner = me(store.state)?.id
    const { id, key, fixed, words: what } = closing
    store.dispatch({ type: 'stop-closing' })
    const body = { ...versioned(id), key, fixed, ...(what && { words: what }) }
    if ((await attempt(id, 'close', body, options)) !== 'unsent') return
    if (owner === me(store.state)?.id) putBack(closing)
  }

  function putBack(closing: Closing): void {
    const line = lineOf(store.state, closing.id)
    const isOver = store.state.closing !== undefined || (line && wroteAgain(closing, line))
    if (!isOver) store.dispatch({ type: 'close', closing })
    const text = isOver ? words.close.stays(closing.person) : words.close.notYet(closing.person)
    store.dispatch({ type: 'notice', notice: { text, tone: 'quiet' } })
  }

  let closingTimer: number | undefined
  store.subscribe((state, before) => {
    if (state.closing === before.closing && canSend(state) === canSend(before)) return
    window.clearTimeout(closingTimer)
    if (state.closing && canSend(state))
      closingTimer = window.setTimeout(() => void commitClosing(), undoMs)
  })

  function put(id: string, kind: 'answer' | 'note' | 'fix', text: string, fix?: string) {
    const after = store.state.threads[id]?.rows.at(-1)?.seq ?? 0
    const key = crypto.randomUUID()
    const at = store.state.now
    const pending = { key, kind, text, fix, at, after, status: 'sending' } as const
    store.dispatch({ type: 'send', id, pending })
  }

  return {
    report,
    commitClosing,
    async claim(id: string): Promise<boolean> {
      const isClaimed = await command(id, 'claim', versioned(id))
      const isOurs = lineOf(store.state, id)?.agent?.id === me(store.state)?.id
      if (isClaimed && isOurs && store.state.view.tab === 'waiting')
        store.dispatch({ type: 'tab', tab: 'mine' })
      return isClaimed
    },
    answer: (id: string, text: string) => put(id, 'answer', text),
    note: (id: string, text: string) => put(id, 'note', text),
    sendFix: (id: string, fix: string, title: string) => put(id, 'fix', title, fix),
    /** What was refused, once more. A fix goes as a new one: under its old key the server would think it done. */
    sendAgain(id: string, { kind, key, text, fix }: Pending): void {
      if (kind === 'fix') put(id, kind, text, fix)
      else store.dispatch({ type: 'again', id, key })
    },
    mark: (id: string, fix: string, result: string) =>
      command(id, 'mark', { key: crypto.randomUUID(), fix, result }),
    symptom: (id: string, symptom: string) =>
      command(id, 'symptom', { key: crypto.randomUUID(), symptom }),
    facts: (id: string, facts: NotedFacts) =>
      command(id, 'facts', { key: crypto.randomUUID(), ...facts }),
    transfer: (id: string, to: string, comment: string) =>
      command(id, 'transfer', { ...versioned(id), to, ...(comment && { comment }) }),
    release: (id: string, comment: string) =>
      command(id, 'release', { ...versioned(id), ...(comment && { comment }) }),
    giveBack: (id: string, fix: string | undefined) =>
      command(id, 'return', { ...versioned(id), ...(fix && { fix }) }),
    /** Closes in five seconds, unless it is undone or the person writes again. */
    close(id: string, fixed: string, what?: string): void {
      void commitClosing()
      const since = store.state.now
      const person = lineOf(store.state, id)?.person ?? ''
      const key = crypto.randomUUID()
      const closing = { id, key, person, fixed, words: what, since, dueAt: since + undoMs }
      store.dispatch({ type: 'close', closing })
    },
    undoClose: () => store.dispatch({ type: 'stop-closing' }),
  }
}

export type Commands = ReturnType<typeof createCommands>
