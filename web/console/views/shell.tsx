import type { Agent } from '../state/contract'
import type { State } from '../state/state'
import { Account } from './account'
import { Audit } from './audit'
import { Bars } from './bars'
import { Conversation } from './conversation'
import { KeysHelp } from './keys-help'
import { LadderPanel } from './ladder-panel'
import { Palette } from './palette'
import { People } from './people'
import { Queue } from './queue'
import { RatingsPage } from './ratings'
import { SymptomPicker } from './symptom-picker'
import { TopBar } from './top-bar'

/** Everything behind the sign-in: the three columns, or one of the pages. */
export function Shell({ state, agent }: { readonly state: State; readonly agent: Agent }) {
  const { page, overlay, drawer, selected } = state.view
  return (
    <div class="shell">
      <TopBar state={state} agent={agent} />
      {page === 'desk' ? (
        <main class={`desk ${drawer ? `drawer-${drawer}` : ''} ${selected ? '' : 'no-case'}`}>
          <Queue state={state} />
          <Conversation state={state} />
          <LadderPanel state={state} />
        </main>
      ) : (
        <main class="page">
          {page === 'people' && <People now={state.now} own={agent.id} />}
          {page === 'audit' && <Audit cases={state.cases} />}
          {page === 'ratings' && <RatingsPage isOwnOnly={agent.role === 'agent'} />}
          {page === 'account' && <Account state={state} />}
        </main>
      )}
      <Bars state={state} />
      {overlay === 'palette' && <Palette state={state} />}
      {overlay === 'symptom' && <SymptomPicker state={state} />}
      {overlay === 'keys' && <KeysHelp state={state} />}
    </div>
  )
}
