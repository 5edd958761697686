import { setTimeout as sleep } from 'node:timers/promises'
import type { Conversations } from '../../conversations'
import type { Answer } from '../../http'
import type { Log } from '../../log'
import type { Reads } from '../../storage'
import { patienceMs, showingCard, spoken } from '../teams'
import { drawCard } from './card'
import { readCase, type Known } from './cases'
import type { Deed, Deeds, Outcome } from './deeds'
import { readDeskActivity } from './inbound'
import type { Notices } from './notices'
import type { DeskPlace } from './place'
import type { Poster } from './poster'
import { told } from './words'

export interface DoorOptions {
  readonly place: DeskPlace
  readonly deeds: Deeds
  readonly poster: Pick<Poster, 'hold'>
  readonly notices: Pick<Notices, 'look'>
  readonly conversations: Pick<Conversations, 'get'>
  readonly storage: Reads
  readonly known: Known
  readonly log: Log
  /** How long a press may wait for its answer, in milliseconds; Teams gives up after some five seconds. */
  readonly patienceMs?: number | undefined
}

/** Takes an activity of the desk's channel, or leaves it to others (undefined). */
export type DeskDoor = (json: unknown) => Promise<Answer | undefined>

/** How long an answer waits for the bot to do what the agent asked, in milliseconds. */
const botPatience = 1_500
const botLookEvery = 20

/**
 * The desk's part of the door that Teams delivers to. A press is answered with the card as it is after the commit;
 * words are acknowledged, and if they were not passed on the thread is told why.
 */
export function createDeskDoor(options: DoorOptions): DeskDoor {
  const { place, deeds, poster, notices, log } = options
  return async (json) => {
    const activity = readDeskActivity(json, place)
    if (activity.kind === 'elsewhere') return undefined
    if (activity.kind === 'ignored') return done
    if (activity.kind === 'said' || !activity.isInvoke) {
      await deeds.do(activity)
      notices.look()
      return done
    }
    const release = poster.hold(activity.press.ticket)
    const answering = deeds
      .do(activity)
      .then((outcome) => showing(options, activity, outcome))
      .finally(release)
    return soon(answering, options.patienceMs ?? patienceMs, (error) =>
      log.error({ err: error, ticket: activity.press.ticket }, 'a press at the desk failed late'),
    )
  }
}

/** The answer, or "one moment" when it takes too long; what fails after that is told to the log. */
async function soon(
  answering: Promise<Answer>,
  ms: number,
  onLateFault: (error: unknown) => void,
): Promise<Answer> {
  const waiting = new AbortController()
  const late = sleep(ms, oneMoment, { signal: waiting.signal }).then((answer) => {
    answering.catch(onLateFault)
    return answer
  })
  // Called off once the answer is there.
  late.catch(() => undefined)
  try {
    return await Promise.race([answering, late])
  } finally {
    waiting.abort()
  }
}

/** The card for the one who pressed: with what did not count, and with what they had typed. */
async function showing(
  { conversations, storage, known }: DoorOptions,
  { press }: Extract<Deed, { readonly kind: 'press' }>,
  { ticket, notice }: Outcome,
): Promise<Answer> {
  if (ticket === undefined) return spoken(notice ?? told.unknownCase)
  const end = Date.now() + botPatience
  let found = await readCase(storage, ticket, known)
  // The bot sends the fix, and the card shows that it was sent.
  while (found && found.botCursor < found.lastSeq && Date.now() < end) {
    await sleep(botLookEvery)
    const conversation = await conversations.get(found.conversation)
    if (conversation && conversation.botCursor >= conversation.lastSeq)
      found = await readCase(storage, ticket, known)
  }
  if (!found) return spoken(told.unknownCase)
  const isSent = press.fixladder === 'reply' && notice === undefined
  return showingCard(drawCard(found, { notice, draft: isSent ? undefined : press.reply }))
}

const done: Answer = { status: 200 }
const oneMoment = spoken(told.oneMoment)
