import type { Reply, RungReply, WireActivity } from '../../web/widget/wire'

/** Activities as the server sends them. */
export const noon = Date.parse('2026-11-26T12:00:00Z')
export const minute = 60_000

const message = (number: number): Pick<WireActivity, 'type' | 'id' | 'timestamp'> => ({
  type: 'message',
  id: `c|${number}`,
  timestamp: new Date(noon + number * minute).toISOString(),
})

export const person = (
  number: number,
  text: string,
  more: Partial<WireActivity> = {},
): WireActivity => ({ ...message(number), from: { id: 'dl_ada', role: 'user' }, text, ...more })

export const press = (number: number, text: string, ask: number, answer: string): WireActivity =>
  person(number, text, { value: { case: 'k', ask, answer } })

export const bot = (number: number, reply: Reply): WireActivity => ({
  ...message(number),
  from: { id: 'fixladder', name: 'Fixladder', role: 'bot' },
  text: 'drawn',
  textFormat: 'markdown',
  channelData: { fixladder: reply, author: { kind: 'bot', name: 'Fixladder' } },
})

export const agent = (number: number, words: string, name = 'Maria'): WireActivity => ({
  ...message(number),
  from: { id: 'agent', name, role: 'bot' },
  text: `${name}: ${words}`,
  textFormat: 'plain',
  channelData: { author: { kind: 'agent', name }, words },
})

export const say = (text: string): Reply => ({ kind: 'say', text })

export const rung = (ask: number, more: Partial<RungReply> = {}): RungReply => ({
  kind: 'rung',
  fix: `fix-${ask}`,
  title: `Fix ${ask}`,
  number: ask,
  minutes: 2,
  lead: 'First this, as nothing moves without it (2 min).',
  steps: ['Turn **it** on.', 'Wait.'],
  worked: 'It worked if it moves.',
  question: 'Did that help?',
  ask,
  case: 'k',
  buttons: [
    { label: 'Yes', answer: 'yes' },
    { label: 'No', answer: 'no' },
    { label: 'Already tried', answer: 'already_tried' },
  ],
  ...more,
})
