import type { Answer } from './calls'
import { askedBy, troubleOf } from './looking'
import { nextToSend, type Entry } from './outbox'
import { backoff, forever } from './pause'
import { placeOf, type Session } from './session'
import { uploadingOf } from './uploading'

/** The log shows an accepted message well within this; if not, it is looked. */
const echoMs = 3000
/** What another tab has written is left to it so long. */
const otherTabMs = 3000

/** So often in a row files do not get through where words do, and they are given up: others wait behind them. */
const mostFileFailures = 5

/** Sends what lies in the outbox, one after another, each again and again until the server has spoken. */
export async function keepSending(session: Session): Promise<void> {
  const { messages, random, options } = session.world
  let failures = 0
  let file: { readonly id: string; readonly failures: number } | undefined
  let cancelLook = () => {}
  session.onEnd(() => cancelLook())
  while (!session.isOver) {
    const isFree = session.isStarted && !session.isRefused && !session.world.isMoving
    const next = isFree ? nextToSend(messages.outbox) : undefined
    if (!next) session.hold(undefined)
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
      session.hold(undefined)
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
    if (next.files && countFile(next.id) >= mostFileFailures) {
      messages.fail(next.id, 'UploadFailed')
      continue
    }
    messages.stick(true)
    const asked = askedBy(answer)
    // Whether it is the server or the way there, whoever looks at the log finds out; if that gets through, it is ours to say.
    if (answer.kind === 'busy' || failures > 1) session.hold(troubleOf(answer, options))
    if (answer.kind !== 'busy') session.doubt()
    await session.sending.wait(Math.max(asked, backoff(failures, random)), asked)
  }

  /** How often these files have not got through in a row, while the server was there. */
  function countFile(id: string): number {
    if (!session.isReached) return 0
    file = { id, failures: file?.id === id ? file.failures + 1 : 1 }
    if (file.failures < mostFileFailures) return file.failures
    file = undefined
    return mostFileFailures
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
