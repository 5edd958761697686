import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import { isTimeZone, openRung, wallAt, type When } from '../knowledge'
import { dialogIds } from './base'
import type { Incoming } from './interpret'
import type { Button } from './reply'
import { cancelReminder, promise, waitOf } from './reminders'
import { isShortYes, saysHowItWent } from './success'
import type { Topic } from './state'
import type { Turn } from './turn'
import { againButtons, buttons, questions, say } from './words'

/** "Shall I ask again?": the offer, its answers, and what a person may wish about it at any time. */

/** Offers to ask again about a rung that is being tried. */
export async function offerLater(turn: Turn, fix: string): Promise<void> {
  await turn.ask('later', questions.later(waitOf(turn, fix)), buttons.askLater)
}

/**
 * Takes an answer to the offer: yes, another time, one of the times, or a no to the asking, which is none to the fix. False when it says how the fix went instead. (A time in words was taken before, by `takeWish`.)
 */
export async function answerOffer(turn: Turn, fix: string, incoming: Incoming): Promise<boolean> {
  const answer =
    incoming.kind === 'press'
      ? incoming.answer
      : incoming.kind === 'words'
        ? incoming.understood?.answer
        : undefined
  const time = answer === undefined ? undefined : times.get(answer)
  const isYes = incoming.kind === 'press' ? answer === 'yes' : agrees(incoming)
  if (time) await promise(turn, fix, time)
  else if (answer === 'another_time') await askWhen(turn)
  else if (isYes && !wasOffered(turn, 'yes')) await turn.askAgain()
  else if (isYes) await promise(turn, fix)
  else if (incoming.kind === 'words' && declines(turn, incoming.text)) {
    turn.preface(say.wontAsk)
    await turn.ask('helped', say.hasItHelped, buttons.stillThere)
  } else return false
  turn.set({ misses: 0 })
  return true
}

/**
 * What may be wished while a rung is being tried, whatever was asked about it: "ask me tomorrow at 8", "make it 9
 * instead", "cancel the reminder". Undefined when the message is none of these.
 */
export async function takeWish(
  dc: DialogContext,
  turn: Turn,
  incoming: Extract<Incoming, { kind: 'words' }>,
): Promise<DialogTurnResult | undefined> {
  const { case: open, question } = turn.state
  const fix = open?.ladder && openRung(open.ladder)
  const again = incoming.understood?.again
  if (again === undefined || fix === undefined || !question) return undefined
  if (dc.activeDialog?.id !== dialogIds.ladder || !aboutARung.has(question.topic)) return undefined
  // "2" is the second button, where there is one.
  if (incoming.understood?.answer !== undefined && /^\d$/.test(incoming.text.trim()))
    return undefined
  if (again !== 'never') {
    await promise(turn, fix, onThatDay(turn, again))
  } else if (open?.reminder || question.topic === 'later') {
    cancelReminder(turn)
    await turn.say(say.wontAsk)
    turn.listen('helped')
  } else {
    turn.preface(say.wontAsk)
    if (!(await turn.askAgain())) await turn.sayPrefaced()
  }
  turn.set({ misses: 0 })
  return Dialog.EndOfTurn
}

const aboutARung = new Set<Topic>(['helped', 'checks', 'found', 'later', 'still_coming'])

/** "Ok" and "yes, please do that then" agree to be asked; "it works now" is as short, and says how it went. */
const agrees = (incoming: Incoming): boolean =>
  incoming.kind === 'words' &&
  incoming.understood?.label === 'yes' &&
  (isShortYes(incoming) || saysToAsk.test(incoming.text)) &&
  !saysHowItWent.test(incoming.text)
const saysToAsk = /\b(?:ask|remind|check|do (?:that|so|it)|go ahead)\b/i

/** "No thanks" declines the asking. A bare "no" does so too, except under a rung, where "it didn't help" is a button. */
const declines = (turn: Turn, text: string): boolean =>
  politeNo.test(text) || (bareNo.test(text) && !wasOffered(turn, 'no'))
const politeNo = /^\s*no,? (?:thanks|thank you|thx|ty|need)[\s.!]*$/i
const bareNo = /^\s*(?:no+|nope|nah)[\s.!]*$/i

const times: ReadonlyMap<string, When> = new Map<string, When>([
  ['again:hour', { kind: 'span', minutes: 60 }],
  ['again:tonight', { kind: 'moment', part: 'evening' }],
  ['again:tomorrow', { kind: 'moment', day: { days: 1 } }],
])

async function askWhen(turn: Turn): Promise<void> {
  await turn.ask('later', questions.when, timesFor(turn))
}

/** Between these hours "tonight" is an evening to come; later it would be the middle of the night. */
const tonightFrom = 5
const tonightUntil = 20

/** The times that make sense at this hour; without a time zone nobody knows when tonight is. */
function timesFor({ state: { timeZone }, input: { now } }: Turn): readonly Button[] {
  const { hour, tonight, tomorrow, morning } = againButtons
  if (!isTimeZone(timeZone)) return [hour, tomorrow]
  const { hour: now24 } = wallAt(now, timeZone)
  if (now24 < tonightFrom) return [hour, morning]
  return now24 < tonightUntil ? [hour, tonight, tomorrow] : [hour, tomorrow]
}

/** "Make it 8", said of a reminder for tomorrow, is tomorrow at 8. */
function onThatDay({ state, input: { now } }: Turn, when: When): When {
  const { timeZone } = state
  const due = state.case?.reminder?.dueAt
  if (due === undefined || !isTimeZone(timeZone)) return when
  if (when.kind === 'span' || when.day !== undefined || when.part !== undefined) return when
  const days = wallAt(due, timeZone).day - wallAt(now, timeZone).day
  return days > 0 ? { ...when, day: { days } } : when
}

const wasOffered = (turn: Turn, answer: string): boolean =>
  turn.state.question?.buttons.some((button) => button.answer === answer) ?? false
