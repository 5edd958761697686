import type { Action } from './actions'
import { accept, assumeShown, discard, refuse, sendIn, tryAgain } from './outbox'
import { reduceMessage } from './messages'
import { withPassed } from './passed'
import { draftKey, start, type State } from './state'
import { reduceView } from './view'

/** What the console knows after something happened. Pure: the same state and action always give the same. */
export const reduce = (state: State, action: Action): State =>
  withPassed(state, reduceAction(state, action))

function reduceAction(state: State, action: Action): State {
  switch (action.type) {
    case 'message':
      return reduceMessage(state, action.message)
    case 'connection':
      return state.connection === action.connection
        ? state
        : { ...state, connection: action.connection }
    case 'tick':
      return { ...state, now: action.now }
    case 'session':
      return { ...state, session: action.session }
    case 'signed-in':
      return startSession(state, action)
    case 'forget':
      return start(state.now)
    case 'presence':
      return { ...state, presence: action.presence }
    case 'kept':
      return { ...state, outbox: action.outbox, drafts: action.drafts, passed: action.passed }
    case 'draft':
      return { ...state, drafts: withDraft(state.drafts, action) }
    case 'send':
      return { ...state, outbox: sendIn(state.outbox, action.id, action.pending) }
    case 'accepted':
      return { ...state, outbox: accept(state.outbox, action.id, action.key) }
    case 'shown':
      return state.connection === 'open' && state.view.selected === action.id
        ? { ...state, outbox: assumeShown(state.outbox, action.id, action.key) }
        : state
    case 'refused':
      return { ...state, outbox: refuse(state.outbox, action.id, action.key, action.message) }
    case 'again':
      return { ...state, outbox: tryAgain(state.outbox, action.id, action.key) }
    case 'discard':
      return { ...state, outbox: discard(state.outbox, action.id, action.key) }
    case 'busy':
      return { ...state, busy: withBusy(state.busy, action.id, action.command) }
    case 'close':
      return { ...state, closing: action.closing, view: { ...state.view, tray: undefined } }
    case 'stop-closing':
      return { ...state, closing: undefined }
    default:
      return reduceView(state, action)
  }
}

/** Somebody else at the same screen sees nothing of what the one before had open. */
function startSession(state: State, { agent, signIn, isSame }: SignedIn): State {
  const session = { kind: 'in', agent, signIn } as const
  return isSame ? { ...state, session } : { ...start(state.now), session }
}

type SignedIn = Extract<Action, { type: 'signed-in' }>

function withDraft(
  drafts: State['drafts'],
  { id, mode, text }: Extract<Action, { type: 'draft' }>,
): State['drafts'] {
  const { [draftKey(id, mode)]: _, ...others } = drafts
  return text ? { ...others, [draftKey(id, mode)]: text } : others
}

function withBusy(busy: State['busy'], id: string, command: string | undefined): State['busy'] {
  const { [id]: _, ...others } = busy
  return command === undefined ? others : { ...others, [id]: command }
}
