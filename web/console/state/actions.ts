import type { Closing } from './closing'
import type { Agent, CaseLine, Presence, ServerMessage, SignIn } from './contract'
import type { Pending } from './outbox'
import type { Connection, Mode, Notice, Overlay, Page, Session, State, Tab, Tray } from './state'

/** Everything that can happen. */
export type Action =
  | { readonly type: 'message'; readonly message: ServerMessage }
  | { readonly type: 'connection'; readonly connection: Connection }
  | { readonly type: 'tick'; readonly now: number }
  | { readonly type: 'session'; readonly session: Session }
  | {
      readonly type: 'signed-in'
      readonly agent: Agent
      readonly signIn: SignIn
      /** The same person as before, who goes on where they were. */
      readonly isSame: boolean
    }
  /** Signed out on purpose: nothing that was on the screen stays. */
  | { readonly type: 'forget' }
  | { readonly type: 'presence'; readonly presence: Presence }
  | ({ readonly type: 'kept' } & Pick<State, 'outbox' | 'drafts' | 'passed'>)
  | { readonly type: 'draft'; readonly id: string; readonly mode: Mode; readonly text: string }
  | { readonly type: 'send'; readonly id: string; readonly pending: Pending }
  /** It was accepted a while ago: whatever the log shows, it shows it by now. */
  | { readonly type: 'shown'; readonly id: string; readonly key: string }
  | { readonly type: 'accepted'; readonly id: string; readonly key: string }
  | {
      readonly type: 'refused'
      readonly id: string
      readonly key: string
      readonly message: string
    }
  | { readonly type: 'again'; readonly id: string; readonly key: string }
  | { readonly type: 'discard'; readonly id: string; readonly key: string }
  | { readonly type: 'busy'; readonly id: string; readonly command?: string }
  | { readonly type: 'close'; readonly closing: Closing }
  | { readonly type: 'stop-closing' }
  | ViewAction

export type ViewAction =
  | { readonly type: 'select'; readonly id?: string }
  | { readonly type: 'tab'; readonly tab: Tab }
  | { readonly type: 'search'; readonly search: string }
  | { readonly type: 'found'; readonly search: string; readonly cases: readonly CaseLine[] }
  | { readonly type: 'mode'; readonly mode: Mode }
  | { readonly type: 'tray'; readonly tray?: Tray }
  | { readonly type: 'overlay'; readonly overlay?: Overlay }
  | { readonly type: 'marking'; readonly isMarking: boolean }
  | { readonly type: 'arm'; readonly fix?: string }
  | { readonly type: 'drawer'; readonly drawer?: 'queue' | 'ladder' }
  | { readonly type: 'page'; readonly page: Page }
  | { readonly type: 'notice'; readonly notice?: Notice }
