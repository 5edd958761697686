import type { SignedIn } from '../agents'
import type { CaseLine } from './case-line'
import type { CaseRow } from './case-rows'

/** What is open concerns everybody at the desk; what has ended only who had it, and supervisors. */
export const mayRead = (
  { agent }: Pick<SignedIn, 'agent'>,
  { state, agent_id: had }: Pick<CaseRow, 'state' | 'agent_id'>,
): boolean => state === 'queued' || state === 'held' || had === agent.id || agent.role !== 'agent'

/** The same for a line of the queue. */
export const maySee = (signedIn: Pick<SignedIn, 'agent'>, { state, agent }: CaseLine): boolean =>
  mayRead(signedIn, { state, agent_id: agent?.id ?? null })
