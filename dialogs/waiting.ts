import { Dialog, type DialogTurnResult } from 'botbuilder-dialogs'
import { timeToCome } from './clock'
import type { Incoming } from './interpret'
import { noteTicketEnd } from './ticket-case'
import type { DeskView } from './turn-input'
import type { Turn } from './turn'
import { say } from './words'

/** Waiting for a person: how long it takes, as far as that is known, and leaving the queue. */

/** When somebody will answer, in one sentence that promises nothing nobody knows. */
export function waitInWords({ input: { desk, now }, state: { timeZone } }: Turn): string {
  const { isOpen, opensAt, answersBy, agentsIn, ahead, usualMinutes } = desk
  if (isOpen === false)
    return opensAt === undefined
      ? say.closed
      : say.closedUntil(timeToCome(opensAt, now, timeZone).replace(/^(?:at|on) /, ''))
  if (agentsIn === 0) return say.nobodyIn(answersBy)
  if (answersBy !== undefined) return say.answersBy(answersBy)
  return ahead === undefined ? say.unknownWait : say.inLine(ahead, usualMinutes)
}

/** Whether who asks now is promised an answer rather than given a place in a line: then they may close the page. */
export const isPromised = ({ isOpen, answersBy, agentsIn }: DeskView): boolean =>
  isOpen === false || answersBy !== undefined || agentsIn === 0

/** The person leaves the queue: they would rather not wait, or it works again. False when they are in none. */
export function leaveQueue(turn: Turn, why: 'cancel' | 'help'): boolean {
  if (turn.input.holder !== 'queue') return false
  turn.effect({ effect: 'queue_left', why })
  noteTicketEnd(turn)
  if (turn.state.case) turn.setCase({ handedOff: false })
  return true
}

/** "I don't need a person any more", said while waiting for one. Undefined when it is something else. */
export async function takeLeaving(
  turn: Turn,
  incoming: Incoming,
): Promise<DialogTurnResult | undefined> {
  if (turn.input.holder !== 'queue' || incoming.kind !== 'words') return undefined
  if (!wantsNoPerson(incoming.text)) return undefined
  leaveQueue(turn, 'cancel')
  turn.preface(say.leftQueue)
  if (!(await turn.askAgain())) await turn.sayPrefaced()
  return Dialog.EndOfTurn
}

/** "Never mind the agent", "I'll manage myself", "take me out of the queue". */
export const wantsNoPerson = (text: string): boolean => leaves.some((pattern) => pattern.test(text))

const people = String.raw`(?:person|people|human|agent|colleague|someone|somebody|anyone|anybody|support|hand-?off)`
const leaves: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:no longer|not|\w+n['’]?t) (?:\w+ )?(?:need|want|wait for)\b.{0,20}\b${people}\b`,
    'i',
  ),
  new RegExp(
    String.raw`\b(?:never ?mind|forget|cancel|without|call off|stop waiting for) (?:about )?(?:the |a |an |my |your |any )?${people}\b`,
    'i',
  ),
  new RegExp(String.raw`\bno (?:need for|more need of) (?:the |a |an |any )?${people}\b`, 'i'),
  /\b(?:leave|quit|get (?:me )?out of|take me (?:off|out of)) (?:the |this |your )?(?:queue|line|waiting list)\b/i,
  /\b(?:cancel|withdraw|call off) (?:my|the|this) (?:request|case|ticket|call)\b/i,
  /\bi(?:'ll| will| can) (?:do|manage|go on|solve it|fix it) (?:it )?(?:by myself|myself|alone|without (?:you|them|help))\b/i,
]
