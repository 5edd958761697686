import { FixladderError } from '../../errors'
import {
  createBuckets,
  parseJson,
  problem,
  type Answer,
  type HttpRequest,
  type Route,
} from '../../http'
import type { Log } from '../../log'
import type { Refusal } from '../ticket'
import { carryOut, type CarryOutOptions } from './carry-out'
import type { DeskTickets } from './desk-tickets'
import { faultIn, received } from './received'
import { isSigned, signatureHeader, timestampHeader } from './signature'

export interface DoorOptions extends CarryOutOptions {
  readonly tickets: DeskTickets
  readonly secret: string
  readonly log: Log
}

/**
 * Where the help desk posts. Nothing is said to whoever has not signed, and nothing is done twice: an activity that was
 * carried out is only acknowledged when it comes again.
 */
export function deskDoor(options: DoorOptions): Route {
  const { secret, tickets, handoffs, database, log, now } = options
  // One line a minute: enough to find a wrong secret, too little to fill a disk with.
  const loud = createBuckets({ burst: 1, perSecond: 1 / 60, now })

  async function handler(request: HttpRequest): Promise<Answer> {
    const bytes = await request.bytes()
    const timestamp = request.header(timestampHeader)
    const signature = request.header(signatureHeader)
    if (!isSigned(secret, { timestamp, signature }, bytes, now())) {
      log[loud.take('') ? 'warn' : 'debug'](
        'a post to the webhook desk was not signed as it should',
      )
      return unsigned
    }
    const json = parseJson(bytes)
    const parsed = received.safeParse(json)
    if (!parsed.success) return problem(400, 'BadActivity', faultIn(json))
    const { id, conversation } = parsed.data
    const handoff = await handoffs.get(conversation.id)
    // What this desk was never offered is none of its business, and is not there for it.
    if (!handoff || !(await tickets.get(handoff.id))) return unknownCase
    const done: Answer = { status: 200, json: { id } }
    if (await tickets.knows(handoff.id, id)) return done
    const result = await carryOut(options, handoff, parsed.data).catch(orErased)
    if (result === 'erased') return unknownCase
    if (result !== 'done' && 'refused' in result) return refusal(result)
    if (parsed.data.type === 'typing') return done
    await database.write('noteDeskReceipt', { ticket: handoff.id, activity: id, at: now() })
    if (result !== 'done') await database.write('noteDeskTook', { ticket: handoff.id })
    return done
  }

  return { method: 'POST', path: '/desk/webhook', handler }
}

const unsigned = problem(
  401,
  'NotSigned',
  'This is not signed with the secret of this desk within the last five minutes.',
)
const unknownCase = problem(404, 'NotFound', 'There is no such case.')

/** The case was erased between our looking and our doing. */
function orErased(error: unknown): 'erased' {
  if (error instanceof FixladderError && error.code === 'handoff_unknown') return 'erased'
  throw error
}

/** Why something was not done. Who has the case is not said: that is another desk's. */
function refusal({ refused }: Refusal): Answer {
  switch (refused) {
    case 'ended':
      return problem(409, 'Closed', 'This case has ended.')
    case 'taken':
      return problem(409, 'Taken', 'Somebody at another desk has this case.')
    case 'not_held':
    case 'moved_on':
      return problem(409, 'MovedOn', 'The case has changed meanwhile. Send it again.')
  }
}
