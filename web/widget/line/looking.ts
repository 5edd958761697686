import type { ActivitySet, OpenAnswer } from '../wire'
import type { Answer } from './calls'
import { sayBack } from './asking'
import { backoff } from './pause'
import { pollMs } from './poll'
import { placeOf, type Session, type Trouble } from './session'
import type { LineOptions } from './types'

/** While the socket is open: so long without a word from it, and it is looked whether it still speaks. */
const silenceMs = 45_000
/** Who is turned away may be let in when somebody has put the settings right. */
const refusedMs = 2 * 60_000

/** Opens the conversation, then reads its log by requests while there is no socket, and in its silences. */
export async function keepLooking(session: Session): Promise<void> {
  let failures = 0
  while (!session.isOver) {
    session.metAt = session.world.options.now()
    const answer = session.isStarted ? await look(session) : await open(session)
    if (session.isOver) return
    if (answer.kind === 'gone') return session.lose()
    failures = answer.kind === 'ok' ? 0 : failures + 1
    note(session, answer, failures)
    if (answer.kind === 'ok') await session.looking.wait(waitAfter(session))
    else await session.looking.wait(waitAfterFailure(session, answer, failures), askedBy(answer))
  }
}

/** Starts it, which also takes up one that is there already, and reads its log in the same go. */
async function open(session: Session): Promise<Answer> {
  const { visitor, world } = session
  const { locale } = world.options
  const answer = await visitor.ask('POST', '/v3/directline/conversations', {
    body: { read: true, ...(locale !== undefined && { locale }) },
  })
  if (answer.kind !== 'ok' || session.isOver) return answer
  const opened = answer.json as OpenAnswer
  visitor.hold(opened)
  session.streamUrl = opened.streamUrl
  session.isStarted = true
  // Before anything is sent: what arrived already need not go again.
  const isRead = hearOpened(session, opened)
  session.opening.kick()
  session.sending.kick()
  sayBack(session, placeOf(session))
  return isRead ? answer : look(session)
}

/** Takes in the log that came with the start; false when there is more of it, or nothing yet. */
function hearOpened(session: Session, { activities, watermark, more }: OpenAnswer): boolean {
  if (!Array.isArray(activities) || watermark === undefined) return false
  return session.hear({ activities, watermark }) && !more
}

/** Reads all that is new. */
export async function look(session: Session): Promise<Answer> {
  const { visitor } = session
  const socket = session.socket
  for (let isFirst = true; ; isFirst = false) {
    const from = session.log.watermark
    const answer = await visitor.ask('GET', `${placeOf(session)}/activities?watermark=${from}`)
    if (session.isOver || answer.kind !== 'ok') return answer
    const set = answer.json as ActivitySet | undefined
    if (!Array.isArray(set?.activities)) return { kind: 'unreachable', retryMs: 0 }
    // The server's log is shorter than what was read: it was put back from a copy, and goes on from there.
    if (Number(set.watermark) < from)
      session.log = { ...session.log, watermark: Number(set.watermark) }
    if (!session.hear(set)) return answer
    // The socket should have brought it, and is dead or held back on the way.
    if (isFirst) socket?.drop()
  }
}

/** What the page is told of the connection. */
function note(session: Session, answer: Answer, failures: number): void {
  const { store, options, messages } = session.world
  const wasReached = session.isReached
  session.isReached = answer.kind === 'ok'
  session.isRefused = answer.kind === 'denied'
  if (answer.kind === 'ok') {
    // Who can read may still be kept from writing.
    store.patch(session.held ?? { connection: 'open', retryAt: undefined })
    // Who waited for this goes on.
    if (!wasReached) {
      messages.stick(false)
      session.opening.kick()
      session.sending.kick()
      session.asking.kick()
    }
    return
  }
  session.socket?.drop()
  // Whoever doubted was right; nobody hurries a server that does not answer.
  session.looking.forget()
  const isFirst = failures === 1 && store.state.connection === 'open'
  const trouble = troubleOf(answer, options)
  const isPassing = isFirst && trouble.connection === 'unreachable' && askedBy(answer) === 0
  store.patch(isPassing ? { ...trouble, connection: 'reconnecting' } : trouble)
}

/** What an answer that is none says of the connection. */
export function troubleOf(
  answer: Answer,
  { now, isOnline }: Pick<LineOptions, 'now' | 'isOnline'>,
): Trouble {
  if (answer.kind === 'busy') return { connection: 'busy', retryAt: now() + answer.retryMs }
  const connection = answer.kind === 'denied' ? 'refused' : isOnline() ? 'unreachable' : 'offline'
  return { connection, retryAt: undefined }
}

const waitAfter = (session: Session): number => {
  const { options, messages, store, hasJustTyped } = session.world
  if (session.socket) return silenceMs
  return pollMs({
    activities: store.state.activities,
    isAwaiting: messages.outbox.length > 0 || hasJustTyped,
    isHidden: options.isHidden?.() ?? false,
    sinceLastMs: options.now() - session.heardAt,
  })
}

function waitAfterFailure({ world }: Session, answer: Answer, failures: number): number {
  if (answer.kind === 'denied') return refusedMs
  return Math.max(askedBy(answer), backoff(failures, world.random))
}

/** How long the server has asked us to wait. */
export const askedBy = (answer: Answer): number => ('retryMs' in answer ? answer.retryMs : 0)
