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

/** Quick checks as one rung: a line each, and one question for all. */
export function checksOf({
  checks,
  number,
}: Extract<Step, { step: 'checks' }>): Omit<RungReply, 'kind' | 'ask' | 'case'> {
  const minutes = checks.reduce((sum, { fix }) => sum + fix.minutes, 0)
  const title = titles[checks.length] ?? `${checks.length} quick checks`
  return {
    fix: checks[0]?.fix.id ?? '',
    together: checks.map(({ fix }) => fix.id),
    title,
    number,
    minutes,
    lead: `${title} (${minutes} min).`,
    steps: checks.flatMap(({ way }) => way.quick ?? []),
    ...(checks.every(({ certain }) => certain) ? {} : { check: olderSystems }),
    question: questions.oneHelped,
    buttons: buttons.helped,
  }
}

const titles: Readonly<Record<number, string>> = { 2: 'Two quick checks', 3: 'Three quick checks' }

/** The question under a rung with its buttons. What needs time asks when to ask again. */
function asking(fix: Fix, isForTheOwner: boolean): Pick<RungReply, 'question' | 'buttons'> {
  if (fix.outcome === 'workaround')
    return { question: questions.workaround, buttons: buttons.again }
  if (fix.finding) return { question: fix.finding.ask, buttons: buttons.finding }
  if (fix.wait !== undefined) return { question: questions.later(fix.wait), buttons: buttons.later }
  return { question: questions.helped, buttons: isForTheOwner ? buttons.asked : buttons.helped }
}
