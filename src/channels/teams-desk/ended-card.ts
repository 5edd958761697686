import { card, line, moment, quiet, type Card } from './card-parts'
import type { DeskCase } from './cases'
import { cut } from '../teams'

/** The card of a case that has ended: how, and nothing to press. */
export function endedCard(known: DeskCase, notice?: string): Card {
  const { person, endedAt = 0, brief, fixed } = known
  const how = howItEnded(known)
  return card(headings[known.state] ?? 'This case has ended', [
    line({ text: cut(person, 60), bold: true }, { text: ` · ${how}` }),
    ...(notice === undefined ? [] : [line({ text: notice, bold: true, alert: true })]),
    ...(brief.symptom ? [line({ text: cut(brief.symptom.title, 100) })] : []),
    ...(fixed ? [line({ text: cureOf(fixed) })] : []),
    quiet(moment(endedAt)),
  ])
}

/** In place of the card of a case whose conversation was erased: nothing of it is left to show. */
export const erasedCard: Card = card('This case is no more', [
  line({ text: 'The person had the conversation erased.' }),
])

const headings: Readonly<Record<string, string>> = {
  closed: 'Closed',
  returned: 'Back with the bot',
  cancelled: 'Called off',
  helped: 'Solved while waiting',
  abandoned: 'The person has gone',
}

function howItEnded({ state, agent }: DeskCase): string {
  const by = agent ? ` by ${agent.name}` : ''
  switch (state) {
    case 'closed':
      return `closed${by}`
    case 'returned':
      return `given back to the bot${by}`
    case 'cancelled':
      return 'would rather not wait'
    case 'helped':
      return 'a fix of the bot has helped'
    default:
      return 'did not come back'
  }
}

function cureOf({ by, title, words }: NonNullable<DeskCase['fixed']>): string {
  if (by === 'nothing') return 'Nothing fixed it'
  const cure = by === 'other' ? (words ?? 'something else') : title
  return `What fixed it: ${cut(cure, 200)}`
}
