import type { Conversations } from '../../conversations'
import type { Log } from '../../log'
import type { Database } from '../../storage'
import type { Called } from '../teams'
import type { DeskConnector } from './desk-connector'

/** What a step in a case's thread came to. */
export type Step =
  /** There may be more to do: at once, or at the pace that Teams allows. */
  | { readonly step: 'more' | 'called' }
  /** Nothing to do until something changes. */
  | { readonly step: 'rest' }
  /** The card may be updated again in a moment. */
  | { readonly step: 'soon' }
  /** It is tried again, after so many milliseconds at least. */
  | { readonly step: 'failed'; readonly ms: number }

/** What every step needs. */
export interface StepOptions {
  readonly conversations: Pick<Conversations, 'read'>
  readonly database: Database
  readonly connector: DeskConnector
  readonly log: Log
  /** Where a case is in the console; absent where nobody knows from here how that is reached. */
  readonly linkTo?: ((ticket: string) => string) | undefined
}

/** What may have arrived is posted once more, and then never again. */
export const mostTries = 2
/** The bot was removed from the team, or the channel is gone: somebody has to mend that first. */
const blockedMs = 60_000

export const more: Step = { step: 'more' }
export const called: Step = { step: 'called' }
export const rest: Step = { step: 'rest' }
export const failed = (ms: number): Step => ({ step: 'failed', ms })

/** Teams takes nothing now. */
export function later(
  log: Log,
  ticket: string,
  answer: Exclude<Called, { readonly kind: 'done' }>,
): Step {
  log.warn({ ticket, reason: answer.reason }, 'Teams takes nothing for the desk now')
  if (answer.kind === 'later') return failed(answer.retryInMs)
  return failed(answer.kind === 'unknown' ? 0 : blockedMs)
}
