import type { Agent, SignedOutReason, SignIn } from '../state/contract'
import { me } from '../state/state'
import { words } from '../words'
import { read, Refused, send, Unreachable } from './api'
import { forgetKept, kept, ownKept } from './keeping'
import { leavePlace } from './place'
import type { Store } from './store'

/** Between two tries to find out who is signed in. */
const retryMs = 3000

/** Who is signed in, as the server has it; unknown when it could not say. */
type Answer = 'in' | 'out' | 'unknown'

/** Who is signed in here, and how that begins and ends. */
export function createSession(store: Store) {
  /** Asks the server who we are. Goes on asking while nobody is signed in, or when told to `insist`. */
  async function check({ notice = '', insist = false } = {}): Promise<Answer> {
    try {
      const { agent, signIn } = await read<{ agent: Agent; signIn: SignIn }>('me')
      changing = undefined
      const isSame = lastAgent === agent.id
      if (lastAgent !== undefined && !isSame) leavePlace()
      lastAgent = agent.id
      // Read before the store begins anew, which is kept as well.
      const own = ownKept(agent.id) ? kept() : undefined
      store.dispatch({ type: 'signed-in', agent, signIn, isSame })
      if (!isSame && own) store.dispatch({ type: 'kept', ...own })
      return 'in'
    } catch (error) {
      if (error instanceof Refused && error.status === 401) {
        const { signIn = { kind: 'password' }, hasAgents = true } = error.body
        const session = { kind: 'out', signIn, hasAgents, notice } as const
        store.dispatch({ type: 'session', session })
        return 'out'
      }
      if (!(error instanceof Unreachable) && !(error instanceof Refused)) throw error
      const { kind } = store.state.session
      if (kind === 'unknown')
        store.dispatch({ type: 'session', session: { kind, isUnreachable: true } })
      if (kind === 'unknown' || insist)
        window.setTimeout(() => void check({ notice, insist }), retryMs)
      return 'unknown'
    }
  }
  let lastAgent: string | undefined
  /** A change of the password that is under way: what the door says if it cannot be known whether it came through. */
  let changing: Promise<string> | undefined

  /** After the server let us in: a page that cannot learn who we are says so, and goes on asking. */
  async function enter(): Promise<void> {
    if ((await check({ insist: true })) === 'unknown') throw new Unreachable('me')
  }

  return {
    /** The first look: an invitation in the address, what the sign-in elsewhere came to, or who is signed in. */
    async begin(hash: URLSearchParams): Promise<void> {
      const secret = hash.get('join')
      if (secret) return store.dispatch({ type: 'session', session: { kind: 'joining', secret } })
      const outcome = hash.get('sign-in')
      const notices: Readonly<Record<string, string>> = {
        failed: words.signIn.failed,
        'no-role': words.signIn.noRole,
        unavailable: words.signIn.unavailable,
      }
      await check({ notice: notices[outcome ?? ''] })
    },
    /** Finds out whether the session still holds, once the answer that may begin another has come. */
    async stillHolds(): Promise<Answer> {
      const unclear = await changing
      return check({ notice: unclear || words.signIn.goneElse })
    },
    /** The server no longer knows us, or it knows somebody else who signed in in another tab. */
    async ended(reason?: SignedOutReason): Promise<void> {
      const before = lastAgent
      const isOver = reason === 'idle' || reason === 'expired'
      const notice =
        (!isOver && (await changing)) || (reason ? words.signIn.out[reason] : words.signIn.goneElse)
      if ((await check({ notice, insist: true })) !== 'in' || lastAgent === before) return
      const text = words.signIn.nowOther(me(store.state)?.name ?? '')
      store.dispatch({ type: 'notice', notice: { text, tone: 'quiet' } })
    },
    async signIn(email: string, password: string): Promise<void> {
      await send('sign-in', { email, password })
      await enter()
    },
    async join(account: Readonly<Record<'secret' | 'name' | 'email' | 'password', string>>) {
      await send('join', account)
      await enter()
    },
    /**
     * The server ends all sessions with it and begins another, whose cookie comes with the answer. That the old one has
     * ended may be heard sooner: then the answer is waited for, and nobody is asked to sign in.
     */
    async changePassword(old: string, fresh: string): Promise<void> {
      const answer = send('password', { old, new: fresh })
      changing = answer.then(
        () => '',
        (error: unknown) => (error instanceof Unreachable ? words.signIn.passwordUnclear : ''),
      )
      await answer
    },
    /** Away from an invitation that leads nowhere. */
    leaveJoin(): Promise<Answer> {
      store.dispatch({ type: 'session', session: { kind: 'unknown' } })
      return check()
    },
    /** On purpose: whoever comes after finds nothing of what was written here. */
    async signOut(): Promise<void> {
      await send('sign-out', {})
      lastAgent = undefined
      store.dispatch({ type: 'forget' })
      forgetKept()
      leavePlace()
      await check({ insist: true })
    },
  }
}

export type Session = ReturnType<typeof createSession>
