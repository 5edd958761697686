import type { OpenAnswer } from '../wire'
import { backoff, forever } from './pause'
import { placeOf, type Session } from './session'
import { followSocket } from './socket'

/** One that does not open may be bad luck; after two, something on the way lets no WebSocket through. */
const mostUnopened = 2
const mostShort = 3
/** How often a way that was blocked is tried again. */
const blockedMs = 2 * 60_000

/** Keeps a socket open wherever one gets through. Messages come by requests as long as there is none. */
export async function keepSocket(session: Session): Promise<void> {
  const { random } = session.world
  let failures = 0
  let unopened = 0
  let short = 0
  while (!session.isOver) {
    if (session.isResting) {
      await session.opening.wait(forever)
      continue
    }
    const url = session.isReached || session.streamUrl ? await nextUrl(session) : undefined
    if (session.isOver) return
    if (url === undefined) {
      // Until the server answers again; then whoever looks at the log says so.
      await session.opening.wait(session.isReached ? backoff(++failures, random) : forever)
      continue
    }
    const { end, askedMs } = await followSocket(session, url)
    if (session.isOver) return
    unopened = end === 'unopened' ? unopened + 1 : 0
    short = end === 'short' || end === 'deaf' ? short + 1 : end === 'lived' ? 0 : short
    failures = end === 'lived' ? 0 : failures + 1
    const isBlocked = unopened >= mostUnopened || short >= mostShort
    const waitMs = askedMs || (isBlocked ? blockedMs : backoff(Math.max(failures, 1), random))
    await session.opening.wait(waitMs)
  }
}

/** The address opens one socket, once; the next needs a new one. It carries where the log goes on. */
async function nextUrl(session: Session): Promise<string | undefined> {
  const { visitor, log } = session
  const first = session.streamUrl
  session.streamUrl = undefined
  if (first !== undefined) return first
  const answer = await visitor.ask('GET', `${placeOf(session)}?watermark=${log.watermark}`)
  if (answer.kind !== 'ok') {
    session.doubt()
    return undefined
  }
  const opened = answer.json as Partial<OpenAnswer> | undefined
  if (typeof opened?.token === 'string') visitor.hold(opened as OpenAnswer)
  return typeof opened?.streamUrl === 'string' ? opened.streamUrl : undefined
}
