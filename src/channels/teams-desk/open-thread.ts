import { standsAside } from '../../duty'
import { drawCard } from './card'
import { markOf } from './card-mark'
import type { DeskCase } from './cases'
import { called, failed, later, mostTries, rest, type Step, type StepOptions } from './step'

/** Begins the thread of a case with its card, and notes both ids. */
export async function openThread(
  { database, connector, log, now }: StepOptions & { readonly now: () => number },
  found: DeskCase,
): Promise<Step> {
  const { ticket } = found
  const none = { ticket, thread: null, activity: null, shown: null }
  const { tries } = await database.write('beginDeskCard', { ticket })
  if (standsAside(database)) {
    await database.write('postponeDeskCard', { ticket })
    return failed(0)
  }
  if (tries > mostTries) {
    log.error({ ticket }, 'nobody knows whether a card for the desk reached Teams; it is passed')
    await database.write('endDeskCard', { ...none, state: 'unknown', at: now() })
    return rest
  }
  const card = drawCard(found)
  const opened = await connector.open(card)
  if (opened.kind === 'opened') {
    const { thread, activity } = opened
    const shown = markOf(found, card)
    const posted = { ticket, state: 'posted', thread, activity, shown, at: now() } as const
    await database.write('endDeskCard', posted)
    return called
  }
  if (opened.kind === 'unknown') {
    log.warn({ ticket, reason: opened.reason }, 'a card for the desk may or may not be there')
    return failed(0)
  }
  await database.write('postponeDeskCard', { ticket })
  if (opened.kind !== 'refused' || opened.isGone) return later(log, ticket, opened)
  log.error({ ticket, reason: opened.reason }, 'Teams refused a card for the desk')
  await database.write('endDeskCard', { ...none, state: 'refused', at: now() })
  return rest
}
