import { wroteAgain } from './closing'
import type { CaseLine, ServerMessage } from './contract'
import { settle } from './outbox'
import { me, start, type State, type Thread } from './state'
import { mergeRows } from './thread'
import { words } from '../words'

/** A "typing" is believed for this long. */
export const typingMs = 5000

const noThread: Thread = { rows: [], isLoaded: false }
/** Conversations kept beside the open one, so that going back is instant. */
const keptThreads = 12

/** What the console knows after the server said something. */
export function reduceMessage(state: State, message: ServerMessage): State {
  switch (message.type) {
    case 'hello':
      // Another's cookie is in this browser by now: nothing of the one before stays, nor goes out in their name.
      if (me(state) && me(state)?.id !== message.agent.id) return start(message.now)
      return {
        ...state,
        connection: 'open',
        now: message.now,
        desk: message.desk,
        pack: message.pack,
        canned: message.canned,
        symptoms: message.symptoms,
        session:
          state.session.kind === 'in' ? { ...state.session, agent: message.agent } : state.session,
      }
    case 'queue':
      return afterQueue(state, message)
    case 'colleagues':
      return { ...state, colleagues: message.list }
    case 'case': {
      const { line } = message.detail
      const thread = { ...(state.threads[line.id] ?? noThread), detail: message.detail }
      const threads = withThread(state, line.id, thread)
      return keepOpenIfAwaited({ ...state, threads, cases: withNewer(state.cases, line) }, [line])
    }
    case 'rows':
      return afterRows(state, message)
    case 'typing': {
      const { id, who, name } = message
      const until = state.now + typingMs
      return { ...state, typing: { ...state.typing, [id]: { who, name, until } } }
    }
    case 'refused': {
      // What was shown of it goes too: the person may have had it erased.
      const { [message.id]: _gone, ...threads } = state.threads
      return {
        ...state,
        threads,
        view: {
          ...state.view,
          selected: state.view.selected === message.id ? undefined : state.view.selected,
          notice: { text: message.message, tone: 'bad' },
        },
      }
    }
    default:
      // The end of a session is the connection's business; a kind we do not know is a newer server's.
      return state
  }
}

function afterQueue(state: State, message: Extract<ServerMessage, { type: 'queue' }>): State {
  const cases: Record<string, CaseLine> = message.reset ? {} : { ...state.cases }
  for (const line of message.cases) {
    const known = cases[line.id]
    if (!known || known.version <= line.version) cases[line.id] = line
  }
  for (const id of message.gone) delete cases[id]
  return keepOpenIfAwaited({ ...state, isLoaded: true, cases }, message.cases)
}

/** Somebody whose case is being closed and who writes again keeps it open. */
function keepOpenIfAwaited(state: State, lines: readonly CaseLine[]): State {
  const again = lines.find((line) => wroteAgain(state.closing, line))
  if (!again) return state
  const notice = { text: words.close.wroteAgain(again.person), tone: 'quiet' } as const
  return { ...state, closing: undefined, view: { ...state.view, notice } }
}

/** A case we only look at (an ended one) is not put into the queue. */
function withNewer(cases: State['cases'], line: CaseLine): State['cases'] {
  const known = cases[line.id]
  return known && known.version <= line.version ? { ...cases, [line.id]: line } : cases
}

function afterRows(state: State, { id, rows }: Extract<ServerMessage, { type: 'rows' }>): State {
  const thread = state.threads[id] ?? noThread
  const { [id]: _, ...typing } = state.typing
  const hasSpoken = rows.some(({ from }) => from === 'person' || from === 'agent')
  return {
    ...state,
    threads: withThread(state, id, {
      ...thread,
      rows: mergeRows(thread.rows, rows),
      isLoaded: true,
    }),
    typing: hasSpoken ? typing : state.typing,
    outbox: settle(state.outbox, id, rows, me(state)?.name),
  }
}

/** The newest threads, the one just heard of last. */
function withThread(state: State, id: string, thread: Thread): State['threads'] {
  const { [id]: _, ...others } = state.threads
  const kept = Object.entries(others)
    .filter(([each]) => each === state.view.selected)
    .concat(Object.entries(others).filter(([each]) => each !== state.view.selected))
    .slice(0, keptThreads)
  return { ...Object.fromEntries(kept), [id]: thread }
}
