import type { TurnContext } from 'botbuilder'
import { DialogSet, type DialogState } from 'botbuilder-dialogs'
import { closeByAgent, takeBack } from './after-agent'
import { AnswerDialog } from './answer-dialog'
import { attend, attendLate } from './attend'
import { dialogIds, incomingKey } from './base'
import { closeBetween } from './between'
import { isTimeZone } from '../knowledge'
import { carryCaseOver } from './cases'
import { ChooseDialog } from './choose-dialog'
import { comeBack, remembered, startFresh } from './coming-back'
import { tellTrouble } from './desk-trouble'
import type { Effect } from './effects'
import { HandoffDialog } from './handoff-dialog'
import { IncidentDialog } from './incident-dialog'
import { incidentIsOver, takeOnTop } from './incident-news'
import { withoutBlame } from './incidents'
import { factsIn, interpret, type Incoming } from './interpret'
import { interrupt } from './interruptions'
import { toMain } from './to-main'
import { keepLastCard } from './ladder-results'
import { LadderDialog } from './ladder-dialog'
import { MainDialog } from './main-dialog'
import { offerPlaceAgain } from './place-again'
import { askForRating } from './rating'
import { remind } from './reminders'
import { sentFilesIn, together } from './sent-files'
import { mostKeptWords, type BotState } from './state'
import { takeMoved } from './shared-place'
import { followCase } from './ticket-case'
import type { TurnInput } from './turn-input'
import { Turn, turnKey } from './turn'
import { say } from './words'

const main = new MainDialog(dialogIds.main)

const dialogs = new DialogSet({
  // The stack lives in the bot's own state; this is the accessor the SDK asks it through.
  get: async (context) => stackOf(context),
  set: async () => undefined,
  delete: async () => undefined,
})
for (const dialog of [
  main,
  new LadderDialog(dialogIds.ladder),
  new ChooseDialog(dialogIds.choose),
  new AnswerDialog(dialogIds.answer),
  new HandoffDialog(dialogIds.handoff),
  new IncidentDialog(dialogIds.incident),
]) {
  dialogs.add(dialog)
}

const stackKey = Symbol('stack')
const stackOf = (context: TurnContext): DialogState =>
  context.turnState.get(stackKey) as DialogState

/** Runs one turn of the bot: replies go out through the context; state and effects come back. */
export async function converse(
  context: TurnContext,
  given: TurnInput,
): Promise<{ state: BotState; effects: readonly Effect[] }> {
  const input = { ...given, state: remembered(given) }
  const turn = new Turn(input, context)
  const stack = resolvable(input.state)
  const incoming = interpret(input)
  context.turnState.set(turnKey, turn)
  context.turnState.set(stackKey, stack)
  context.turnState.set(incomingKey, incoming)
  noteTimeZone(turn)
  noteFiles(turn)
  carryCaseOver(turn)
  if (incoming.kind === 'press' && incoming.isBehind) closeBetween(turn)
  const { reminder } = given.state.case ?? {}
  const isForgotten = input.state !== given.state
  if (isForgotten && reminder) turn.effect({ effect: 'timer_cancelled', id: reminder.id })
  const left = isForgotten ? await startFresh(turn, incoming, main) : incoming
  if (input.holder === 'agent') await attend(turn, incoming)
  else if (left && left.kind !== 'ignored') await run(context, turn, left)
  followCase(turn)
  // Opening the chat alone is no word: it leaves the pause as it is, unless the bot asks.
  const isSpoken = incoming.kind !== 'ignored' && incoming.kind !== 'reopened'
  turn.set({ dialogs: stack, ...(isSpoken && { lastAt: input.now }) })
  return { state: turn.state, effects: withoutBlame(turn) }
}

async function run(context: TurnContext, turn: Turn, came: Incoming): Promise<void> {
  const dc = await dialogs.createContext(context)
  if (dc.stack.length === 0) dc.stack.push({ id: dialogIds.main, state: {} })
  // A case that the new pack no longer has leaves a ladder without ground: back to the main dialog.
  if (!turn.state.case) dropFrom(dc.stack, [dialogIds.ladder, dialogIds.answer, dialogIds.incident])
  if (came.kind === 'handoff_closed') {
    await toMain(dc, turn)
    closeByAgent(turn, came)
    return askForRating(turn, came)
  }
  if (came.kind === 'agent')
    return came.act.does === 'return' ? takeBack(dc, turn, came.act) : attendLate(turn, came.act)
  keepLastCard(turn)
  if (came.kind === 'incident_over') return incidentIsOver(dc, turn, came)
  if (came.kind === 'reminder') return remind(dc, turn, came)
  if (came.kind === 'agent_said') return
  if (came.kind === 'moved') {
    await takeMoved(dc, turn, came.moved, main)
    return
  }
  if (came.kind === 'desk_trouble') return tellTrouble(turn, came)
  if (came.kind === 'place_given_up') return offerPlaceAgain(turn, came)
  // What was kept is told before anything else, also of a message whose words are what counts.
  const kept = sentFilesIn(turn.input.activity)
  if (kept) turn.preface(say.keptFiles(kept))
  const incoming = await comeBack(dc, turn, came)
  if (!incoming) return
  context.turnState.set(incomingKey, incoming)
  if (incoming.kind === 'words') {
    turn.learn(factsIn(incoming))
    noteMatches(turn, incoming)
    if (saysSomething(incoming)) turn.set({ lastWords: incoming.text.slice(0, mostKeptWords) })
  }
  const { misses } = turn.state
  if (!(await interrupt(dc, turn, incoming, main))) await takeOnTop(dc, turn)
  // Misunderstandings count only in a row: what was understood in between ends the row.
  // ("Did you mean" is no understanding yet, so without a case the row goes on.)
  const isSaid = incoming.kind === 'words' || incoming.kind === 'press'
  if (isSaid && turn.state.case && turn.state.misses === misses) turn.set({ misses: 0 })
}

/** What was heard is kept, so that whoever takes the case over sees what else was thought of. */
function noteMatches(turn: Turn, { reading }: Extract<Incoming, { kind: 'words' }>): void {
  if (reading.kind !== 'symptom') return
  turn.set({
    heard: reading.matches
      .slice(0, mostHeard)
      .map(({ id, confidence }) => ({ symptom: id, confidence })),
  })
}

/** So many matches of a message are kept. */
const mostHeard = 4

/** Keeps count of what was sent besides words, so that whoever takes the case over knows of it. */
function noteFiles(turn: Turn): void {
  const sent = sentFilesIn(turn.input.activity)
  if (sent) turn.set({ sent: together(turn.state.sent, sent) })
}

/** Keeps the person's time zone as their client names it; one that nobody knows is not kept. */
function noteTimeZone(turn: Turn): void {
  const { localTimezone } = turn.input.activity
  if (localTimezone !== turn.state.timeZone && isTimeZone(localTimezone))
    turn.set({ timeZone: localTimezone })
}

/** Whether a message is worth showing to an agent as the last words: more than a command or manners. */
const saysSomething = ({
  reading,
  understood,
  text,
}: Extract<Incoming, { kind: 'words' }>): boolean => {
  if (reading.kind === 'symptom' || reading.kind === 'off_topic') return true
  // "No" and "send" answer what was asked, and tell a colleague nothing.
  const isBareAnswer =
    understood !== undefined &&
    understood.label !== 'unclear' &&
    text.split(/\s+/).length <= fewWords
  return reading.kind === 'unknown' && !isBareAnswer
}

/** An answer of so few words is no more than that. */
const fewWords = 2

/** The stored stack, or one rebuilt from the case when it names dialogs that are no longer there. */
function resolvable(state: BotState): DialogState {
  const stack = state.dialogs?.dialogStack ?? []
  if (stack.every((instance) => dialogs.find(instance.id) !== undefined))
    return { dialogStack: [...stack] }
  const rebuilt = [{ id: dialogIds.main, state: {} }]
  return {
    dialogStack: state.case?.ladder ? [...rebuilt, { id: dialogIds.ladder, state: {} }] : rebuilt,
  }
}

/** Takes the first dialog of these kinds, and all above it, off the stack. */
function dropFrom(stack: { readonly id: string }[], ids: readonly string[]): void {
  const index = stack.findIndex(({ id }) => ids.includes(id))
  if (index >= 0) stack.splice(index)
}
