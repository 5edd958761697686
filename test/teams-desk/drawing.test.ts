import type { Row } from '../../src/conversations'
import { drawCard } from '../../src/channels/teams-desk/card'
import type { DeskCase } from '../../src/channels/teams-desk/cases'
import { cut, inMarkdown, onCard } from '../../src/channels/teams/escapes'
import { threadLine } from '../../src/channels/teams-desk/thread-lines'
import { adaptiveCard, checkCard, linesOf, mostBytes, type AdaptiveCard } from './adaptive-card'
import { maria, startDesk } from './desk'

const known: DeskCase = {
  ticket: '0b8e3f1c-6f0e-4c64-9a52-1f2d3c4b5a69',
  conversation: 'web',
  state: 'queued',
  person: 'Ada Byron',
  channel: 'direct-line',
  reason: 'asked',
  createdAt: Date.UTC(2026, 10, 26, 14, 5, 9, 123),
  brief: { rungs: [], packVersion: '1' },
  view: { alternatives: [], incidents: [] },
  lastSeq: 1,
  botCursor: 1,
}
const drawn = (more: Partial<DeskCase> = {}, aside = {}): AdaptiveCard =>
  checkCard(drawCard({ ...known, ...more }, aside))
const rung = (index: number, title = 'Turn Shared Albums off and on again') => ({
  fix: `fix-${index}`,
  title,
  result: 'no_help' as const,
  resultText: 'no help',
})
const next = (index: number, title = 'Reset network settings') => ({
  fix: `next-${index}`,
  title,
  chance: 0.231,
  minutes: 8,
  why: 'It often helps.',
})

test('a case of which nothing is known yet has a card', () => {
  expect(linesOf(drawn())).toEqual([
    'Somebody waits for a person',
    'Ada Byron · web chat · asked for a person',
    'Waiting since {{DATE(2026-11-26T14:05:09Z,COMPACT)}} {{TIME(2026-11-26T14:05:09Z)}}',
    'No symptom found yet',
    'Nothing was tried yet',
    '<Reply to the person>',
    '[Claim] [Send reply]',
    expect.stringMatching(/mentions me/),
  ])
})

test('the brief says what is known', () => {
  const lines = linesOf(
    drawn({
      replyTo: 'ada@example.org',
      view: {
        symptom: { id: 's', title: 'Stuck on Waiting', confidence: 0.816 },
        alternatives: [],
        device: 'iPhone with iOS 18',
        role: 'member',
        scope: 'everyone',
        added: 'since Monday',
        lastWords: 'still waiting',
        incidents: [{ title: 'iCloud Photos', text: 'It is down.', since: 0 }],
        ladder: { rungs: [rung(1)], next: [next(1)], ruledOut: [] },
      },
    }),
  )
  expect(lines).toEqual(
    expect.arrayContaining([
      'Stuck on Waiting (82 % sure)',
      "iPhone with iOS 18 · someone else's album · everyone is affected",
      'Known problem: iCloud Photos',
      'Adds: “since Monday”',
      'Last words: “still waiting”',
      'Answer outside the chat: ada@example.org',
      'Turn Shared Albums off and on again: no help',
      '<Next fix> Reset network settings · 25 % · 8 min',
    ]),
  )
})

test.each<[string, Partial<DeskCase>, readonly string[]]>([
  [
    'a closed one, with what fixed it',
    { state: 'closed', fixed: { by: 'other', title: 'other', words: 'a new router' } },
    ['Closed', 'Ada Byron · closed by Maria', 'What fixed it: a new router'],
  ],
  [
    'a closed one that nothing fixed',
    { state: 'closed', fixed: { by: 'nothing', title: 'nothing' } },
    ['Closed', 'Ada Byron · closed by Maria', 'Nothing fixed it'],
  ],
  [
    'a returned one',
    { state: 'returned' },
    ['Back with the bot', 'Ada Byron · given back to the bot by Maria'],
  ],
  ['one called off', { state: 'cancelled' }, ['Called off', 'Ada Byron · would rather not wait']],
  [
    'one that was solved',
    { state: 'helped' },
    ['Solved while waiting', 'Ada Byron · a fix of the bot has helped'],
  ],
  [
    'one left alone',
    { state: 'abandoned' },
    ['The person has gone', 'Ada Byron · did not come back'],
  ],
])('an ended case says how, and offers nothing: %s', (_what, more, lines) => {
  const card = drawn({
    endedAt: known.createdAt,
    agent: { id: 'teams:1', name: 'Maria' },
    ...more,
  })
  expect(card.body.every(({ type }) => type === 'TextBlock' || type === 'RichTextBlock')).toBe(true)
  expect(linesOf(card).slice(0, -1)).toEqual(lines)
  expect(linesOf(card).at(-1)).toMatch(/^\{\{DATE\(2026-11-26/)
})

test.each([
  ['plain letters', 'a', 'Restart the device'],
  ['letters of four bytes', '\u{1f9d1}', '\u{1f9d1}'.repeat(200)],
  ['letters that JSON escapes', '"', '"\\'.repeat(150)],
  ['signs that are kept apart', '{{<at>', '{{<at>'.repeat(60)],
])('30 rungs and 2,000 characters of words stay below 28 KB: %s', (_what, sign, title) => {
  const words = sign.repeat(2_000)
  const rungs = Array.from({ length: 30 }, (_each, index) => rung(index, `${index} ${title}`))
  const full: Partial<DeskCase> = {
    state: 'held',
    person: words,
    agent: { id: 'teams:1', name: sign.repeat(60) },
    replyTo: words,
    view: {
      symptom: { id: 's', title: words, confidence: 0.5 },
      alternatives: [],
      device: words,
      added: words,
      lastWords: words,
      incidents: Array.from({ length: 9 }, () => ({ title: words, text: words, since: 0 })),
      ladder: {
        rungs,
        next: Array.from({ length: 30 }, (_each, index) => next(index, title)),
        ruledOut: [],
      },
    },
  }
  const bytes = Buffer.byteLength(JSON.stringify(drawn(full, { notice: 'Maria has this case.' })))
  expect(bytes).toBeLessThan(mostBytes)
  const lines = linesOf(drawn(full))
  expect(lines).toContain('20 before these')
  // All of them can still be what fixed it.
  expect(lines.find((line) => line.startsWith('<What fixed it>'))?.split(' | ')).toHaveLength(32)
})

const hostile = [
  '**bold** _it_ [link](https://evil.example) ![x](https://evil.example/x.png)',
  '<at>Maria</at> < AT id="1">everyone</at> <b>bold</b> &lt;at&gt; <img src=x onerror=alert(1)>',
  '{{DATE(2026-11-26T14:05:09Z,LONG)}} {{TIME(now)}}',
  '# heading\n- item\n1. first\n> quote\n```code```\n---',
  '\u202egnp.exe \u0000',
]

/** Without control characters and signs of direction. */
const seen = (text: string) => text.replaceAll(/[^\P{C}\n]/gu, '')
const textBlocks = ({ body }: AdaptiveCard) => body.filter(({ type }) => type === 'TextBlock')

test('hostile names and words are text on the card', () => {
  for (const words of hostile) {
    const card = drawn({
      person: words,
      agent: { id: 'a', name: words },
      replyTo: words,
      view: { alternatives: [], incidents: [], added: words, lastWords: words },
    })
    // Text blocks read Markdown, and hold our own words only.
    expect(textBlocks(card)).toEqual(textBlocks(drawn({ agent: { id: 'a', name: 'Maria' } })))
    const runs = card.body.flatMap((part) => (part.type === 'RichTextBlock' ? part.inlines : []))
    for (const { text } of runs) {
      expect(text).not.toMatch(/<\s*\/?\s*at\b/i)
      expect(text).not.toContain('{{')
      expect(text.replaceAll('\u2060', '')).toBe(seen(text))
    }
    const visible = linesOf(card).join('\n').replaceAll('\u2060', '')
    expect(visible).toContain(seen(words.slice(0, 50)))
  }
})

test.each([
  ['**a** _b_ `c` [d](e)', String.raw`\*\*a\*\* \_b\_ \`c\` \[d\](e)`],
  ['<at>Maria</at> &amp;', '&lt;at&gt;Maria&lt;/at&gt; &amp;amp;'],
  [
    '# a\r\n- b\n+ c\n1. d\n2) e',
    String.raw`\# a` +
      '\n\n' +
      String.raw`\- b` +
      '\n\n' +
      String.raw`\+ c` +
      '\n\n' +
      String.raw`1\. d` +
      '\n\n' +
      String.raw`2\) e`,
  ],
  ['a\n\n    indented\n> quoted', 'a\n\nindented\n\n&gt; quoted'],
  ['back\\slash', String.raw`back\\slash`],
])('%j is text in a thread', (words, markdown) => {
  expect(inMarkdown(words)).toBe(markdown)
})

test('what is cut is no letter torn apart', () => {
  expect(cut('abc', 3)).toBe('abc')
  expect(cut('abcd', 3)).toBe('ab…')
  expect(cut('a\u{1f9d1}\u{1f9d1}', 3)).toBe('a…')
  expect(onCard('a < b, {a}')).toBe('a < b, {a}')
})

describe('what is said in the thread', () => {
  const row = (body: Partial<NonNullable<Row['body']>>, more: Partial<Row> = {}): Row => ({
    seq: 1,
    id: 'web|1',
    at: 0,
    kind: 'activity',
    audience: ['agents'],
    body: { type: 'message', from: { id: 'x', role: 'user' }, ...body },
    ...more,
  })
  const agent = { id: 'agent', name: 'Maria', role: 'agent' } as const
  const bot = { id: 'fixladder', role: 'bot' } as const

  test.each<[string, Row, string | undefined]>([
    ["the person's words", row({ text: 'hi' }), '**Ada:** hi'],
    ['a button', row({ text: 'Yes', value: { ask: 1, answer: 'yes' } }), '**Ada pressed:** Yes'],
    ['a file', row({ attachments: [{}] }), '**Ada:** (a file, which is not shown here)'],
    ['nothing', row({}), undefined],
    ["an agent's words from elsewhere", row({ from: agent, text: 'hi' }), '**Maria to Ada:** hi'],
    [
      'words that were written there',
      row({ from: agent, text: 'hi' }, { key: 'desk:teams-thread:1' }),
      undefined,
    ],
    ['a private note', row({ from: agent, text: 'hm' }, { kind: 'note' }), undefined],
    [
      "the bot's remark to agents",
      row({ from: bot, text: 'Ask.' }, { kind: 'note' }),
      '**Bot:** Ask.',
    ],
    [
      'who comes and goes',
      row({ from: bot, channelData: { fixladder: { kind: 'system', text: 'x' } } }),
      undefined,
    ],
    ['an event', row({ type: 'event', name: 'x' }), undefined],
    ['what was erased', { ...row({}), body: null }, undefined],
  ])('%s', (_what, given, line) => {
    expect(threadLine(given, 'Ada')).toBe(line)
  })
})

test('the schema of the tests finds faults', () => {
  const card = drawn()
  const faulty = (change: (body: AdaptiveCard['body']) => unknown[]) =>
    adaptiveCard.safeParse({ ...card, body: change(card.body) }).success
  expect(faulty((body) => [...body])).toBe(true)
  expect(faulty((body) => [...body, ...body])).toBe(false)
  expect(faulty((body) => [...body, { type: 'Table' }])).toBe(false)
  expect(
    faulty((body) => [...body, { type: 'TextBlock', text: 'x', wrap: true, onclick: 1 }]),
  ).toBe(false)
  expect(() => checkCard({ ...card, fallbackText: 'a'.repeat(mostBytes) })).toThrow('bytes')
})

test('a hostile visitor is text in the channel, too', async () => {
  const desk = await startDesk()
  try {
    await desk.stage.run()
    const id = { id: 'hostile', name: '<at>Maria</at> **boss**' }
    await desk.visitor('waiting for photos on my iphone, ios 18', id)
    await desk.visitor('talk to a person', id)
    await desk.card()
    await desk.press(maria, 'Claim')
    await desk.visitor('<at>everyone</at> [click](https://evil.example)', id)
    await desk.untilLine(
      String.raw`**&lt;at&gt;Maria&lt;/at&gt; \*\*boss\*\*:** &lt;at&gt;everyone&lt;/at&gt; \[click\](https://evil.example)`,
    )
    expect(JSON.stringify(desk.cards())).not.toMatch(/<at>/)
  } finally {
    await desk.stage.close()
  }
}, 60_000)
