import type { TokenAnswer } from '../wire'
import type { Answer } from './calls'
import type { World } from './world'

export type Given = { readonly kind: 'given'; readonly visitor: TokenAnswer } | Failure
/** Why nothing came of it. */
export type Failure = Exclude<Answer, { kind: 'ok' }>

/** Asks for a token: of the conversation that the secret opens, or of a new one. */
export async function askForToken(world: World, resume?: string): Promise<Given> {
  const { call, options, user } = world
  const ask = (token?: string) =>
    call('POST', '/api/chat/token', {
      body: {
        ...(resume !== undefined && { resume }),
        ...(token !== undefined && { user: { token } }),
        ...(options.locale !== undefined && { locale: options.locale }),
      },
    })
  let answer = await ask(user.token)
  // The page's token has ended since it was believed; the secret still stands for the person.
  if (answer.kind === 'denied' && user.isBelieved && resume !== undefined) answer = await ask()
  else if (answer.kind === 'ok') user.isBelieved = true
  if (answer.kind !== 'ok')
    return answer.kind === 'refused' ? { kind: 'denied', code: answer.code } : answer
  const visitor = answer.json as Partial<TokenAnswer> | undefined
  return typeof visitor?.token === 'string' &&
    typeof visitor.conversationId === 'string' &&
    typeof visitor.resume === 'string'
    ? { kind: 'given', visitor: visitor as TokenAnswer }
    : { kind: 'unreachable', retryMs: 0 }
}
