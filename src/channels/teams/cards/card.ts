import { textOf, type Reply, type RungReply } from '../../../../dialogs'
import { onCard } from '../escapes'
import { answersOf } from './buttons'
import type { Folded } from './folded'
import { line, quiet, step, type AdaptiveCard, type Part } from './parts'
import { words } from './words'
import { runsOf, written } from './written'

/** What else decides how a card is drawn. */
export interface Drawn {
  /** How its question went; absent while it is open. */
  readonly folded?: Folded | undefined
  /** Half of a fix that is too long for one card. */
  readonly half?: 'first' | 'second' | undefined
  /** Of the conversation it is shown in. */
  readonly mark?: string | undefined
}

/** A question or a fix as a card; undefined for what plain text says as well. */
export function cardOf(reply: Reply, drawn: Drawn = {}): AdaptiveCard | undefined {
  const { folded } = drawn
  if (reply.kind !== 'rung' && !('buttons' in reply && reply.buttons.length > 0)) return undefined
  const body =
    reply.kind !== 'rung'
      ? [...written(reply.text), ...below(reply, drawn)]
      : folded?.as === 'result'
        ? [foldedLine(reply, folded)]
        : rung(reply, drawn)
  return {
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: onCard(
      folded?.as === 'result'
        ? `${reply.kind === 'rung' ? reply.title : ''} · ${folded.words}`
        : textOf(reply),
    ),
    body,
  }
}

/** "Check the internet · no help": what is left of a fix that was answered. */
const foldedLine = (
  { title }: RungReply,
  { words: how, isGood }: Extract<Folded, { as: 'result' }>,
): Part =>
  line([
    { text: title, isQuiet: true },
    { text: ` · ${how}`, isQuiet: !isGood, ...(isGood && { isGood, isBold: true }) },
  ])

function rung(reply: RungReply, drawn: Drawn): Part[] {
  const { folded, half } = drawn
  const { title, note, steps, check, worked, question } = reply
  const middle = Math.ceil(steps.length / 2)
  const [from, to] =
    half === 'first' ? [0, middle] : half === 'second' ? [middle, steps.length] : [0, steps.length]
  return [
    quiet(kindOf(reply)),
    line([{ text: title, isBold: true }], { size: 'Medium', spacing: 'None' }),
    ...(half === 'second' ? [] : [...written(leadOf(reply)), ...written(note ?? '')]),
    ...steps.slice(from, to).map((text, index) => step(from + index + 1, runsOf(text))),
    ...(half === 'first'
      ? [quiet(words.goesOn)]
      : [
          ...written(check ?? ''),
          ...written(worked ?? ''),
          ...(folded ? [] : [line(runsOf(question, { isBold: true }), { spacing: 'Medium' })]),
          ...below(reply, drawn),
        ]),
  ]
}

/** The buttons, or what became of them. */
const below = (reply: Reply, { folded, mark }: Drawn): readonly Part[] =>
  folded === undefined
    ? answersOf(reply, mark)
    : folded.as === 'chosen'
      ? [quiet(words.chosen(folded.label))]
      : []

/** "Fix 3 of about 6 · 5 min" */
const kindOf = ({ number, about, minutes, by }: RungReply): string =>
  [words.fix(number, about), words.minutes(minutes), ...(by ? [words.by(by)] : [])].join(' · ')

/** Quick checks together have no reason of their own: their lead is their title again. */
const leadOf = ({ lead, title }: RungReply): string => (lead.startsWith(title) ? '' : lead)
