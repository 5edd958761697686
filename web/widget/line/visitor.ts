import type { TokenAnswer } from '../wire'
import type { Answer, Call, Request } from './calls'
import { askForToken } from './tokens'
import type { World } from './world'

/** Who we are towards the server in one conversation: its token, renewed as needed, and its secret. */
export interface Visitor {
  readonly conversationId: string | undefined
  readonly resume: string | undefined
  /** A request with the token; a token that is not believed is renewed once. */
  ask(method: 'GET' | 'POST', path: string, request?: Request, call?: Call): Promise<Answer>
  hold(token: { readonly token: string; readonly expires_in: number }): void
  end(): void
}

/** Of a token's life, measured by timers: what a clock says here or there does not matter. */
const refreshAt = 0.6
const retryRefreshMs = 10_000

export function createVisitor(
  world: World,
  given: { readonly resume?: string | undefined; readonly visitor?: TokenAnswer | undefined },
  onKnown: (visitor: TokenAnswer, isBack: boolean) => void,
): Visitor {
  let { resume } = given
  let conversationId: string | undefined
  let token: string | undefined
  let renewing: Promise<Answer> | undefined
  let cancelRefresh = () => {}
  let isOver = false

  function know(visitor: TokenAnswer, isBack: boolean): void {
    conversationId = visitor.conversationId
    resume = visitor.resume
    hold(visitor)
    onKnown(visitor, isBack)
  }

  function hold(next: { readonly token: string; readonly expires_in: number }): void {
    token = next.token
    refreshIn((Number(next.expires_in) || 600) * 1000 * refreshAt)
  }

  function refreshIn(ms: number): void {
    cancelRefresh()
    if (!isOver) cancelRefresh = world.options.setTimer(ms, () => void refresh())
  }

  async function refresh(): Promise<void> {
    const old = token
    let answer = await world.call('POST', '/v3/directline/tokens/refresh', { token: old })
    if (isOver || token !== old) return
    if (answer.kind === 'ok') return hold(answer.json as TokenAnswer)
    if (answer.kind === 'denied') answer = await renew(old)
    if (answer.kind !== 'ok') refreshIn(retryRefreshMs)
  }

  /** A new token by the secret, unless somebody has just got one. */
  const renew = (bad: string | undefined): Promise<Answer> => {
    if (token !== undefined && token !== bad)
      return Promise.resolve({ kind: 'ok', json: undefined })
    renewing ??= askAnew().finally(() => (renewing = undefined))
    return renewing
  }

  async function askAnew(): Promise<Answer> {
    const answer = await askForToken(world, resume)
    if (answer.kind !== 'given') return answer
    if (isOver) return { kind: 'unreachable', retryMs: 0 }
    const { visitor } = answer
    const kept = world.kept.readResume()
    const isNews = kept !== undefined && kept !== resume && kept !== world.lostResume
    if (conversationId === undefined && isNews) {
      // Another tab was quicker: both go on in its conversation.
      resume = kept
      world.hasSaidBack = true
      return askAnew()
    }
    // The server does not know the secret any more, and offers a new conversation.
    if (conversationId !== undefined && visitor.conversationId !== conversationId)
      return { kind: 'gone' }
    if (conversationId !== undefined) hold(visitor)
    else know(visitor, visitor.resume === resume)
    return { kind: 'ok', json: undefined }
  }

  if (given.visitor) know(given.visitor, given.visitor.resume === given.resume)
  return {
    get conversationId() {
      return conversationId
    },
    get resume() {
      return resume
    },
    hold,
    async ask(method, path, request, call = world.call) {
      if (token === undefined) {
        const first = await renew(undefined)
        if (first.kind !== 'ok') return first
      }
      const used = token
      const answer = await call(method, path, { ...request, token: used })
      if (answer.kind !== 'denied' || isOver) return answer
      const renewed = await renew(used)
      if (renewed.kind !== 'ok') return renewed
      const second = await call(method, path, { ...request, token })
      return second.kind === 'denied' ? { kind: 'unreachable', retryMs: 0 } : second
    },
    end() {
      isOver = true
      cancelRefresh()
    },
  }
}
