import { say, type RunningIncident } from '../../../../dialogs'
import {
  affects,
  firstFixes,
  pointlessDuring,
  warningOf,
  type Beliefs,
  type Facts,
  type Fix,
  type Found,
  type Outlook,
  type Pack,
  type Symptom,
} from '../../../../knowledge'
import { cardOfAnswer, cardOfFix, cardOfSymptom, type AdaptiveCard } from '../cards'
import { tellingOf } from './telling'
import { words } from './words'

/** One line in the list, and the card that is posted when it is chosen. */
export interface Result {
  readonly title: string
  readonly text: string
  readonly card: AdaptiveCard
}

/** What results are made of. */
export interface Background {
  readonly pack: Pack
  readonly beliefs?: Beliefs | undefined
  readonly incidents: readonly RunningIncident[]
  /** The address of the bot's own chat. */
  readonly chat: string
}

/** What a symptom's ladder goes by just now, for somebody of whom nothing is known. */
export const outlookOf = (symptom: Symptom, { pack, beliefs, incidents }: Background): Outlook => ({
  ...(beliefs && { beliefs }),
  pointless: pointlessDuring(
    incidents.map(({ name }) => name),
    symptom,
    pack,
  ),
})

/** Draws one thing that was found. */
export const resultOf = (found: Found, facts: Facts, background: Background): Result =>
  found.kind === 'fix'
    ? ofFix(found.fix, facts, background)
    : ofSymptom(found.symptom, facts, background)

function ofFix(fix: Fix, facts: Facts, { chat }: Background): Result {
  const { title, minutes, intro, note, worked, finding } = fix
  const warning = warningOf(fix)
  const telling = tellingOf(fix.ways, facts, fix.who) ?? { places: [], otherPlaces: [], steps: [] }
  const shown = {
    ...{ title, minutes, intro, ...telling },
    ...(warning !== undefined && { warning }),
    ...(note !== undefined && { note }),
    ...(finding ? { finding } : { worked }),
  }
  return { title, text: words.fix(minutes, intro), card: cardOfFix(shown, chat) }
}

function ofSymptom(symptom: Symptom, facts: Facts, background: Background): Result {
  const { pack, incidents, chat } = background
  const { title, says } = symptom
  const incident = incidents
    .filter(({ name }) => affects(name, symptom, pack))
    .map(({ name, text }) => say.incident(pack.info.incidents[name]?.title ?? name, text))
    .join('\n')
  if (symptom.kind === 'answer') {
    const { answer, ways } = symptom
    const told = incident === '' ? answer : `${incident}\n${answer}`
    const card = cardOfAnswer({ title, answer: told, ...tellingOf(ways, facts) }, chat)
    return { title, text: words.answer(says), card }
  }
  const fixes = firstFixes(symptom, pack, outlookOf(symptom, background))
  const card = cardOfSymptom({ title, says, ...(incident && { incident }), fixes }, chat)
  return { title, text: words.symptom(says), card }
}
