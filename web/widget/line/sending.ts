import type { Answer } from './calls'
import { nextToSend, type Entry } from './outbox'
import { backoff, forever } from './pause'
import { placeOf, type Session } from './session'
import { uploadingOf } from './uploading'

/** The log shows an accepted message well within this; if not, it is looked. */
const echoMs = 3000
/** What another tab has written is left to it so long. */
const otherTabMs = 3000

/** Sends what lies in the outbox, one after another, each again and again until the server has spoken. */
export async function keepSending(session: Session): Promise<void> {
  const { messages, random, options } = session.world
  let failures = 0
  let cancelLook = () => {}
  session.onEnd(() => cancelLook())
  while (!session.isOver) {
    const isFree = session.isStarted && !session.world.isMoving
    const next = isFree ? nextToSend(messages.outbox) : undefined
    if (!next || next.notYet) {
      await session.sending.wait(next ? otherTabMs : forever)
      if (next) messages.due(next.id)
      continue
    }
    const answer = await post(session, next)
    if (session.isOver) return
    if (answer.kind === 'gone') return session.lose()
    if (answer.kind === 'ok' || answer.kind === 'refused') {
      failures = 0
      messages.stick(false)
      if (answer.kind === 'refused') messages.fail(next.id, answer.code)
      else {
        messages.acknowledge(next.id)
        // Its echo may have been here first.
        messages.settle(session.log.activities)
        awaitEcho()
      }
      continue
    }
    failures += 1
    messages.stick(true)
    // Whether it is the server or the way there, whoever looks at the log finds out.
    if (answer.kind !== 'busy') session.doubt()
    const retryMs = 'retryMs' in answer ? answer.retryMs : 0
    await session.sending.wait(Math.max(retryMs, backoff(failures, random)))
  }

  function awaitEcho(): void {
    if (!session.socket) return session.looking.kick()
    cancelLook()
    cancelLook = options.setTimer(echoMs, () => {
      if (messages.outbox.some(({ isAcked }) => isAcked)) session.looking.kick()
    })
  }
}

/** The server counts what comes again under its `clientActivityID` once. */
const post = (session: Session, entry: Entry): Promise<Answer> => {
  const { id, text, value, files } = entry
  const { locale, timeZone } = session.world.options
  const body = {
    type: 'message',
    text,
    ...(value !== undefined && { value }),
    ...(locale !== undefined && { locale }),
    ...(timeZone !== undefined && { localTimezone: timeZone }),
    channelData: { clientActivityID: id },
  }
  const { visitor, world } = session
  const place = placeOf(session)
  return files
    ? visitor.ask('POST', `${place}/upload`, { body }, uploadingOf(world, entry))
    : visitor.ask('POST', `${place}/activities`, { outlivesPage: true, body })
}
