import type {
  Agent,
  Canned,
  CaseDetail,
  CaseLine,
  Colleague,
  Line,
  Presence,
  SignIn,
  Symptom,
} from './contract'
import type { Pending } from './outbox'
import type { Closing } from './closing'

/** Everything the console knows. Views draw it, `reduce` changes it, nothing else holds truth. */
export interface State {
  readonly session: Session
  readonly connection: Connection
  /** True once the first queue has come: before it, an empty queue means nothing. */
  readonly isLoaded: boolean
  /** The server's time, as far as we know it. */
  readonly now: number
  readonly desk: { readonly isOpen?: boolean; readonly opensAt?: number }
  readonly pack: { readonly title: string; readonly version: string }
  readonly canned: readonly Canned[]
  readonly symptoms: readonly Symptom[]
  readonly colleagues: readonly Colleague[]
  readonly presence: Presence
  readonly cases: Readonly<Record<string, CaseLine>>
  readonly threads: Readonly<Record<string, Thread>>
  readonly outbox: Readonly<Record<string, readonly Pending[]>>
  /** Words not sent yet, by `draftKey`. */
  readonly drafts: Readonly<Record<string, string>>
  /** Cases that a colleague passed to this agent, who has not opened them yet, with who had them. */
  readonly passed: Readonly<Record<string, string>>
  readonly typing: Readonly<Record<string, Typing>>
  /** Commands on their way, by case. */
  readonly busy: Readonly<Record<string, string>>
  readonly closing?: Closing
  readonly view: View
}

/** What is open and chosen on the screen. */
export interface View {
  readonly page: Page
  readonly tab: Tab
  readonly search: string
  /** Ended cases that the server found for `search`. */
  readonly found: readonly CaseLine[]
  readonly selected?: string
  /** Where the selected case stood in its list, so that "next" goes on from there after it left. */
  readonly position: number
  readonly mode: Mode
  readonly tray?: Tray
  readonly overlay?: Overlay
  /** The next number marks a fix as tried instead of sending it. */
  readonly isMarking: boolean
  /** A fix that loses something and waits for its second press. */
  readonly armed?: string
  /** Which side panel is drawn over the conversation on a narrow screen. */
  readonly drawer?: 'queue' | 'ladder'
  readonly notice?: Notice
}

export type Session =
  | { readonly kind: 'unknown'; readonly isUnreachable?: boolean }
  | {
      readonly kind: 'out'
      readonly signIn: SignIn
      readonly hasAgents: boolean
      readonly notice?: string
    }
  | { readonly kind: 'joining'; readonly secret: string }
  | { readonly kind: 'in'; readonly agent: Agent; readonly signIn: SignIn }

export type Connection = 'connecting' | 'open' | 'lost'
export type Tab = 'mine' | 'waiting' | 'all'
export type Mode = 'reply' | 'note'
export type Tray = 'close' | 'return' | 'transfer' | 'release' | 'facts'
export type Overlay = 'palette' | 'keys' | 'symptom'
export type Page = 'desk' | 'people' | 'audit' | 'ratings' | 'account'

export interface Thread {
  readonly rows: readonly Line[]
  /** True once rows have come for it: an empty conversation is then truly empty. */
  readonly isLoaded: boolean
  readonly detail?: CaseDetail
}

export interface Typing {
  readonly who: 'person' | 'agent'
  readonly name?: string
  readonly until: number
}

export interface Notice {
  readonly text: string
  readonly tone: 'quiet' | 'bad'
  /** The case that it is about, and leads to. */
  readonly opens?: string
}

export const start = (now: number): State => ({
  session: { kind: 'unknown' },
  connection: 'connecting',
  isLoaded: false,
  now,
  desk: {},
  pack: { title: '', version: '' },
  canned: [],
  symptoms: [],
  colleagues: [],
  presence: 'in',
  cases: {},
  threads: {},
  outbox: {},
  drafts: {},
  passed: {},
  typing: {},
  busy: {},
  view: {
    page: 'desk',
    tab: 'waiting',
    search: '',
    found: [],
    position: 0,
    mode: 'reply',
    isMarking: false,
  },
})

export const me = (state: State): Agent | undefined =>
  state.session.kind === 'in' ? state.session.agent : undefined

/** Whether what goes out now goes out as the agent on the screen: the connection's greeting has said so. */
export const canSend = (state: State): boolean =>
  state.session.kind === 'in' && state.connection === 'open'

/** The line of a case, wherever we have it from. */
export const lineOf = (state: State, id: string | undefined): CaseLine | undefined =>
  id === undefined
    ? undefined
    : (state.cases[id] ??
      state.threads[id]?.detail?.line ??
      state.view.found.find((line) => line.id === id))

export const isOpen = (line: CaseLine): boolean => line.state === 'queued' || line.state === 'held'

/** Whose case it is, seen from here. */
export function holdOf(state: State, line: CaseLine): 'mine' | 'waiting' | 'theirs' | 'ended' {
  if (line.state === 'queued') return 'waiting'
  if (line.state !== 'held') return 'ended'
  return line.agent?.id === me(state)?.id ? 'mine' : 'theirs'
}

export const draftKey = (id: string, mode: Mode): string => `${mode} ${id}`

/** Whether the open case is ours to answer: on screen, held by us, and not about to be closed. */
export function canAct(state: State): boolean {
  const { page, selected } = state.view
  const line = lineOf(state, selected)
  if (page !== 'desk' || !line || state.closing?.id === line.id) return false
  return holdOf(state, line) === 'mine'
}
