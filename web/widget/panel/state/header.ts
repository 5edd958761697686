import type { Connection, LineState } from '../../line'
import type { Words } from '../../words'
import type { Clock } from './clock'

/** What the header says, and how: `calm` needs nothing, `waiting` goes by itself, `bad` needs the person. */
export interface HeaderState {
  readonly text: string
  readonly tone: 'calm' | 'early' | 'waiting' | 'bad'
}

type Told = Pick<LineState, 'connection' | 'standing' | 'retryAt' | 'outbox'>

/** The state in words: the connection where it is not whole, else who answers. */
export function headerState(
  { connection, standing, retryAt, outbox }: Told,
  { state }: Words,
  clock: Clock,
): HeaderState {
  if (connection === 'busy')
    return {
      text: retryAt === undefined ? state.busy : state.busyUntil(clock.time(retryAt)),
      tone: 'waiting',
    }
  if (connection === 'connecting') return { text: state.connecting, tone: 'early' }
  if (connection === 'refused')
    return { text: outbox.length > 0 ? state.refusedKept : state.refused, tone: 'bad' }
  if (connection !== 'open') return { text: state[connection], tone: 'waiting' }
  // What is read gets through, and what is written does not.
  if (outbox.some((sent) => sent.state === 'waiting')) return { text: state.stuck, tone: 'waiting' }
  // Nothing is promised of which nothing is known.
  if (!standing) return { text: '', tone: 'calm' }
  if (standing.holder === 'queue') return { text: inQueue(standing, state, clock), tone: 'calm' }
  if (standing.holder === 'bot') return { text: state.bot, tone: 'calm' }
  return { text: standing.agent ? state.agent(standing.agent) : state.person, tone: 'calm' }
}

/** What is said of a message that waits: only where it is the network, it is called so. */
export const waitingWords = (connection: Connection, { sent }: Words): string =>
  connection === 'offline' ? sent.waiting : connection === 'refused' ? sent.failed : sent.later

/** The place, and when an answer can be looked for: only what is known. */
function inQueue(
  { ahead, usualMinutes, desk }: NonNullable<LineState['standing']>,
  words: Words['state'],
  clock: Clock,
): string {
  const place = ahead === undefined ? words.queue : words.queuePlace(ahead + 1)
  const when = expected()
  return when === undefined ? place : `${place}, ${when}`

  function expected(): string | undefined {
    if (desk.isOpen === false)
      return desk.opensAt === undefined ? undefined : words.opensAt(clock.moment(desk.opensAt))
    if (desk.answersBy !== undefined) return words.answers(desk.answersBy)
    if (desk.agentsIn === 0 || usualMinutes === undefined) return undefined
    return words.aboutMinutes(usualMinutes)
  }
}
