import { deskTroubleEvent, type DeskTrouble } from '../../../dialogs'
import type { Conversations } from '../../conversations'
import type { Database } from '../../storage'

export interface TroubleOptions {
  readonly database: Database
  readonly conversations: Pick<Conversations, 'appended'>
  readonly now: () => number
}

/** A case that the desk does not take is offered again after so long, in milliseconds. */
const againAfterMs = 10 * 60_000

/** The desk will not take the case now: it is offered again later, and the person hears it once. */
export async function declined(options: TroubleOptions, ticket: string): Promise<void> {
  const { database, now } = options
  await database.write('noteDeskRefused', { ticket, dueAt: now() + againAfterMs })
  await tell(options, ticket, 'declined')
}

/** The desk cannot be reached: the person hears it once. It is tried on. */
export const unreachable = (options: TroubleOptions, ticket: string): Promise<void> =>
  tell(options, ticket, 'unreachable')

async function tell(
  { database, conversations, now }: TroubleOptions,
  ticket: string,
  why: DeskTrouble,
): Promise<void> {
  const told = await database.write('tellDeskTrouble', {
    ticket,
    at: now(),
    event: deskTroubleEvent,
    why,
  })
  if (told) conversations.appended(told.conversation, told.seq)
}
