import {
  chooseWay,
  openRungs,
  warningOf,
  type Fix,
  type RungResult,
  type Telling,
} from '../knowledge'
import { closeBetween } from './between'
import { closeCase, openCase, solveHandedOff } from './cases'
import type { AgentAct } from './events'
import { answering, factsIn, type Incoming } from './interpret'
import { recordResults, showRungBeside } from './ladder-results'
import { answerOf, heardWell, resultOf } from './rung-answers'
import { rungOf } from './rung'
import { mostKeptWords, type SentCard, type Topic } from './state'
import { worksAfterAll } from './success'
import type { Turn } from './turn'
import { buttons, questions, say } from './words'

/**
 * While an agent has the chat the bot says nothing of its own, and keeps the ladder: it sends the fix that the agent
 * chose as a card in their name, and writes down what the person says of it.
 */
export async function attend(turn: Turn, incoming: Incoming): Promise<void> {
  switch (incoming.kind) {
    case 'agent':
      return carryOut(turn, incoming.act)
    case 'agent_said':
      return listenToPressesOnly(turn)
    case 'press': {
      turn.learn(turn.input.reader.read(turn.input.activity.text ?? '').facts)
      // "Shall we try one more thing meanwhile?" is settled: an agent is here.
      const wasBetween = turn.state.question?.isBetween === true
      if (wasBetween) closeBetween(turn)
      if (incoming.card) return takeResult(turn, incoming, incoming.card)
      return wasBetween ? undefined : takeAnswer(turn, incoming)
    }
    case 'words': {
      const words = settled(turn, incoming)
      turn.learn(factsIn(words))
      turn.set({ lastWords: words.text.slice(0, mostKeptWords) })
      if (asksByCard(turn)) takeAnswer(turn, words)
      return
    }
    default:
      return
  }
}

/** An agent's card asks, and nobody has said anything since. What the bot asked before they came takes only its buttons: words are for them. */
const asksByCard = ({ state: { question } }: Turn): boolean =>
  question?.isPressOnly !== true &&
  question?.reply?.kind === 'rung' &&
  question.reply.by !== undefined

/** The words as an answer to what was asked before the question in between, if there is one. */
function settled(turn: Turn, words: Extract<Incoming, { kind: 'words' }>) {
  if (!turn.state.question?.isBetween) return words
  closeBetween(turn)
  return turn.state.question ? answering(words, turn.state.question) : words
}

/** What an agent did on the ladder just before they gave the chat back, read after it: what they noted counts, and a fix is not sent any more. */
export async function attendLate(turn: Turn, act: AgentAct): Promise<void> {
  if (act.does === 'fix') turn.note(say.fixTooLate(turn.pack.fixes.get(act.fix)?.title ?? act.fix))
  else await carryOut(turn, act)
  const { case: open } = turn.state
  if (act.does === 'symptom' && open) turn.effect({ effect: 'handoff_about', caseId: open.id })
}

async function carryOut(turn: Turn, does: AgentAct): Promise<void> {
  switch (does.does) {
    case 'fix':
      return sendFix(turn, does)
    case 'mark':
      // What the person called solved stays so: a mark is no reason to open it again.
      if (!turn.state.case?.ladder || !turn.pack.fixes.has(does.fix))
        return turn.note(say.notMarked)
      return recordResults(turn, [[does.fix, does.result]])
    case 'symptom': {
      const symptom = turn.pack.symptoms.get(does.symptom)
      if (symptom?.kind !== 'ladder') return
      openCase(turn, symptom)
      turn.setCase({ handedOff: true })
      // A card of the other case is no question of this one.
      if (turn.state.case?.id !== turn.input.state.case?.id) turn.closeQuestion()
      return
    }
    case 'facts':
      return turn.learn(does.facts)
    case 'return':
      // Somebody took the case again before this was read: the ladder is theirs.
      return
  }
}

/** The fix as a card in the agent's name. One that depends on what nobody has said yet stays unsent, and the agents read why. */
async function sendFix(
  turn: Turn,
  { fix: id, agent }: Extract<AgentAct, { does: 'fix' }>,
): Promise<void> {
  takeUpClosed(turn)
  const fix = turn.pack.fixes.get(id)
  const ladder = turn.state.case?.ladder
  if (!fix || !ladder) return turn.note(say.fixWithoutLadder)
  const choice = chooseWay(fix.ways, turn.facts)
  if (choice.choice !== 'way')
    return turn.note(
      choice.choice === 'ask' ? say.fixNeeds(fix.title, choice.about) : say.fixIsNotFor(fix.title),
    )
  const number = ladder.rungs.filter((rung) => rung.fix !== id).length + 1
  showRungBeside(turn, id)
  const { topic, rung } = cardOf({ fix, way: choice.way, certain: choice.certain, number })
  await turn.rung(topic, { ...rung, by: agent })
}

/** An agent asks right away whether it helped; the bot's "shall I ask again in 20 minutes" is not theirs. What is lost is said first. */
function cardOf(telling: Telling & { readonly number: number }): ReturnType<typeof rungOf> {
  const { topic, rung } = rungOf(telling)
  const note = [warningOf(telling.fix), rung.note].filter(Boolean).join(' ')
  const asks =
    topic === 'later' ? { question: questions.helped, buttons: buttons.helped } : undefined
  return {
    topic: topic === 'later' ? 'helped' : topic,
    rung: { ...rung, lead: leadOf(telling.fix), ...(note && { note }), ...asks },
  }
}

const leadOf = ({ title, minutes }: Fix): string => `${title} (${minutes} min).`

/** What the person says of the rung that is asked about; without a card of its own, of those being tried. */
function takeAnswer(turn: Turn, incoming: Incoming): void {
  const { question, case: open } = turn.state
  if (!question || !open?.ladder || !rungTopics.has(question.topic)) return
  if (incoming.kind === 'words' && (incoming.understood?.confidence ?? 0) < heardWell) return
  const { ask, topic, reply } = question
  // A question that was asked of another case says nothing of this one.
  if (reply && 'case' in reply && reply.case !== open.id) return
  const fixes = open.cards?.find((card) => card.ask === ask)?.fixes ?? openRungs(open.ladder)
  takeResult(turn, incoming, { ask, topic, fixes })
}

/** Writes what became of the rungs of a card. Whoever says that it works has solved the case, whoever talks to them. */
function takeResult(
  turn: Turn,
  incoming: Incoming,
  { ask, topic, fixes }: Pick<SentCard, 'ask' | 'topic' | 'fixes'>,
): void {
  const [only, ...others] = fixes
  if (!turn.state.case?.ladder || only === undefined) return
  // The pack was changed since.
  if (!fixes.every((fix) => turn.pack.fixes.has(fix))) return
  const result = resultIn(incoming, topic === 'found')
  if (!result || (result === 'helped' && !saysThatItWorks(incoming, topic))) return
  const isOne = others.length === 0
  // Which of several quick checks has helped, the agent can ask.
  const written = result === 'helped' && !isOne ? 'skipped' : result
  recordResults(
    turn,
    fixes.map((fix) => [fix, written]),
  )
  if (turn.state.question?.ask === ask) turn.closeQuestion()
  if (result !== 'helped') return
  if (isOne && turn.pack.fixes.get(only)?.outcome === 'workaround') closeCase(turn, 'workaround')
  else solveHandedOff(turn)
}

/** "Yes, will do" and a yes to "shall I ask again?" say of no fix that it has helped. */
const saysThatItWorks = (incoming: Incoming, topic: Topic): boolean =>
  incoming.kind === 'words' ? worksAfterAll(incoming) : topic !== 'later'

const resultIn = (incoming: Incoming, isCheck: boolean): RungResult | undefined => {
  const answer = answerOf(incoming)
  if (answer === 'partly') return 'partly'
  if (answer === 'cant_do')
    return incoming.kind === 'words' && incoming.understood?.isForGood ? 'cannot' : 'parked'
  return resultOf(answer, isCheck)
}

/** Once the agent has said something else, "no" may answer that; only a button still answers the card. */
function listenToPressesOnly(turn: Turn): void {
  if (turn.state.question?.isBetween) closeBetween(turn)
  const { question } = turn.state
  if (question) turn.set({ question: { ...question, isPressOnly: true } })
}

/** A case that the person called solved goes on when the agent works on it again. */
function takeUpClosed(turn: Turn): void {
  const { case: open, closed } = turn.state
  const symptom = closed && turn.pack.symptoms.get(closed.symptom)
  if (open || !symptom) return
  openCase(turn, symptom)
  turn.setCase({ handedOff: true })
}

/** Questions that ask what became of a rung. */
const rungTopics: ReadonlySet<Topic> = new Set(['helped', 'checks', 'found', 'later'])
