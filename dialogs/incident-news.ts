import type { DialogContext } from 'botbuilder-dialogs'
import { dialogIds } from './base'
import type { IncidentOptions } from './incident-dialog'
import { dueIncident } from './incidents'
import type { Incoming } from './interpret'
import { toMain } from './to-main'
import { cancelReminder } from './reminders'
import type { Turn } from './turn'
import { say } from './words'

/**
 * Lets the dialog on top take the message. On a ladder that an incident has begun to explain, the answer still counts,
 * and the incident is told in place of the next rung.
 */
export async function takeOnTop(dc: DialogContext, turn: Turn): Promise<void> {
  const id = turn.state.case?.id
  if (dc.activeDialog?.id !== dialogIds.ladder || !dueIncident(turn)) {
    await dc.continueDialog()
    return
  }
  turn.hold()
  await dc.continueDialog()
  // Solved, ended or passed to a person meanwhile: then that is what is said; and a good end may still want its details.
  const goesOn =
    dc.activeDialog?.id === dialogIds.ladder &&
    turn.state.case?.id === id &&
    turn.state.question?.topic !== 'which'
  await turn.release({ unsaid: goesOn })
  if (goesOn) await beginIncident(dc, turn, { about: 'told' })
}

/** An incident that this conversation waited for is over. In the case that waited it is asked whether it works; elsewhere it is only said. */
export async function incidentIsOver(
  dc: DialogContext,
  turn: Turn,
  { incident, name, caseId, byTime }: Extract<Incoming, { kind: 'incident_over' }>,
): Promise<void> {
  const { case: open } = turn.state
  if (open?.id === caseId && open.incident?.id === incident) {
    const { waits: _told, ...rest } = open.incident
    turn.setCase({ incident: rest })
    if (!isElsewhere(dc, turn)) return beginIncident(dc, turn, { about: 'over', byTime })
  }
  const title = turn.pack.info.incidents[name]?.title ?? turn.state.closed?.incident?.title ?? name
  turn.preface(byTime ? say.incidentExpired(title) : say.incidentOver(title))
  await turn.say(say.incidentOverElsewhere)
}

/** Whether another trouble, or a person, is being talked about: a question of ours would take the place of that one. */
const isElsewhere = (dc: DialogContext, turn: Turn): boolean =>
  dc.activeDialog?.id === dialogIds.choose ||
  dc.activeDialog?.id === dialogIds.handoff ||
  turn.state.question?.topic === 'switch'

async function beginIncident(
  dc: DialogContext,
  turn: Turn,
  options: IncidentOptions,
): Promise<void> {
  cancelReminder(turn)
  await toMain(dc, turn)
  await dc.beginDialog(dialogIds.incident, options)
}
