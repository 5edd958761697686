import type { Reply, RungReply } from '../../dialogs'
import type { Row } from '../../src/conversations'
import { cardsToFold } from '../../src/channels/teams/sending/card-folder'
import { foldedIn } from '../../src/channels/teams/cards'

const yesNo = [
  { label: 'Yes', answer: 'yes' },
  { label: 'No', answer: 'no' },
]
const ask = (number: number, text = 'Which?'): Reply => ({
  kind: 'ask',
  ask: number,
  text,
  buttons: yesNo,
})
const rung = (number: number, fix: string, more: Partial<RungReply> = {}): RungReply => ({
  kind: 'rung',
  ask: number,
  ...{ fix, title: fix, number: 1, minutes: 1, lead: '', steps: ['x'], worked: 'w', question: '?' },
  buttons: yesNo,
  ...more,
})
const said = (results: RungReply['results']): Reply => ({
  kind: 'say',
  text: 'x',
  ...(results && { results }),
})

/** A line of the log: a reply of the bot, a press, words of the person, or an agent's. */
type Line = Reply | { press: [ask: number, answer: string] } | string | { agent: string }
function rowsOf(lines: readonly Line[]): readonly Row[] {
  return lines.map((line, index) => {
    const row = { seq: index + 1, id: '', at: 0, kind: 'activity', audience: ['person'] } as const
    if (typeof line === 'string')
      return { ...row, body: { type: 'message', from: { id: 'p', role: 'user' }, text: line } }
    if ('press' in line) {
      const [number, answer] = line.press
      const body = {
        type: 'message',
        from: { id: 'p', role: 'user' },
        value: { ask: number, answer },
        text: yesNo.find((button) => button.answer === answer)?.label ?? '',
      } as const
      return { ...row, body }
    }
    if ('agent' in line)
      return {
        ...row,
        body: { type: 'message', from: { id: 'a', role: 'agent' }, text: line.agent },
      }
    const body = {
      type: 'message',
      from: { id: 'b', role: 'bot' },
      channelData: { fixladder: line },
    } as const
    return { ...row, body }
  })
}
const folded = (...lines: Line[]) => Object.fromEntries(foldedIn(rowsOf(lines)))

const over = { as: 'over' }
const chosen = (label: string) => ({ as: 'chosen', label })
const result = (words: string, isGood = false) => ({ as: 'result', words, isGood })

test.each<[string, Line[], object]>([
  ['the last question is open', [ask(1)], {}],
  ['a sentence after it leaves it open', [ask(1), said(undefined)], {}],
  ['a press chooses', [ask(1), { press: [1, 'no'] }, said(undefined)], { 1: chosen('No') }],
  ['a press of an older card does not', [ask(2), { press: [1, 'no'] }, ask(3)], { 1: over }],
  ['the words of a button choose as well', [ask(1), ' yes ', ask(2)], { 1: chosen('Yes') }],
  ['other words that the bot answers end it', [ask(1), 'hm', said(undefined)], { 1: over }],
  ['another question takes its place', [ask(1), 'hm', ask(2)], { 1: over }],
  [
    'a press on a stale button chooses nothing',
    [ask(1), ask(2), { press: [1, 'yes'] }],
    { 1: over },
  ],
  ['an answer that no button has is none', [ask(1), { press: [1, 'maybe'] }, ask(2)], { 1: over }],
  [
    'a fix is one line once its result was written down',
    [rung(1, 'wifi'), { press: [1, 'no'] }, rung(2, 'power', { results: { wifi: 'no_help' } })],
    { 1: result('no help') },
  ],
  ['a fix waits through a sentence', [rung(1, 'wifi'), 'what is wifi', said(undefined)], {}],
  [
    'a fix under way keeps its steps',
    [rung(1, 'wait'), { press: [1, 'yes'] }, said(undefined)],
    { 1: chosen('Yes') },
  ],
  [
    'and is one line when the result comes, long after',
    [rung(1, 'wait'), { press: [1, 'yes'] }, said(undefined), ask(2), said({ wait: 'helped' })],
    { 1: result('helped', true) },
  ],
  [
    'the last word counts',
    [rung(1, 'wifi'), said({ wifi: 'no_help' }), said({ wifi: 'helped' })],
    { 1: result('helped', true) },
  ],
  [
    'a fix that is told again has its own result',
    [rung(1, 'wifi'), said({ wifi: 'parked' }), rung(2, 'wifi'), said({ wifi: 'no_help' })],
    { 1: result('put off'), 3: result('no help') },
  ],
  [
    'a fix that is asked about again keeps its steps and loses its buttons',
    [rung(1, 'wifi'), 'help', ask(2)],
    { 1: over },
  ],
  [
    'a check that found nothing did not help, nor should it have',
    [rung(1, 'profile', { worked: undefined } as object), said({ profile: 'no_help' })],
    { 1: result('not found') },
  ],
  [
    'of quick checks together one that helped counts',
    [rung(1, 'a', { together: ['a', 'b'] }), said({ a: 'no_help', b: 'helped' })],
    { 1: result('helped', true) },
  ],
  ['when an agent speaks, the bot asks no more', [ask(1), { agent: 'Hello' }], { 1: over }],
  ['a fix of an agent stays open', [rung(1, 'wifi', { by: 'Maria' }), { agent: 'Try it' }], {}],
])('%s', (_name, lines, expected) => {
  expect(folded(...lines)).toEqual(expected)
})

test('only cards that are there and show something else are folded', () => {
  const rows = rowsOf([
    ask(1),
    { press: [1, 'yes'] },
    ask(2),
    { press: [2, 'no'] },
    said(undefined),
  ])
  const due = (folding: string | null, activity: string | null = 'm1') =>
    cardsToFold(rows, [{ seq: 1, activity_id: activity, folded: folding }]).map(
      ({ row, activityId, folded: how }) => [row.seq, activityId, how],
    )
  expect(due(null)).toEqual([[1, 'm1', chosen('Yes')]])
  expect(due(JSON.stringify(over))).toHaveLength(1)
  expect(due(JSON.stringify(chosen('Yes')))).toEqual([])
  expect(due(null, null)).toEqual([])
  // An erased row has nothing to show.
  expect(
    cardsToFold(
      rows.map((row) => ({ ...row, body: null })),
      [{ seq: 1, activity_id: 'm1', folded: null }],
    ),
  ).toEqual([])
})
