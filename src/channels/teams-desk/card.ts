import { reasonInWords } from '../../handoff'
import { button, buttons, card, choices, label, line, moment, quiet } from './card-parts'
import type { Card, Choice, Part } from './card-parts'
import type { DeskCase } from './cases'
import { longestReply, wherever } from './commands'
import { endedCard } from './ended-card'
import { cut } from '../teams'

/** What only one reader sees, in the answer to their press. */
export interface Aside {
  /** Why the press did not count. */
  readonly notice?: string | undefined
  /** What they had typed, so that it is not lost. */
  readonly draft?: string | undefined
}

/** So many rungs, fixes and characters are shown, so that a card stays readable and within Teams' 28 KB. */
const mostRungs = 10
const mostFixes = 12
const mostCures = 40
const longestName = 60
const longestTitle = 100
const longestWords = 500

/** The card of a case, for everybody; with an aside for the one who pressed. */
export function drawCard(known: DeskCase, aside: Aside = {}): Card {
  if (known.endedAt !== undefined) return endedCard(known, aside.notice)
  const isHeld = known.state === 'held'
  return card(isHeld ? 'A colleague has this case' : 'Somebody waits for a person', [
    who(known),
    quiet(`Waiting since ${moment(known.createdAt)}`),
    ...(known.agent ? [line({ text: 'With ' }, { text: known.agent.name, bold: true })] : []),
    ...(aside.notice === undefined ? [] : [line({ text: aside.notice, bold: true, alert: true })]),
    ...brief(known),
    ...rungs(known),
    ...reply(known, aside.draft),
    ...ladder(known),
    ...(isHeld ? ending(known) : []),
    quiet(
      'What you send by this card goes to the person. Of what you write in this thread only that which mentions me does; the rest stays among you.',
    ),
  ])
}

/** "Ada · web chat · asked for a person" */
export const who = ({ person, channel, reason }: DeskCase): Part =>
  line(
    { text: cut(person, longestName), bold: true },
    { text: channel === 'direct-line' ? ' · web chat' : ' · Teams chat' },
    { text: ` · ${reasonInWords(reason)}` },
  )

function brief({ view, replyTo }: DeskCase): Part[] {
  const { symptom, device, role, scope, added, lastWords, sent } = view
  const about = [
    device,
    role && (role === 'owner' ? 'own album' : "someone else's album"),
    scope && (scope === 'everyone' ? 'everyone is affected' : 'only this person is affected'),
  ].filter((part) => part !== undefined)
  const sure = symptom?.confidence
  return [
    line(
      { text: cut(symptom?.title ?? 'No symptom found yet', longestTitle), bold: true },
      ...(sure === undefined ? [] : [{ text: ` (${Math.round(sure * 100)} % sure)`, quiet: true }]),
    ),
    ...(about.length > 0 ? [line({ text: cut(about.join(' · '), longestWords) })] : []),
    ...view.incidents
      .slice(0, 2)
      .map(({ title }) => line({ text: `Known problem: ${cut(title, longestTitle)}` })),
    ...(added ? [line({ text: `Adds: “${cut(added, longestWords)}”` })] : []),
    ...(sent ? [line({ text: `Sent ${sent}` })] : []),
    ...(lastWords ? [line({ text: `Last words: “${cut(lastWords, longestWords)}”` })] : []),
    ...(replyTo ? [line({ text: `Answer outside the chat: ${cut(replyTo, longestTitle)}` })] : []),
  ]
}

function rungs({ view: { ladder: climbed } }: DeskCase): Part[] {
  const all = climbed?.rungs ?? []
  if (all.length === 0) return [quiet('Nothing was tried yet')]
  const before = all.length - mostRungs
  return [
    label('Tried so far'),
    ...(before > 0 ? [line({ text: `${before} before these`, quiet: true })] : []),
    ...all
      .slice(-mostRungs)
      .map(({ title, resultText }) =>
        line({ text: `${cut(title, longestTitle)}: ` }, { text: resultText, quiet: true }),
      ),
  ]
}

function reply({ ticket, state }: DeskCase, draft: string | undefined): Part[] {
  const held = state === 'held'
  return [
    {
      type: 'Input.Text',
      id: 'reply',
      label: 'Reply to the person',
      spacing: 'Medium',
      placeholder: 'They read it in your name',
      isMultiline: true,
      maxLength: longestReply,
      ...(draft && { value: cut(draft, longestReply) }),
    },
    buttons(
      ...(held ? [] : [button('Claim', { fixladder: 'claim', ticket }, true)]),
      button('Send reply', { fixladder: 'reply', ticket }, held),
      ...(held ? [button('Put back in the queue', { fixladder: 'release', ticket })] : []),
    ),
  ]
}

function ladder(known: DeskCase): Part[] {
  const fixes = fixesOf(known)
  if (fixes.length === 0) return []
  return [
    choices('fix', 'Next fix', fixes, fixes[0]?.value),
    buttons(button('Send fix', { fixladder: 'fix', ticket: known.ticket })),
  ]
}

function ending(known: DeskCase): Part[] {
  const { ticket, view } = known
  const rest: Choice = { title: 'Wherever the ladder stands', value: wherever }
  const cures: Choice[] = [
    ...new Map(view.ladder?.rungs.map(({ fix, title }) => [fix, title])),
  ].map(([value, title]) => ({ value, title: cut(title, longestTitle) }))
  return [
    choices('rung', 'The bot goes on with', [rest, ...fixesOf(known)], wherever),
    buttons(button('Return to bot', { fixladder: 'return', ticket })),
    choices('fixed', 'What fixed it', [
      ...cures.slice(-mostCures),
      { title: 'Something else', value: 'other' },
      { title: 'Nothing', value: 'nothing' },
    ]),
    buttons(button('Close', { fixladder: 'close', ticket })),
  ]
}

/** "Restart the device · 35 % · 3 min" */
const fixesOf = ({ view }: DeskCase): Choice[] =>
  (view.ladder?.next ?? []).slice(0, mostFixes).map(({ fix, title, chance, minutes }) => ({
    title: `${cut(title, longestTitle)} · ${inPercent(chance)} · ${minutes} min`,
    value: fix,
  }))

/** In steps of five: a chance is not known better, and a card need not change with every case. */
const inPercent = (chance: number): string => `${Math.max(5, Math.round(chance * 20) * 5)} %`
