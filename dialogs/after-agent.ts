import type { DialogContext } from 'botbuilder-dialogs'
import { record, show, type Fix } from '../knowledge'
import { dialogIds } from './base'
import { closeCase, openCase } from './cases'
import type { AgentAct } from './events'
import { toMain } from './to-main'
import { keepLastCard, recordResults, rungEnded } from './ladder-results'
import { noteTicketEnd } from './ticket-case'
import type { Turn } from './turn'
import { buttons, questions } from './words'

/** What the bot does once an agent is done: it goes on with the ladder, or closes the case as the agent says. */

/** The agent gives the chat back: on with the ladder at the rung they chose, or once the person has said that it is not solved. */
export async function takeBack(
  dc: DialogContext,
  turn: Turn,
  act: Extract<AgentAct, { does: 'return' }>,
): Promise<void> {
  noteTicketEnd(turn)
  keepLastCard(turn)
  await toMain(dc, turn)
  const ladder = ladderToGoOnWith(turn, act.fix)
  if (!ladder) return
  // Nobody is offered a person who has just had one.
  turn.setCase({ handedOff: false, ladder: { ...ladder, personDeclined: true } })
  if (act.fix !== undefined) {
    await dc.beginDialog(dialogIds.ladder)
    return
  }
  dc.stack.push({ id: dialogIds.ladder, state: {} })
  // Who was promised to be asked at a time is asked then.
  if (turn.state.case?.reminder) turn.listen('after_agent')
  else await turn.ask('after_agent', questions.worksOrGoOn, buttons.worksOrGoOn)
}

function ladderToGoOnWith(turn: Turn, fix: string | undefined) {
  const { closed } = turn.state
  const symptom = closed && turn.pack.symptoms.get(closed.symptom)
  // A rung was chosen, so it is not solved, whatever the person had said.
  if (!turn.state.case && symptom && fix !== undefined) openCase(turn, symptom)
  const ladder = turn.state.case?.ladder
  return ladder && fix !== undefined && turn.pack.fixes.has(fix) ? show(ladder, fix) : ladder
}

/**
 * The agent closes the case. What they say fixed it counts as if the person had said so, since they have talked to them;
 * without that the case stays theirs. Told again within seven days, it is the same one.
 */
export function closeByAgent(
  turn: Turn,
  {
    fixed = '',
    case: about,
  }: { readonly fixed?: string | undefined; readonly case?: string | undefined },
): void {
  const fix = turn.pack.fixes.get(fixed)
  const { case: open } = turn.state
  if (!open) {
    if (fix) creditClosed(turn, fix, about)
    return noteTicketEnd(turn)
  }
  const repaired = open.ladder && fix
  if (repaired) recordResults(turn, [[repaired.id, 'helped']])
  noteTicketEnd(turn)
  if (repaired?.outcome === 'workaround') closeCase(turn, 'workaround')
  else closeCase(turn, repaired || fixed === 'other' ? 'solved' : 'abandoned')
}

/**
 * The person said before that it works; what did it, the agent knows. Nobody's word takes a fix the credit that the person
 * gave it, and a case that the ticket is not about gets none.
 */
function creditClosed(turn: Turn, fix: Fix, about: string | undefined): void {
  const { closed } = turn.state
  if (!closed?.ladder || closed.id !== about || closed.outcome === 'abandoned') return
  if (closed.ladder.rungs.some(({ result }) => result === 'helped')) return
  turn.set({ closed: { ...closed, ladder: record(closed.ladder, fix.id, 'helped') } })
  turn.effect(rungEnded(turn, closed, fix.id, 'helped'))
}
