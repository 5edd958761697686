import { AdaptiveCard, SerializationContext, Versions } from 'adaptivecards'
import { buttonsOf, textOf, type Reply } from '../../dialogs'
import { samples, sentOn, tooLong } from '../../scripts/teams-gallery/samples'
import { cardOf } from '../../src/channels/teams/cards'
import { draw, drawFolded, drawShort } from '../../src/channels/teams/sending/draw'
import { buttonsIn, cardIn, linesOf, mostBytes, wordsIn, type SentActivity } from './person-card'

const address = {
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  reference: { conversation: 'a:1', bot: { id: '28:bot' }, person: { id: '29:person' } },
}
const bodyOf = (reply: Reply) => ({
  type: 'message',
  from: { id: 'fixladder', role: 'bot' as const },
  channelData: { fixladder: reply },
})
const drawn = (reply: Reply): readonly SentActivity[] => draw(bodyOf(reply), address)
const bytesOf = (activity: unknown) => JSON.stringify(activity).length * 2

/** The faults that the package finds which draws cards for people. */
function faultsOf(card: unknown): readonly string[] {
  const context = new SerializationContext(Versions.v1_4)
  new AdaptiveCard().parse(card, context)
  return Array.from({ length: context.eventCount }, (_each, index) =>
    String(context.getEventAt(index)?.message),
  )
}

test('the package finds faults where there are some', () => {
  const card = { type: 'AdaptiveCard', version: '1.4', body: [{ type: 'NoSuchBlock' }] }
  expect(faultsOf(card)).not.toEqual([])
})

test.each(samples)('$name: a card by the schema', ({ reply, folded }) => {
  const [activity] = folded ? [drawFolded(bodyOf(reply), address, folded)] : drawn(reply)
  const card = cardIn(activity)
  expect(faultsOf(card)).toEqual([])
  expect(buttonsIn(activity).map(({ text }) => text)).toEqual(
    folded ? [] : buttonsOf(reply).map(({ label }) => label),
  )
  expect(card?.fallbackText).not.toBe('')
  expect(activity?.summary).not.toBe('')
})

const linesNamed = (name: string) => {
  const { reply, folded } = samples.find((sample) => sample.name === name) ?? {}
  const card = reply && cardOf(reply, { folded })
  return card && linesOf(card as Parameters<typeof linesOf>[0])
}

test('a fix reads as one card', () => {
  expect(linesNamed('A fix with a warning')).toEqual([
    'Fix 3 of about 6 · 5 min',
    'Keep Photos open on the charger',
    'So the web works. Next, some quiet time, as Photos may have a long queue (5 min).',
    'Back up first; newer systems move menus.',
    '1. Plug in the charger.',
    '2. Stay on Wi-Fi.',
    '3. Open the album in Photos and keep it open.',
    "It's best if the screen stays on.",
    'It worked if the waiting message has gone.',
    'Did that help?',
    '[Yes] [No] [Already tried]',
  ])
  expect(linesNamed('A fix that an agent sends')?.[0]).toBe('Fix 3 of about 6 · 5 min · From Maria')
  expect(linesNamed('Quick checks together')?.slice(1, 3)).toEqual([
    'Three quick checks',
    '1. Plug in the charger.',
  ])
})

test('what was answered has nothing to press', () => {
  expect(linesNamed('A fix without help')).toEqual(['Keep Photos open on the charger · no help'])
  expect(linesNamed('A question that was answered')).toEqual([
    'A shared album is stuck on "Waiting". Which device are you using?',
    'You chose: iPhone',
  ])
  expect(linesNamed('A fix that is asked about below')).toEqual(
    linesNamed('A fix')?.filter((line) => !/^\[|help\?$/.test(line)),
  )
})

test('words of others stay words', () => {
  const card = JSON.stringify(samples.find(({ name }) => name === 'What people write')?.reply)
  expect(card).toContain('{{DATE')
  const lines = linesNamed('What people write')?.join('\n') ?? ''
  expect(lines).not.toMatch(/<at>|\{\{|\u202e/)
  expect(lines).toContain('[click](javascript:alert(1))')
  expect(lines).toContain('**not closed')
})

test('what asks nothing is plain text', () => {
  expect(cardOf({ kind: 'say', text: 'Good.' })).toBeUndefined()
  expect(drawn({ kind: 'say', text: 'Good.' })).toMatchObject([
    { text: 'Good.', textFormat: 'markdown' },
  ])
  expect(drawn({ kind: 'system', text: '*Maria* has joined.' })).toMatchObject([
    { textFormat: 'plain' },
  ])
  expect(drawn({ kind: 'ask', text: 'What do you see?', ask: 1, buttons: [] })).toMatchObject([
    { text: 'What do you see?' },
  ])
})

test.each(tooLong)('$name: fits, and says every step', ({ reply }) => {
  const activities = drawn(reply)
  expect(activities.length).toBeGreaterThan(0)
  for (const activity of activities) {
    expect(bytesOf(activity)).toBeLessThanOrEqual(mostBytes)
    expect(faultsOf(cardIn(activity))).toEqual([])
  }
  const last = activities.at(-1)
  expect(activities.slice(0, -1).flatMap(buttonsIn)).toEqual([])
  expect(buttonsIn(last).map(({ text }) => text)).toEqual(
    buttonsOf(reply).map(({ label }) => label),
  )
  const numbers = activities.flatMap((each) => wordsIn(each).match(/^\d\. /gm) ?? [])
  const steps = reply.kind === 'rung' ? reply.steps.length : 0
  expect(numbers).toEqual(Array.from({ length: steps }, (_step, index) => `${index + 1}. `))
  expect(bytesOf(drawFolded(bodyOf(reply), address, { as: 'over' }))).toBeLessThanOrEqual(mostBytes)
})

test('a long text comes in pieces that end where sentences do', () => {
  const text = 'A sentence of some length. '.repeat(1_000).trim()
  const activities = drawn({ kind: 'say', text })
  expect(activities.length).toBeGreaterThan(2)
  expect(activities.map((each) => each.text).join(' ')).toBe(text)
  for (const activity of activities) {
    expect(activity.text).toMatch(/\.$/)
    expect(bytesOf(activity)).toBeLessThanOrEqual(mostBytes)
  }
})

test('what Teams found too long is said in short', () => {
  const reply = tooLong[0]?.reply ?? { kind: 'say', text: '' }
  const { text = '' } = drawShort(bodyOf(reply), address)
  expect(text.length).toBeLessThan(1_600)
  expect(textOf(reply).startsWith(text.slice(0, 100))).toBe(true)
})

const sentLines = (name: string) => {
  const card = sentOn.find((each) => each.name === name)?.card
  return card && linesOf(card as Parameters<typeof linesOf>[0])
}

test.each(sentOn)('$name: a card by the schema that fits and asks nothing', ({ card }) => {
  const activity = {
    type: 'message',
    conversation: { id: '19:somewhere@thread.v2' },
    recipient: { id: '29:person' },
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  }
  expect(faultsOf(cardIn(activity))).toEqual([])
  expect(buttonsIn(activity)).toEqual([])
  expect(linesOf(card as Parameters<typeof linesOf>[0]).at(-1)).toBe('[Ask the bot]')
})

test('what is sent on reads as one card', () => {
  expect(sentLines('A trouble, sent on')).toEqual([
    'Known trouble · 5 fixes',
    'Stuck on "Waiting", "Updating", "Uploading" or "Preparing"',
    'A shared album is stuck on "Waiting".',
    'What to try, in this order:',
    '1. Check the internet · 1 min',
    '2. Turn off Low Power Mode · 2 min',
    '3. Keep Photos open · 3 min',
    '4. Restart · 4 min',
    'And 1 more.',
    '[Ask the bot]',
  ])
  expect(sentLines('A fix, sent on')).toEqual([
    'A fix · 3 min',
    'Turn off VPN or use another network',
    'VPN, proxy and firewall, which can block iCloud.',
    'On a work device, ask its IT team first.',
    'On iPhone, iPad or iPod touch:',
    "1. Open Settings and search for 'VPN'.",
    '2. Turn off the VPN or proxy.',
    'It worked if the album loads on the other connection.',
    'The steps differ on Mac, Windows PC or Apple TV; the bot has them.',
    '[Ask the bot]',
  ])
  expect(sentLines('A check with a warning, sent on')?.slice(3)).toEqual([
    'Saved networks are lost.',
    "1. Open Settings and search for 'VPN'.",
    '2. Turn off the VPN or proxy.',
    'Is a profile listed?',
    'If so: Only your IT team can change it.',
    '[Ask the bot]',
  ])
})

test('words of a pack stay words on what is sent on, and every step stays', () => {
  const lines = sentLines('What packs may hold, sent on')?.join('\n') ?? ''
  expect(lines).not.toMatch(/<at>|\{\{|\u202e/)
  expect(lines).toContain('[click](javascript:alert(1))')
  const long = sentLines('Far too long, sent on') ?? []
  expect(long.filter((text) => /^\d\. Open "Settings"/.test(text))).toHaveLength(4)
})
