import type { Fix, Step, Telling } from '../knowledge'
import type { RungReply } from './reply'
import type { Topic } from './state'
import { buttons, lead, olderSystems, questions } from './words'

type RungStep = Telling & Pick<Extract<Step, { step: 'rung' }>, 'number'>

/** A rung as it is said, and what its question is about. */
export function rungOf(step: RungStep): {
  topic: Topic
  rung: Omit<RungReply, 'kind' | 'ask' | 'case'>
} {
  const { fix, way, certain, number } = step
  const place = fix.outcome === 'workaround' ? 'last' : number === 1 ? 'first' : 'next'
  const check = [way.check, certain ? undefined : olderSystems]
    .filter((line) => line !== undefined)
    .join(' ')
  return {
    topic: fix.finding ? 'found' : fix.wait === undefined ? 'helped' : 'later',
    rung: {
      fix: fix.id,
      title: fix.title,
      number,
      minutes: fix.minutes,
      lead: lead(place, fix.intro, fix.minutes),
      ...(fix.note ? { note: fix.note } : {}),
      steps: way.steps,
      ...(check ? { check } : {}),
      ...(fix.finding ? {} : { worked: fix.worked }),
      ...asking(fix, way.role === 'member'),
    },
  }
}

/** The question under a rung with its buttons. What needs time asks when to ask again. */
function asking(fix: Fix, isForTheOwner: boolean): Pick<RungReply, 'question' | 'buttons'> {
  if (fix.outcome === 'workaround')
    return { question: questions.workaround, buttons: buttons.again }
  if (fix.finding) return { question: fix.finding.ask, buttons: buttons.finding }
  if (fix.wait !== undefined) return { question: questions.later(fix.wait), buttons: buttons.later }
  return { question: questions.helped, buttons: isForTheOwner ? buttons.asked : buttons.helped }
}
