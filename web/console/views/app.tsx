import { words } from '../words'
import { Join } from './join'
import { Shell } from './shell'
import { SignIn } from './sign-in'
import { useDesk, useDeskState } from './use-desk'

/** The console: signing in, or the cases. */
export function App() {
  const state = useDeskState(useDesk())
  const { session } = state
  if (session.kind === 'in') return <Shell state={state} agent={session.agent} />
  if (session.kind === 'out') return <SignIn session={session} hasDrafts={hasKept(state)} />
  if (session.kind === 'joining') return <Join secret={session.secret} />
  return (
    <main class="door" aria-busy="true">
      <p class="door-wait" role="status">
        {session.isUnreachable ? words.unreachable : words.loading}
      </p>
    </main>
  )
}

const hasKept = ({ drafts, outbox }: { drafts: object; outbox: object }): boolean =>
  Object.keys(drafts).length + Object.keys(outbox).length > 0
