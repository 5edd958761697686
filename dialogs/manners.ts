import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import { openRung } from '../knowledge'
import { dialogIds } from './base'
import type { Incoming } from './interpret'
import type { MainDialog } from './main-dialog'
import { sameCaseFor } from './state'
import type { Turn } from './turn'
import { waitInWords } from './waiting'
import { say } from './words'

type Words = Extract<Incoming, { kind: 'words' }>

/**
 * What is said about the chat itself, or beside the trouble: danger, privacy, who is talking, another language,
 * "it came back", "is anybody there". It is answered, and the question that was open stays open.
 * Undefined when the message is none of these.
 */
export async function mind(
  dc: DialogContext,
  turn: Turn,
  { reading, text }: Words,
  main: MainDialog,
): Promise<DialogTurnResult | undefined> {
  switch (reading.kind) {
    case 'crisis':
      turn.set({ spokeOfDanger: true })
      await turn.say(say.crisis)
      return Dialog.EndOfTurn
    case 'privacy':
      return goOn(dc, turn, main, say.privacy)
    case 'identity':
      return goOn(dc, turn, main, say.identity)
    case 'language':
      return goOn(dc, turn, main, say.language)
    case 'status':
      return goOn(dc, turn, main, howLong.test(text) ? howLongItTakes(turn) : whereWeAre(turn))
    case 'back_again':
      return comeBack(dc, turn, main)
    default:
      if (turn.input.holder !== 'bot' && reading.verdict !== 'sure' && asksForPlace.test(text))
        return goOn(dc, turn, main, whereWeAre(turn))
      return takesBack(turn, text) || goesOn.test(text) ? comeBack(dc, turn, main) : undefined
  }
}

/** "Oops, I meant no", right after the case was closed as solved. */
const takesBack = ({ state: { closed }, input: { now } }: Turn, text: string): boolean =>
  closed?.outcome === 'solved' && now - closed.closedAt < soonAfter && takenBack.test(text)
const soonAfter = 60 * 60 * 1000
const takenBack =
  /^\W*(?:(?:oh|oops|ups|wait|sorry|actually|hang on|hold on|hm+|no+|but|well|damn)\W+)+(?:(?:i|that|it|was|meant|a|mistake|wrong|pressed|said|clicked|still)\W+)*(?:no+t?|nope|doesn'?t|does not|did ?n[o']?t|is ?n[o']?t|stuck|wrong|mistake|button)\b/i
/** "Let's go on", "yes, continue", when nothing is under way. */
const goesOn =
  /^\W*(?:(?:yes|ok|okay|please|so|and|well|now|can|could|shall|let'?s|let us|we|i|want|would like|to)\W+)*(?:continue|go on|carry on|resume|keep going|go back to it|pick (?:it|this) up)(?:\W+(?:please|now|with (?:it|this|that)|where we (?:were|left off|stopped)|from there|then))*\W*$/i

/** "I've been waiting forever", "what is my place in the line", "when is it my turn": of somebody who waits for a person, and about nothing else. */
const asksForPlace =
  /^\W*(?:(?:hello|hi|hey|but|well|so|ok|um+)\W+)*(?:i|we)(?:['’]?ve| have| am|['’]?m| are)? (?:been )?(?:still )?waiting(?: here)?(?: (?:already|forever|(?:for )?ages|too long|so long|(?:for )?(?:a|an|\d+|half an|quite a) [\w ]{2,14}))*(?: (?:now|already))?\W*$|\b(?:place|position|number|where am i|am i next) in (?:the |your )?(?:line|queue)\b|^\W*(?:when is it|is it|when will it be) (?:my|our) turn\b|^\W*am i next\b/i

/** Says it, and asks again what was asked before. */
async function goOn(
  dc: DialogContext,
  turn: Turn,
  main: MainDialog,
  sentence: string,
): Promise<DialogTurnResult> {
  if (dc.activeDialog?.id === dialogIds.main) {
    if (turn.input.holder === 'bot') return main.ask(turn, `${sentence} ${say.anythingElse}`)
    await turn.say(sentence)
    return Dialog.EndOfTurn
  }
  turn.preface(sentence)
  if (!(await turn.askAgain())) await turn.sayPrefaced()
  return Dialog.EndOfTurn
}

/** "How long will it take?": the fix at hand, as far as it is known; of a person who waits, the wait. */
function howLongItTakes(turn: Turn): string {
  const { ladder } = turn.state.case ?? {}
  const fix = turn.pack.fixes.get((ladder && openRung(ladder)) ?? '')
  return turn.input.holder === 'bot' && fix ? say.takesAbout(fix.minutes) : whereWeAre(turn)
}
const howLong = /\bhow (?:much )?long(?:er)?\b|\bhow much (?:more )?time\b/i

function whereWeAre(turn: Turn): string {
  if (turn.input.holder !== 'bot') return say.alreadySent(waitInWords(turn))
  const incident = turn.state.case?.incident
  return incident?.waits ? say.incidentNotOver(incident.title) : say.here
}

/** "It came back": within seven days the same case goes on. On a ladder it is the answer to "did that help". */
async function comeBack(
  dc: DialogContext,
  turn: Turn,
  main: MainDialog,
): Promise<DialogTurnResult | undefined> {
  const { closed } = turn.state
  if (dc.activeDialog?.id !== dialogIds.main || !closed) return undefined
  if (turn.input.now - closed.closedAt >= sameCaseFor) return undefined
  return main.beginSymptom(dc, turn, closed.symptom, closed.confidence, true)
}
